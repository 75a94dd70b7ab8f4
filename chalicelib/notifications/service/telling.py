"""An event becomes notices in people's lists, and messages on their way.

The lists are written first, each line on the condition that it is not there; then the messages leave, each
with an id made of the event and the recipient, which the deliverers remember. So it may stop after any line,
and the next delivery of the event completes what is missing and repeats nothing (NTF-020, NTF-032).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from chalicelib.clients import service as clients
from chalicelib.clients.model import Client
from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read
from chalicelib.kit.outbox import ActorKind, Delivered, Event
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import Channel, Message
from chalicelib.notifications import repository, rules
from chalicelib.notifications.model import Notification, id_of
from chalicelib.notifications.rules import Audience, Line, Notice
from chalicelib.notifications.service import wording
from chalicelib.requests import service as requests
from chalicelib.staff import service as staff
from chalicelib.staff.model import NotificationKind, Organisation, Permission, Recipient


@dataclass(frozen=True, slots=True)
class Told:
    """One person's notice: `email` is where its letter goes, if anywhere, `by_push` feeds the list too."""

    notice: Notification
    locale: str
    by_push: bool
    email: str | None = None


def tell(delivered: Delivered) -> None:
    """Everybody whom the event concerns has it in his list and hears of it by his channels, once.

    Raises what a neighbour raises that is away: the same event may come again.
    """
    line = rules.LINES.get(delivered.type)
    if line is None:
        return
    event = line.event.model_validate(delivered.event)
    organisation, residents = _concerned(event, line)
    told = [
        *(_employee(delivered.id, event, kind, one, organisation) for kind, one in _staff(event, line)),
        *(_resident(delivered.id, event, line, one, organisation) for one in residents),
    ]
    repository.keep([one.notice for one in told if one.by_push])
    messaging.send(*(message for one in told for message in _messages(one)))


def _concerned(event: Event, line: Line) -> tuple[Organisation, list[Client]]:
    reads: list[Read[Organisation] | Read[Client]] = [staff.reading_organisation(event.organisation)]
    for client_id in rules.residents_of(event, line):
        # Whoever was erased since is told nothing, and holds nothing up.
        reads.append(replace(clients.reading_client(event.organisation, client_id), missing=None))
    organisation, *found = dynamo.fetch(*reads)
    return organisation, [client for client in found if client is not None]


def _staff(event: Event, line: Line) -> Iterator[tuple[NotificationKind, Recipient]]:
    """Who is told, by the first notice that reaches him."""
    reached = {rules.actor_of(event, ActorKind.STAFF)}
    for notice in line.staff:
        if not notice.when(event):
            continue
        for recipient in _recipients(event, notice):
            if recipient.employee_id in reached:
                continue
            reached.add(recipient.employee_id)
            if not notice.is_left_out:
                yield notice.kind, recipient


_ALL_OF_A_PLACE = {
    Audience.EVERYBODY: None,
    Audience.VIEWERS: Permission.REQUESTS_VIEW,
    Audience.APPROVERS: Permission.REQUESTS_APPROVE,
    Audience.ACCOUNTANTS: Permission.PAYMENTS_MARKETPLACE,
}


def _recipients(event: Event, notice: Notice) -> list[Recipient]:
    place: str | None = getattr(event, 'building_id', None)
    found: list[Recipient] = []
    for audience, holding in _ALL_OF_A_PLACE.items():
        if audience in notice.audiences:
            found += staff.recipients(event.organisation, notice.kind, place, holding)
    named = rules.named(event, notice.audiences)
    if Audience.AUTHOR in notice.audiences:
        named += _author(event)
    return found + staff.recipients_among(event.organisation, notice.kind, named)


def _author(event: Event) -> list[str]:
    request = dynamo.find(requests.reading(event.organisation, getattr(event, 'number', 0)))
    is_employee = request is not None and request.created_by.kind is ActorKind.STAFF
    return [request.created_by.id] if request and is_employee else []


def _employee(
    event_id: str, event: Event, kind: NotificationKind, one: Recipient, organisation: Organisation
) -> Told:
    words = wording.for_staff(kind, event, ZoneInfo(organisation.zone), one.locale)
    notice = _notice(event_id, event, f'staff:{one.employee_id}', kind, words)
    return Told(notice, one.locale, one.by_push, one.email if one.by_email else None)


def _resident(event_id: str, event: Event, line: Line, client: Client, organisation: Organisation) -> Told:
    locale, kind = client.locale or organisation.locale, str(line.resident)
    zone = ZoneInfo(getattr(event, 'zone', None) or organisation.zone)
    words = wording.for_resident(kind, event, zone, locale)
    return Told(_notice(event_id, event, f'resident:{client.id}', kind, words), locale, by_push=True)


def _notice(event_id: str, event: Event, recipient: str, kind: str, words: tuple[str, str]) -> Notification:
    return Notification(
        id=id_of(event_id, event.at),
        organisation=event.organisation,
        recipient=recipient,
        kind=kind,
        number=getattr(event, 'number', None),
        title=words[0],
        text=words[1],
        at=event.at,
        event_id=event_id,
    )


def _messages(told: Told) -> Iterator[Message]:
    if told.by_push:
        yield _message(told, Channel.PUSH, told.notice.recipient)
    if told.email is not None:
        yield _message(told, Channel.EMAIL, told.email)


def _message(told: Told, channel: Channel, to: str) -> Message:
    notice = told.notice
    opens = {'type': notice.kind, 'notification_id': notice.id}
    if notice.number is not None:
        opens['number'] = str(notice.number)
    return Message(
        id=f'{notice.event_id}:{notice.recipient}:{channel}',
        organisation=notice.organisation,
        channel=channel,
        to=to,
        title=notice.title,
        text=notice.text,
        data=opens,
        locale=told.locale,
    )
