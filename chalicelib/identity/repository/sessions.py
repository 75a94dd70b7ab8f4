"""Rows of sessions, in the item collection of their login."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.identity.model import Login, Session
from chalicelib.identity.repository.rows import IdentityRow, epoch, login_pk
from chalicelib.kit import clock, dynamo, outbox, pages
from chalicelib.kit.caller import Audience
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.values import Page, Paging

SESSION_PREFIX = 'session#'


def reading_session(
    organisation: str, audience: Audience, subject_id: str, session_id: str, missing: Callable[[], Exception]
) -> Read[Session]:
    """A look at a session."""
    key = (login_pk(organisation, audience, subject_id), f'{SESSION_PREFIX}{session_id}')
    return Read(IdentityRow, key, _session, missing)


def _session(row: IdentityRow) -> Session:
    return Session.model_validate_json(row.body or '')


def keeping_session(session: Session) -> Write:
    """The session will be kept, if it still is of the version before."""
    row = IdentityRow(
        pk=login_pk(session.organisation, session.audience, session.subject_id),
        sk=f'{SESSION_PREFIX}{session.id}',
        version=session.version,
        body=session.model_dump_json(),
        generation=session.generation,
        until='' if session.is_ended else clock.text(session.idle_until),
        ttl=epoch(session.ends_at),
    )
    was = session.version - 1
    return dynamo.putting(row, IdentityRow.version == was) if was else dynamo.creating(row)


def announcing_of_session(session: Session, *events: outbox.Event) -> list[Write]:
    """The events will stand beside the session, as of its version."""
    pk = f'{session.organisation}#session#{session.id}'
    return outbox.announcing(IdentityRow, pk, session.version, *events)


def list_sessions(login: Login, now: datetime, paging: Paging) -> Page[Session]:
    """The login's sessions that still open something, the latest first."""
    return pages.page(
        IdentityRow,
        _session,
        login_pk(login.organisation, login.audience, login.subject_id),
        paging=paging,
        binding=(login.organisation, 'sessions', login.audience, login.subject_id),
        condition=IdentityRow.sk.startswith(SESSION_PREFIX),
        filters=(IdentityRow.until > clock.text(now)) & (IdentityRow.generation == login.generation),
    )
