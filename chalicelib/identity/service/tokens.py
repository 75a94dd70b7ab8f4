"""Tokens made and read. An access token says who; a refresh token says which session, and serves once."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from chalicelib.identity import gateway, rules
from chalicelib.identity.gateway import Key
from chalicelib.identity.model import Login, RefreshTokenUnknown, Session, TokenExpired, TokenForged
from chalicelib.kit import settings
from chalicelib.kit.caller import Audience, ClientKind

ALGORITHM = 'HS256'
"""One service both signs and reads; another reader would be a reason for ES256."""

KIND = 'at+jwt'
LONGEST_TOKEN = 4096


class Claims(BaseModel):
    """What an access token says. `aud` is the door, `ver` the generation of the login, `role` its grant."""

    model_config = ConfigDict(frozen=True, extra='ignore')

    iss: str
    aud: Literal[Audience.STAFF, Audience.RESIDENT]
    sub: str
    org: str
    sid: str
    ver: int
    iat: int
    exp: int
    client: ClientKind
    role: str | None = None


def issuer() -> str:
    """Who signs: tokens of another deployment are not ours even under the same keys."""
    return f'urn:domovoy:{settings.stack()}'


def access_token(session: Session, login: Login, now: datetime) -> str:
    """A signed token for ten minutes."""
    from joserfc import jwt  # 90 ms of import that only the HTTP door needs
    from joserfc.jwk import OctKey

    key = gateway.key_ring().current
    claims = Claims(
        iss=issuer(),
        aud=login.audience,
        sub=login.subject_id,
        org=login.organisation,
        sid=session.id,
        ver=session.generation,
        iat=int(now.timestamp()),
        exp=int((now + rules.ACCESS_LIFETIME).timestamp()),
        client=session.client,
        role=login.grant_id,
    )
    header = {'alg': ALGORITHM, 'kid': key.kid, 'typ': KIND}
    return jwt.encode(
        header, claims.model_dump(mode='json'), OctKey.import_key(key.access), algorithms=[ALGORITHM]
    )


def read_access(token: str, now: datetime) -> Claims:
    """What the token says, if we signed it for this use and its time is not over.

    Raises TokenForged, TokenExpired.
    """
    from joserfc import jwt
    from joserfc.errors import ExpiredTokenError, JoseError
    from joserfc.jwk import OctKey

    key = gateway.find_key(_kid(token))
    if key is None:
        raise TokenForged()
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        iss={'essential': True, 'value': issuer()},
        aud={'essential': True, 'values': [Audience.STAFF.value, Audience.RESIDENT.value]},
        exp={'essential': True},
    )
    try:
        decoded = jwt.decode(token, OctKey.import_key(key.access), algorithms=[ALGORITHM])
        if decoded.header.get('typ') != KIND:
            raise TokenForged()
        # Not `iat`: another instance's clock may be a moment ahead of ours.
        registry.validate({name: value for name, value in decoded.claims.items() if name != 'iat'})
        return Claims.model_validate(decoded.claims)
    except ExpiredTokenError:
        raise TokenExpired() from None
    except (JoseError, ValidationError, ValueError):
        raise TokenForged() from None


def _kid(token: str) -> str:
    # Only the name of the key is taken from what nobody has verified yet.
    head = token[:LONGEST_TOKEN].partition('.')[0]
    try:
        header: Any = json.loads(base64.urlsafe_b64decode(head + '=' * (-len(head) % 4)))
        return str(header['kid'])
    except (ValueError, KeyError, TypeError, RecursionError):  # the last: brackets within brackets
        raise TokenForged() from None


class RefreshToken(BaseModel):
    """A refresh token taken apart: where its session is, which of the family it is, and its secret."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    organisation: str
    audience: Literal[Audience.STAFF, Audience.RESIDENT]
    subject_id: str
    session_id: str
    counter: int
    secret: str

    @classmethod
    def read(cls, text: str) -> 'RefreshToken':
        """The parts of the text; raises RefreshTokenUnknown."""
        try:
            return cls.model_validate(dict(zip(cls.model_fields, text.split('.'), strict=True)))
        except ValueError:
            raise RefreshTokenUnknown() from None

    @property
    def text(self) -> str:
        """As the client holds it."""
        return '.'.join(str(part) for part in self.model_dump(mode='json').values())


def refresh_token(session: Session, counter: int, key: Key) -> RefreshToken:
    """The token of that number in the session's family: 256 bits none can know without our key.

    It can be made again, so that a phone that asks twice gets one successor, and a spent one can be told
    from one made up.
    """
    whole = f'{session.organisation}|{session.id}|{counter}|{session.nonce}'.encode()
    secret = base64.urlsafe_b64encode(hmac.new(key.refresh, whole, hashlib.sha256).digest()).decode()
    return RefreshToken(
        organisation=session.organisation,
        audience=session.audience,
        subject_id=session.subject_id,
        session_id=session.id,
        counter=counter,
        secret=secret.rstrip('='),
    )


def is_of_family(token: RefreshToken, session: Session) -> bool:
    """Whether we made the token for this session, be it spent or not."""
    key = gateway.find_key(session.kid)
    if key is None or token.counter > session.counter:
        return False
    return hmac.compare_digest(
        refresh_token(session, token.counter, key).secret.encode(), token.secret.encode()
    )
