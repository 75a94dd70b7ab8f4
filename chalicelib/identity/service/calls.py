"""Who a call is from: read anew at every call, so that what houses above change holds at once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.identity import rules
from chalicelib.identity.model import Grant, Login, LoginState, Seat, Session, SessionEnded, Tenant
from chalicelib.identity.repository import admitted
from chalicelib.identity.repository import sessions as rows
from chalicelib.identity.service import tokens
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.dynamo import Read

SEATS_A_ROUND = 33
"""Three rows of each are read in one batch of a hundred."""


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
    return _caller(session, login, tenant, grant)


def standing(seats: Iterable[Seat]) -> dict[Seat, Caller]:
    """The callers as they stand now, for houses that speak to people who are not calling.

    Whose session is over is missing. Two round trips for each thirty of them.
    """
    now, wanted = clock.now(), list(dict.fromkeys(seats))
    found: dict[Seat, Caller] = {}
    for start in range(0, len(wanted), SEATS_A_ROUND):
        found |= _standing(wanted[start : start + SEATS_A_ROUND], now)
    return found


def _standing(seats: Sequence[Seat], now: datetime) -> dict[Seat, Caller]:
    reads = [read for seat in seats for read in _reads(seat)]
    shown = iter(dynamo.fetch(*reads))
    alive = {
        seat: (session, login, tenant)
        for seat, session, login, tenant in zip(seats, shown, shown, shown, strict=False)
        if session and login and tenant and rules.is_alive(session, login, now)
    }
    wanted = {(seat.organisation, login.grant_id) for seat, (_, login, _) in alive.items() if login.grant_id}
    grants = dynamo.fetch_all(admitted.reading_grant(*one) for one in sorted(wanted))
    by_id = {(grant.organisation, grant.grant_id): grant for grant in grants}
    return {
        seat: _caller(session, login, tenant, by_id.get((login.organisation, login.grant_id)))
        for seat, (session, login, tenant) in alive.items()
    }


def _reads(seat: Seat) -> Sequence[Read[Any]]:
    where = (seat.organisation, seat.audience, seat.subject_id)
    reads: list[Read[Any]] = [
        rows.reading_session(*where, seat.session_id, SessionEnded),
        admitted.reading_login(*where, SessionEnded),
        admitted.reading_tenant(seat.organisation, SessionEnded),
    ]
    return [replace(read, missing=None) for read in reads]


def _caller(session: Session, login: Login, tenant: Tenant, grant: Grant | None) -> Caller:
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
