"""No door opens to who has no token, or one that is not ours, not for here or not for now."""

import base64
import json
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from chalicelib.identity import gateway
from chalicelib.identity.service import tokens
from chalicelib.kit import clock
from chalicelib.kit.caller import Audience
from chalicelib.kit.http import ANY_AUDIENCE
from tests.conftest import NOON
from tests.refusals.conftest import SECRET
from tests.refusals.doors import doors, is_guarded
from tests.refusals.samples import body_of, path_of
from tests.refusals.told import refused

pytestmark = pytest.mark.usefixtures('unchanged')


def signed(genuine, secret=SECRET, header=None, kid_of=SECRET, **claims):
    """The claims of a genuine token, changed, under a signature by the secret."""
    known = tokens.read_access(genuine, NOON).model_dump(mode='json')
    head = {'alg': 'HS256', 'kid': gateway.Key.of(kid_of).kid, 'typ': 'at+jwt', **(header or {})}
    key = OctKey.import_key(gateway.Key.of(secret).access)
    return jwt.encode(head, known | claims, key, algorithms=[head['alg']])


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip('=')


def without_signature(genuine):
    kid = gateway.Key.of(SECRET).kid
    return '.'.join([encoded({'alg': 'none', 'kid': kid, 'typ': 'at+jwt'}), genuine.split('.')[1], ''])


def deep(genuine):
    nested = base64.urlsafe_b64encode(b'[' * 3000).decode().rstrip('=')
    return '.'.join([nested, *genuine.split('.')[1:]])


STRANGE = 'another secret that is as long as a secret must be'
FORGED = {
    'signed with another key': lambda genuine: signed(genuine, secret=STRANGE),
    'signed with another key under its own name': lambda genuine: signed(
        genuine, secret=STRANGE, kid_of=STRANGE
    ),
    'of algorithm none': without_signature,
    'of another deployment': lambda genuine: signed(genuine, iss='urn:domovoy:another'),
    'of another use': lambda genuine: signed(genuine, header={'typ': 'JWT'}),
    'for a door there is not': lambda genuine: signed(genuine, aud='admin'),
    'with its end cut off': lambda genuine: genuine[:-4],
    'with other contents': lambda genuine: '.'.join(
        [genuine.split('.')[0], encoded({'sub': 'x'}), genuine.split('.')[2]]
    ),
    'of too many brackets': deep,
    'of no form': lambda genuine: 'x',
    'of dots': lambda genuine: '..',
}


def name_of(operation):
    return 'resident' if operation.audience == Audience.RESIDENT else 'staff'


@pytest.mark.proves('IAM-017')
@doors(is_guarded)
def test_without_a_good_token_nothing_is_told_and_nothing_done(operation, demo, call):
    path, body = path_of(operation, demo), body_of(operation, demo)
    genuine = demo.tokens[name_of(operation)]
    refused(call(operation.method, path, body), 401, code='TokenMissing')
    for header in ('', 'Bearer', 'Bearer ', f'Basic {genuine}', genuine):
        refused(call(operation.method, path, body, authorization=header), 401, code='TokenMissing')
    for how, forge in FORGED.items():
        answer = call(operation.method, path, body, by=forge(genuine))
        assert refused(answer, 401)['code'] == 'TokenForged', how


@doors(is_guarded)
def test_an_expired_token_opens_nothing(operation, demo, call):
    with clock.stopped(NOON + timedelta(minutes=11)):
        answer = call(
            operation.method,
            path_of(operation, demo),
            body_of(operation, demo),
            by=demo.tokens[name_of(operation)],
        )
    refused(answer, 401, code='TokenExpired')


@doors(lambda operation: is_guarded(operation) and operation.audience != ANY_AUDIENCE)
def test_a_token_of_another_audience_opens_nothing(operation, demo, call):
    foreign = 'staff' if name_of(operation) == 'resident' else 'resident'
    answer = call(
        operation.method, path_of(operation, demo), body_of(operation, demo), by=demo.tokens[foreign]
    )
    refused(answer, 401, code='TokenForAnotherDoor')


@doors(is_guarded)
def test_a_session_that_is_not_ours_opens_nothing(operation, demo, call):
    genuine, path = demo.tokens[name_of(operation)], path_of(operation, demo)
    for changes in (
        {'sid': 'nowhere'},
        {'org': 'other'},
        {'org': 'nowhere'},
        {'sub': 'somebody'},
        {'ver': 7},
    ):
        answer = call(operation.method, path, body_of(operation, demo), by=signed(genuine, **changes))
        refused(answer, 401, code='SessionEnded')
