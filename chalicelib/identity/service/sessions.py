"""Sessions: opened by a code, prolonged by refresh tokens, ended by the person or by misuse."""

from datetime import datetime

from chalicelib.identity import gateway, rules
from chalicelib.identity.events import EndReason, RefreshTokenReused, SessionsEnded, SignedIn
from chalicelib.identity.model import (
    Login,
    RefreshTokenSpent,
    RefreshTokenUnknown,
    Session,
    SessionCard,
    SessionEnded,
    SessionNotFound,
    Tokens,
)
from chalicelib.identity.repository import admitted
from chalicelib.identity.repository import sessions as rows
from chalicelib.identity.service import tokens
from chalicelib.kit import clock, dynamo, ids, telemetry
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import Actor, ActorKind
from chalicelib.kit.values import Page, Paging
from chalicelib.messaging import service as messaging


def opening(login: Login, client: ClientKind, device: str | None) -> tuple[Tokens, list[Write]]:
    """The keys of a new session of the login, and the writes that make it (SignedIn)."""
    now, key = clock.now(), gateway.key_ring().current
    ends_at = now + rules.ABSOLUTE[login.audience]
    session = Session(
        id=ids.new_id(),
        organisation=login.organisation,
        audience=login.audience,
        subject_id=login.subject_id,
        client=client,
        device=device,
        generation=login.generation,
        created_at=now,
        used_at=now,
        idle_until=min(now + rules.IDLE[login.audience], ends_at),
        ends_at=ends_at,
        nonce=ids.new_secret(),
        kid=key.kid,
        current='',
    )
    token = tokens.refresh_token(session, session.counter, key)
    session = session.model_copy(update={'current': rules.digest_of_token(token.text)})
    signed_in = SignedIn(
        organisation=login.organisation,
        at=now,
        by=Actor(kind=ActorKind(login.audience.value), id=login.subject_id, name=login.name),
        audience=login.audience,
        subject_id=login.subject_id,
        session_id=session.id,
        client=client,
    )
    writes = [rows.keeping_session(session), *rows.announcing_of_session(session, signed_in)]
    return _tokens(session, login, token.text, now), writes


def refresh(text: str) -> Tokens:
    """The session goes on under a new refresh token, and the one given is spent.

    The token spent last is answered with the same successor for 20 seconds, since a phone may not have heard
    our answer. Any other spent token ends the session (RefreshTokenSpent): two hold it.
    Raises RefreshTokenUnknown, SessionEnded.
    """
    given, now = tokens.RefreshToken.read(text), clock.now()
    where = (given.organisation, given.audience, given.subject_id)
    session, login = dynamo.fetch(
        rows.reading_session(*where, given.session_id, RefreshTokenUnknown),
        admitted.reading_login(*where, SessionEnded),
    )
    digest = rules.digest_of_token(text)
    if digest != session.current and not tokens.is_of_family(given, session):
        raise RefreshTokenUnknown()
    if not rules.is_alive(session, login, now):
        raise SessionEnded()
    if digest == session.current:
        return _rotated(session, login, now)
    key = gateway.find_key(session.kid)
    if key and rules.is_in_grace(session, digest, now):
        successor = tokens.refresh_token(session, session.counter, key)
        return _tokens(session, login, successor.text, now)
    _end_for_reuse(session, login, now)
    raise RefreshTokenSpent()


def _rotated(session: Session, login: Login, now: datetime) -> Tokens:
    key = gateway.key_ring().current
    token = tokens.refresh_token(session, session.counter + 1, key)
    rotated = session.model_copy(
        update={
            'counter': session.counter + 1,
            'current': rules.digest_of_token(token.text),
            'previous': session.current,
            'rotated_at': now,
            'used_at': now,
            'idle_until': min(now + rules.IDLE[session.audience], session.ends_at),
            'kid': key.kid,
            'version': session.version + 1,
        }
    )
    dynamo.commit(rows.keeping_session(rotated))
    return _tokens(rotated, login, token.text, now)


