"""The whole application over two towns, and an eye on every table."""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http import HTTPStatus
from typing import Any

import boto3
import pytest
from chalice.test import Client
from moto import mock_aws
from moto.dynamodb import dynamodb_backends
from moto.kms import kms_backends

from chalicelib.billing.gateway import yookassa_wire
from chalicelib.identity import gateway, service
from chalicelib.kit import clock
from tests.conftest import NOON
from tests.doors import Call, opening
from tests.make import messaging as make_messaging
from tests.make import sealing as make_sealing
from tests.refusals.doors import APPLICATION, statuses_of
from tests.refusals.till import centre, open_till, sandbox
from tests.refusals.town import Town, populate
from tests.world import ACCOUNT, REGION, build, build_buckets, name_of, template

SECRET = 'a secret of the tests that is as long as it must be'

Snapshot = dict[tuple[str, str, str], Any]


@cache
def client() -> Client:
    """The application as it is deployed, on a test gateway."""
    return Client(APPLICATION)


_keys: dict[str, Any] = {}
"""The keys that sealed what the towns entrust to us."""
_made: list[tuple[Town, Town]] = []


@pytest.fixture(scope='module')
def towns() -> Iterator[tuple[Town, Town]]:
    """`demo` and `other`, populated once at noon; every module begins with them as they were then."""
    settings = {'TOKEN_KEYS': json.dumps({'current': SECRET, 'previous': ''}), 'PUSH_AUTOCREATE': 'on'}
    with pytest.MonkeyPatch.context() as patch, mock_aws(), clock.stopped(NOON):
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setenv('SANDBOX_YOOKASSA_URL', sandbox().api)
        patch.setenv('SANDBOX_SMS_URL', centre().url)
        yookassa_wire._client.cache_clear()
        gateway.forget_keys()
        build(boto3.Session(region_name=REGION))
        build_buckets(boto3.client('s3', region_name=REGION))
        make_messaging.sms_key()
        make_sealing.seals_key()
        if not _made:
            _made.append((_populated('demo'), _populated('other')))
            _remember()
            _keys.update(kms_backends[ACCOUNT][REGION].keys)
        kms_backends[ACCOUNT][REGION].keys.update(_keys)
        _restore()
        yield _made[0]


@pytest.fixture
def demo(towns: tuple[Town, Town]) -> Town:
    """The organisation everything is tried on."""
    return towns[0]


@pytest.fixture
def other(towns: tuple[Town, Town]) -> Town:
    """The organisation whose people must see nothing of `demo`."""
    return towns[1]


@pytest.fixture
def call(towns: Any, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`call(method, path, body, by=caller | token, header_name=value)` on the whole application.

    Whatever a door answers stands in the description of the API, but for faults of ours.
    """
    opened = opening(client(), monkeypatch, authenticate=service.authenticate)

    def called(method: str, path: str, *args: Any, **how: Any) -> Any:
        answer = opened(method, path, *args, **how)
        known = statuses_of(method, path.partition('?')[0])
        is_told = answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR or str(answer.status_code) in known
        assert is_told or not known, (method, path, answer.status_code)
        return answer

    return called


def _populated(organisation: str) -> Town:
    town = populate(organisation)
    open_till(town)
    return town


def tables() -> Any:
    """The tables of the world, by name."""
    resources = template()['Resources']
    backend = dynamodb_backends[ACCOUNT][REGION]
    named = [i for i, resource in resources.items() if resource['Type'] == 'AWS::DynamoDB::Table']
    return {name_of(logical_id): backend.tables[name_of(logical_id)] for logical_id in named}


def snapshot() -> Snapshot:
    """Every row of every table."""
    return {
        (name, pk.value, sk.value): {attribute: typed.value for attribute, typed in row.attrs.items()}
        for name, table in tables().items()
        for pk, collection in table.items.items()
        for sk, row in collection.items()
    }


@contextmanager
def nothing_stored(but: str | None = None) -> Iterator[None]:
    """Inside the block no row of any table comes, goes or changes, but those of one partition."""
    before = snapshot()
    yield
    _compare(before, but)


def _compare(before: Snapshot, but: str | None = None) -> None:
    after = snapshot()
    if before == after:
        return
    changed = {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys()}
    different = {key: pair for key, pair in changed.items() if pair[0] != pair[1] and key[1] != but}
    assert not different, f'stored in spite of a refusal: {different}'


_at_first: Snapshot = {}
_rows_at_first: dict[str, Any] = {}


def _remember() -> None:
    _rows_at_first.update({name: copy.deepcopy(table.items) for name, table in tables().items()})
    _at_first.clear()
    _at_first.update(snapshot())


def _restore() -> None:
    for name, table in tables().items():
        table.items = copy.deepcopy(_rows_at_first[name])


@pytest.fixture
def unchanged(towns: Any) -> Iterator[None]:
    """The test changes no row of any table."""
    yield
    try:
        _compare(_at_first)
    except AssertionError:
        _restore()  # one fault is told once
        raise


@pytest.fixture
def restored(towns: Any) -> Iterator[None]:
    """The test may change what it likes: the tables are as they were afterwards."""
    yield
    _restore()
