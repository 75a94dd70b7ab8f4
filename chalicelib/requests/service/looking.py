"""Looking at requests: lists, the card, the history, the resident's own view."""

from typing import Any

from chalicelib.clients import service as clients
from chalicelib.clients.model import Client
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.outbox import Actor, ActorKind
from chalicelib.kit.values import Page, Paging
from chalicelib.premises import service as premises
from chalicelib.requests import repository
from chalicelib.requests.model.card import (
    Administrators,
    Changed,
    ClientBlock,
    Links,
    OrganisationBlock,
    PlaceBlock,
    RequestCard,
    management_of,
    sla_of,
)
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Action
from chalicelib.requests.model.views import HistoryEntry, ResidentRequest, StatusView
from chalicelib.requests.rules import lifecycle
from chalicelib.requests.service.answering import answers_of
from chalicelib.requests.service.marking import looked_at
from chalicelib.requests.service.opening import must_be_seen, own
from chalicelib.staff.model import Permission

HISTORY_ON_CARD = 20


def reading(organisation: str, number: int) -> Read[Request]:
    """The request of that number, for an upper house to fetch beside its own rows."""
    return repository.reading(organisation, number)


def count_new(*, by: Caller) -> int:
    """How many requests nobody has begun in the caller's scope (REQ-012)."""
    by.needs(Permission.REQUESTS_VIEW)
    return repository.count_new(by.organisation, by.scope)


def card_of(number: int, *, by: Caller) -> RequestCard:
    """All that staff see of the request, in two calls whatever the length of its history (REQ-072).

    Whoever opens it has seen its important comment: one more call, once (COM-007, AMB-38).
    """
    request, events = repository.card(by.organisation, number, HISTORY_ON_CARD)
    must_be_seen(request, by)
    request = looked_at(request, by=Actor.of(by))
    around = _around(request)
    return RequestCard(
        number=request.number,
        version=request.version,
        status=StatusView.of(request.status),
        channel=request.channel,
        offering_id=request.terms.offering_id,
        offering_name=request.terms.offering_name,
        labels=request.labels,
        refund=request.paid.refund,
        incident_id=request.incident_id,
        incident_title=request.incident_title,
        marks=sorted(request.marks),
        place=_place_block(request, around.get('premises')),
        client=_client_block(request, around.get('client')),
        organisation=OrganisationBlock(
            organisation=request.organisation,
            quarter=_administrators(around.get('quarter')),
            group=_administrators(around.get('group')),
        ),
        form=answers_of(request),
        management=management_of(request, lifecycle.actions_open_to(request, by)),
        sla=sla_of(request),
        rating=request.rating,
        history=[HistoryEntry.of(event) for event in events],
        created_at=request.created_at,
        created_by=request.created_by.name if request.created_by.kind is ActorKind.STAFF else None,
        updated_at=request.updated_at,
        links=Links.of(request),
    )


def history_of(number: int, paging: Paging, *, by: Caller) -> Page[HistoryEntry]:
    """What happened to the request, newest first, with authors who are employees only (REQ-127..131)."""
    request = dynamo.get(repository.reading(by.organisation, number))
    must_be_seen(request, by)
    events = repository.history(by.organisation, number, paging)
    return Page(items=[HistoryEntry.of(event) for event in events.items], next_cursor=events.next_cursor)


def list_own(paging: Paging, *, by: Caller) -> Page[ResidentRequest]:
    """The resident's own requests, the latest change first (REQ-149)."""
    requests = repository.list_by_client(by.organisation, by.id, paging)
    views = [resident_view(request, by=by) for request in requests.items]
    return Page(items=views, next_cursor=requests.next_cursor)


def shown(request: Request, *, by: Caller) -> Changed:
    """The request after a change, as the employee may act on it now."""
    return Changed(
        number=request.number,
        version=request.version,
        status=StatusView.of(request.status),
        channel=request.channel,
        offering_id=request.terms.offering_id,
        offering_name=request.terms.offering_name,
        labels=request.labels,
        incident_id=request.incident_id,
        place=request.place,
        client=request.customer,
        form=answers_of(request),
        management=management_of(request, lifecycle.actions_open_to(request, by)),
        sla=sla_of(request),
        created_at=request.created_at,
        updated_at=request.updated_at,
    )


def find_own(number: int, *, by: Caller) -> Request:
    """The resident's own request; another's is not there."""
    return own(number, by)


def resident_view(request: Request, *, by: Caller) -> ResidentRequest:
    """The request as its customer sees it: nothing internal (REQ-107, REQ-149)."""
    shown = request.assignees[0].name if request.assignees and request.terms.are_names_shown else None
    return ResidentRequest(
        number=request.number,
        version=request.version,
        status=StatusView.of(request.status),
        offering_id=request.terms.offering_id,
        offering_name=request.terms.offering_name,
        address=request.place.address,
        premises_number=request.place.premises_number,
        form=answers_of(request),
        assignee=shown,
        execute_until=request.execution.until,
        rating=request.rating,
        question=request.question or None,
        actions=_own_actions(request, by),
        created_at=request.created_at,
        updated_at=request.updated_at,
    )


def _own_actions(request: Request, by: Caller) -> list[str]:
    actions: list[str] = list(lifecycle.actions_open_to(request, by))
    if not request.terms.is_reopenable_by_resident or by.is_blocked:
        actions = [action for action in actions if action != Action.REOPEN]
    return actions + (['rate'] if request.done_at and not by.is_blocked else [])


def _around(request: Request) -> dict[str, Any]:
    organisation, place = request.organisation, request.place
    reads: dict[str, Read[Any]] = {}
    if request.customer and request.customer.id:
        reads['client'] = clients.reading_client(organisation, request.customer.id)
    if place.premises_id:
        reads['premises'] = premises.reading_premises(organisation, place.premises_id)
    if place.quarter_id:
        reads['quarter'] = premises.reading_quarter(organisation, place.quarter_id)
    if place.group_id:
        reads['group'] = premises.reading_group(organisation, place.group_id)
    # What has been removed since is simply not shown: the request itself must open.
    bearing = [Read(read.row, read.key, read.entity) for read in reads.values()]
    return dict(zip(reads, dynamo.fetch(*bearing), strict=True)) if bearing else {}


def _place_block(request: Request, flat: Any) -> PlaceBlock:
    hints = {'tags': flat.tags, 'note': flat.note, 'account': flat.account} if flat else {}
    return PlaceBlock(**request.place.model_dump(), **hints)


def _client_block(request: Request, client: Client | None) -> ClientBlock | None:
    customer = request.customer
    if customer is None:
        return None
    block = ClientBlock(
        id=customer.id, name=customer.name, phone=customer.phone, is_registered=customer.id is not None
    )
    if client is None:
        return block
    return block.model_copy(
        update={
            'name': client.full_name,
            'phone': client.phone,
            'avatar_key': client.avatar_key,
            'debt_minor': client.debt_minor or None,
            'advance_minor': client.advance_minor or None,
            'last_seen_at': client.last_seen_at,
            'state': client.state,
        }
    )


def _administrators(area: Any) -> Administrators | None:
    if area is None:
        return None
    return Administrators(id=area.id, name=area.name, administrator_ids=area.administrator_ids)