def _tokens(session: Session, login: Login, refresh_token: str, now: datetime) -> Tokens:
    return Tokens(
        access_token=tokens.access_token(session, login, now),
        expires_in=int(rules.ACCESS_LIFETIME.total_seconds()),
        refresh_token=refresh_token,
        refresh_expires_in=int((session.idle_until - now).total_seconds()),
    )


def _end_for_reuse(session: Session, login: Login, now: datetime) -> None:
    actor = Actor(kind=ActorKind(login.audience.value), id=login.subject_id, name=login.name)
    reused = RefreshTokenReused(
        organisation=session.organisation,
        at=now,
        by=actor,
        audience=session.audience,
        subject_id=session.subject_id,
        session_id=session.id,
        client=session.client,
    )
    telemetry.count('RefreshTokenReused', audience=session.audience.value)
    where = (session.organisation, session.audience, session.subject_id, session.id)
    for _ in range(dynamo.CONFLICT_TRIES):
        try:
            # Sent at once: it must stand although the call is refused, and whoever else holds a token of
            # the family may be prolonging it at this moment.
            dynamo.send(_ending(session, EndReason.TOKEN_REUSED, actor, now, reused))
            return
        except ChangedMeanwhile:
            session = dynamo.get(rows.reading_session(*where, SessionEnded))
            if session.is_ended:
                return
    raise ChangedMeanwhile


def _ending(
    session: Session, reason: EndReason, by: Actor, now: datetime, *others: RefreshTokenReused
) -> list[Write]:
    ended = session.model_copy(update={'is_ended': True, 'version': session.version + 1})
    announced = SessionsEnded(
        organisation=session.organisation,
        at=now,
        by=by,
        audience=session.audience,
        subject_id=session.subject_id,
        session_id=session.id,
        reason=reason,
    )
    return [rows.keeping_session(ended), *rows.announcing_of_session(ended, *others, announced)]


def sign_out(*, by: Caller) -> None:
    """The caller's session opens nothing any more."""
    end_session(by.session, by=by)


def end_session(session_id: str, *, by: Caller) -> None:
    """One of the caller's own sessions opens nothing any more. Raises SessionNotFound."""
    read = rows.reading_session(by.organisation, by.audience, by.id, session_id, SessionNotFound)
    session = dynamo.get(read)
    if session.is_ended:
        raise SessionNotFound()
    dynamo.commit(*_ending(session, EndReason.SIGNED_OUT, Actor.of(by), clock.now()))


def sign_out_everywhere(*, by: Caller) -> None:
    """No session of the caller opens anything any more, this one included."""
    login = dynamo.get(admitted.reading_login(by.organisation, by.audience, by.id))
    now = clock.now()
    raised = login.model_copy(update={'generation': login.generation + 1, 'version': login.version + 1})
    ended = SessionsEnded(
        organisation=by.organisation,
        at=now,
        by=Actor.of(by),
        audience=by.audience,
        subject_id=by.id,
        session_id=None,
        reason=EndReason.SIGNED_OUT_EVERYWHERE,
    )
    dynamo.commit(
        admitted.keeping_login(raised, login),
        *admitted.announcing_of_login(raised, ended),
        *messaging.forget_devices(by.organisation, f'{by.audience}:{by.id}'),
    )


def list_sessions(paging: Paging, *, by: Caller) -> Page[SessionCard]:
    """The caller's sessions that still open something, the latest sign-in first."""
    login = dynamo.get(admitted.reading_login(by.organisation, by.audience, by.id))
    page = rows.list_sessions(login, clock.now(), paging)
    return page.shown_as(lambda session: _card(session, by))


def _card(session: Session, by: Caller) -> SessionCard:
    return SessionCard(
        id=session.id,
        client=session.client,
        device=session.device,
        created_at=session.created_at,
        used_at=session.used_at,
        ends_at=session.idle_until,
        is_current=session.id == by.session,
    )
