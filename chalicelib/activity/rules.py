"""The table of what counts as activity, line by line: event, kind, whose it is, when it counts, what is kept.

Another house's events get a line here, their kind in `model.py`, their words in `ru.ftl` and `en.ftl` and
their names in the rule of the bus (`infra/activity.yaml`); nothing else knows an event by name.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from chalicelib.activity.model import ActivityKind, Entry, id_of
from chalicelib.billing import events as of_money
from chalicelib.calls import events as of_calls
from chalicelib.calls.model.call import Direction
from chalicelib.clients import events as of_clients
from chalicelib.conversations.events import MessageSent
from chalicelib.identity.events import SignedIn
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.outbox import ActorKind, Delivered, Event
from chalicelib.requests import events as of_requests
from chalicelib.staff.model import Permission

Kept = dict[str, str | int]


def the_client(event: Any) -> str | None:
    """Whose it is: the client the event names; nobody's where he is not registered."""
    client_id: str | None = event.client_id
    return client_id


def who_signed_in(event: Any) -> str | None:
    """Whose it is: the one who opened the session."""
    subject_id: str = event.subject_id
    return subject_id


def always(event: Any) -> bool:
    """Whoever did it."""
    return True


def by_himself(event: Any) -> bool:
    """Whether it was the client's own deed."""
    return bool(event.by.kind is ActorKind.RESIDENT and event.by.id == event.client_id)


def as_resident(event: Any) -> bool:
    """Whether it was a resident who signed in."""
    return event.audience is Audience.RESIDENT


def by_telephone(event: Any) -> bool:
    """Whether the client called, not the organisation (CALL-008)."""
    return event.direction is Direction.INCOMING


def with_another_right(event: Any) -> bool:
    """Whether it is the right to a home that changed, and not a mark beside it."""
    return any(change.field == 'right' for change in event.changes)


def keeping(*names: str) -> Callable[[Any], Kept]:
    """What is kept of an event: these of its fields, as far as they say something."""

    def kept(event: Any) -> Kept:
        given = {name: getattr(event, name) for name in names}
        return {
            name: str(value) if isinstance(value, str) else value
            for name, value in given.items()
            if value not in (None, '')
        }

    return kept


def nothing(event: Any) -> Kept:
    """Nothing is kept of an event but what every entry has."""
    return {}


def keeping_rights(event: Any) -> Kept:
    """What is kept of a change of right: where, from which to which."""
    [change] = [change for change in event.changes if change.field == 'right']
    return {'premises_id': event.premises_id, 'was': str(change.was), 'right': str(change.now)}


def keeping_sum(event: Any) -> Kept:
    """What is kept of money: how much, in kopecks."""
    return {'amount_minor': event.amount.minor}


def keeping_talk(event: Any) -> Kept:
    """What is kept of a call: which, and how long they talked, as far as it is known."""
    seconds = event.duration_seconds
    if seconds is None:
        return {'call_id': event.call_id}
    talk = f'{seconds // 60}:{seconds % 60:02d}'
    return {'call_id': event.call_id, 'duration_seconds': seconds, 'talk': talk}


@dataclass(frozen=True, slots=True)
class Line:
    """One event that is, or may be, an entry in somebody's activity."""

    event: type[Event]
    kind: ActivityKind
    whose: Callable[[Any], str | None]
    counts: Callable[[Any], bool] = always
    details: Callable[[Any], Kept] = nothing


R, C, M, K = of_requests, of_clients, of_money, ActivityKind
_opinion = keeping('points', 'comment')
_opinions = keeping('was', 'points', 'comment')
_home, _no_home = keeping('premises_id', 'right'), keeping('premises_id')

TABLE = (
    Line(R.RequestCreated,      K.REQUEST_CREATED,     the_client,    always,             keeping('channel')),
    Line(R.RequestCancelled,    K.REQUEST_CANCELLED,   the_client,    by_himself),
    Line(R.RequestReopened,     K.REQUEST_REOPENED,    the_client,    by_himself),
    Line(R.ClarificationGiven,  K.CLARIFICATION_GIVEN, the_client,    by_himself,         keeping('answer')),
    Line(R.RequestRated,        K.REQUEST_RATED,       the_client,    by_himself,         _opinion),
    Line(R.RatingChanged,       K.RATING_CHANGED,      the_client,    by_himself,         _opinions),
    Line(MessageSent,           K.MESSAGE_SENT,        the_client,    by_himself),
    Line(M.InvoicePaid,         K.INVOICE_PAID,        the_client,    always,             keeping_sum),
    Line(M.RefundRequested,     K.REFUND_ASKED,        the_client,    always,             keeping_sum),
    Line(C.ClientAdded,         K.CLIENT_ADDED,        the_client),
    Line(C.ClientSettled,       K.HOME_GIVEN,          the_client,    always,             _home),
    Line(C.ClientTenureChanged, K.HOME_CHANGED,        the_client,    with_another_right, keeping_rights),
    Line(C.ClientUnsettled,     K.HOME_ENDED,          the_client,    always,             _no_home),
    Line(SignedIn,              K.SIGNED_IN,           who_signed_in, as_resident,        keeping('client')),
    Line(of_calls.CallEnded,    K.CALLED,              the_client,    by_telephone,       keeping_talk),
    Line(of_calls.CallMissed,   K.CALL_MISSED,         the_client,    by_telephone,       keeping('call_id')),
)  # fmt: skip

LINES = {line.event.__name__: line for line in TABLE}


def entry_of(delivered: Delivered) -> Entry | None:
    """The entry an event makes, None where it is no client's activity."""
    line = LINES.get(delivered.type)
    if line is None:
        return None
    event = line.event.model_validate(delivered.event)
    client_id = line.whose(event)
    if client_id is None or not line.counts(event):
        return None
    return Entry(
        id=id_of(delivered.id, event.at),
        organisation=event.organisation,
        client_id=client_id,
        kind=line.kind,
        at=event.at,
        by=event.by,
        number=getattr(event, 'number', None),
        offering_name=getattr(event, 'offering_name', None),
        building_id=getattr(event, 'building_id', None),
        details=line.details(event),
    )


def sees_every_request(caller: Caller) -> bool:
    """Whether no request of the organisation need be looked at to know that the employee may see it."""
    return caller.may(Permission.REQUESTS_VIEW) and caller.scope.places is None


def is_shown(entry: Entry, caller: Caller, seen_numbers: Set[int]) -> bool:
    """Whether the employee is told of the entry at all.

    What concerns a request is told to who sees that request as it is now, and is otherwise left out: even a
    line without link and topic would say that there is a request which for him is not there (AMB-94). What
    concerns the client himself is told to who may view clients, and of homes those within his scope.
    """
    if entry.number is not None:
        return entry.number in seen_numbers
    return caller.may(Permission.CLIENTS_VIEW) and caller.scope.covers(entry.building_id)
