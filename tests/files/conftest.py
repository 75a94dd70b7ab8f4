"""Senders, an empty bucket, and the doors of uploads."""

import boto3
import pytest

from chalicelib.files import routes
from chalicelib.files.repository import FileRow
from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.kit.outbox import Delivered
from tests.doors import opening
from tests.make import files as make
from tests.world import REGION, build_buckets

STAFF, OWN = '/v1/staff/uploads', '/v1/resident/uploads'


@pytest.fixture
def bucket(world, time) -> str:
    """The bucket, empty, at noon."""
    build_buckets(boto3.client('s3', region_name=REGION))
    return make.bucket()


@pytest.fixture
def sender() -> Caller:
    """An employee."""
    return make.sender(id='daria', name='Диспетчер Дарья')


@pytest.fixture
def resident() -> Caller:
    """A client with the application."""
    return Caller('demo', Audience.RESIDENT, 'daria', name='Петров', client=ClientKind.RESIDENT_APP)


@pytest.fixture
def call(monkeypatch, world, time, sender):
    """`call(method, path, body, by=caller)` on the doors; by the sender if left out."""
    return opening(routes.doors, monkeypatch, usual=lambda: sender)


def announced(file_id: str) -> list[Delivered]:
    """What was announced of the file, in order."""
    rows = FileRow.query(f'demo#{file_id}', FileRow.sk.startswith('event#'))
    return [Delivered.model_validate_json(row.body) for row in rows]


def in_the_air(sender: Caller) -> int:
    """How many files the sender has in the air."""
    return int(FileRow.get(f'demo#uploader#{sender.audience}:{sender.id}', 'shelf').in_the_air)
