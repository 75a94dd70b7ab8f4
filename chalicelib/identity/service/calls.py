"""Who a call is from: read anew at every call, so that what houses above change holds at once."""

from chalicelib.identity import rules
from chalicelib.identity.model import Grant, LoginState, SessionEnded
from chalicelib.identity.repository import admitted
from chalicelib.identity.repository import sessions as rows
from chalicelib.identity.service import tokens
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, Scope


def authenticate(token: str) -> Caller:
    """The caller behind an access token, as session, login, grant and tenant stand now (IAM-017, AMB-94).

    One round trip; a second only when the role was changed after the token was made.
    Raises TokenForged, TokenExpired, SessionEnded.
    """
    now = clock.now()
    claims = tokens.read_access(token, now)
    where = (claims.org, claims.aud, claims.sub)
    session, login, tenant, *grants = dynamo.fetch(
        rows.reading_session(*where, claims.sid, SessionEnded),
        admitted.reading_login(*where, SessionEnded),
        admitted.reading_tenant(claims.org, SessionEnded),
        *([admitted.reading_grant(claims.org, claims.role)] if claims.role else []),
    )
    if not rules.is_alive(session, login, now) or claims.ver != login.generation:
        raise SessionEnded()
    grant: Grant | None = grants[0] if grants else None
    if login.grant_id != claims.role:
        grant = dynamo.find(admitted.reading_grant(claims.org, login.grant_id)) if login.grant_id else None
    return Caller(
        organisation=login.organisation,
        audience=login.audience,
        id=login.subject_id,
        session=session.id,
        name=login.name,
        client=session.client,
        permissions=grant.permissions if grant else frozenset(),
        scope=Scope(None if login.places is None else frozenset(login.places)),
        zone=tenant.zone,
        locale=login.locale or tenant.locale,
        features=tenant.features,
        is_blocked=login.state is LoginState.BLOCKED,
    )
