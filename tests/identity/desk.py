"""What the tests of sign-in do: ask for a code, enter it, call with a token, make one by hand."""

from datetime import timedelta

from joserfc import jwt
from joserfc.jwk import OctKey

from chalicelib.identity import gateway, service
from chalicelib.identity.model import CodeEntered, CodeWanted
from chalicelib.kit.caller import Audience, ClientKind
from tests.conftest import NOON
from tests.identity.conftest import SECRET
from tests.make import identity as make


def ask(phone=make.PHONE, source_ip='203.0.113.7', **changes):
    wanted = CodeWanted(**{'organisation': 'demo', 'audience': Audience.RESIDENT, 'phone': phone, **changes})
    return service.send_code(wanted, source_ip=source_ip).challenge_id


def enter(challenge_id, code, client=ClientKind.RESIDENT_APP):
    return service.verify(CodeEntered(challenge_id=challenge_id, code=code, client=client))


def other_than(code):
    return f'{(int(code) + 1) % 10**6:06d}'


def caller(tokens):
    return service.authenticate(tokens.access_token)


def claims(**changes):
    return {
        'iss': 'urn:domovoy:test',
        'aud': 'resident',
        'sub': 'c1',
        'org': 'demo',
        'sid': 's1',
        'ver': 1,
        'iat': int(NOON.timestamp()),
        'exp': int((NOON + timedelta(minutes=10)).timestamp()),
        'client': 'resident-app',
        'role': None,
    } | changes


def signed(secret=SECRET, header=None, without=(), **changes):
    key = gateway.Key.of(secret)
    whole = {name: value for name, value in claims(**changes).items() if name not in without}
    head = {'alg': 'HS256', 'kid': key.kid, 'typ': 'at+jwt'} | (header or {})
    return jwt.encode(head, whole, OctKey.import_key(key.access), algorithms=[head['alg']])
