"""The card of a request, block by block as staff see it (REQ-072)."""

from datetime import timedelta

from pydantic import Field

from chalicelib.clients.model import ClientState
from chalicelib.kit.values import Instant, Stored
from chalicelib.requests.model.request import (
    Clock,
    Customer,
    Person,
    Place,
    Rating,
    RefundSum,
    Request,
)
from chalicelib.requests.model.status import Action, Channel, Label, Mark
from chalicelib.requests.model.views import AnswerView, HistoryEntry, StatusView


class ClientBlock(Stored):
    """Block «Клиент» (REQ-074)."""

    id: str | None
    name: str
    phone: str | None
    avatar_key: str | None = None
    debt_minor: int | None = Field(None, description='«Долг по ЖКУ» in kopecks, only when underpaid.')
    advance_minor: int | None = Field(None, description='«Аванс по ЖКУ» in kopecks, only when overpaid.')
    last_seen_at: Instant | None = None
    is_registered: bool
    state: ClientState | None = Field(None, description='Whether he is blocked; null if not registered.')


class PlaceBlock(Place):
    """Where, with what the hints of the place say (REQ-078)."""

    tags: tuple[str, ...] = ()
    note: str | None = None
    account: str | None = None


class Administrators(Stored):
    """The people in charge of a quarter or a group; their contacts are a call away (REQ-076)."""

    id: str
    name: str
    administrator_ids: tuple[str, ...]


class OrganisationBlock(Stored):
    """Block «Организация» (REQ-075)."""

    organisation: str
    quarter: Administrators | None = None
    group: Administrators | None = None


class ManagementBlock(Stored):
    """Block «Управление»: what may be done and by whom."""

    department_id: str | None
    assignees: tuple[Person, ...]
    assignees_max: int
    controller: Person | None
    status_comment: str
    resume_until: Instant | None
    actions: list[Action]


class SlaBlock(Stored):
    """The two clocks of the request."""

    reaction: Clock
    execution: Clock
    reaction_limit: timedelta | None
    execution_limit: timedelta | None
    first_started_at: Instant | None
    done_at: Instant | None


class Links(Stored):
    """Where to look next from a card (REQ-004, REQ-065, REQ-070, REQ-078)."""

    request: str = Field(description='This request: another number leads to another.')
    history: str
    activity: str
    client: str | None
    building: str
    premises: str | None

    @classmethod
    def of(cls, request: Request) -> 'Links':
        """The links of the request."""
        own, client = f'/v1/staff/requests/{request.number}', request.customer and request.customer.id
        flat = request.place.premises_id
        return cls(
            request=own,
            history=f'{own}/history',
            activity=f'{own}/activity',
            client=f'/v1/staff/clients/{client}' if client else None,
            building=f'/v1/staff/buildings/{request.place.building_id}',
            premises=f'/v1/staff/premises/{flat}' if flat else None,
        )


class RequestCard(Stored):
    """All that staff see of a request (REQ-072)."""

    number: int
    version: int
    status: StatusView
    channel: Channel
    offering_id: str
    offering_name: str
    labels: tuple[Label, ...]
    refund: RefundSum | None = Field(description='What goes back to the client (REQ-037).')
    incident_id: str | None
    incident_title: str | None
    marks: list[Mark]
    place: PlaceBlock
    client: ClientBlock | None
    organisation: OrganisationBlock
    form: tuple[AnswerView, ...]
    management: ManagementBlock
    sla: SlaBlock
    rating: Rating | None
    history: list[HistoryEntry]
    created_at: Instant
    created_by: str | None = Field(description='The employee who entered it; null where the resident did.')
    updated_at: Instant
    links: Links


class Changed(Stored):
    """A request after a change by staff: what the change can have touched; the card has the rest."""

    number: int
    version: int
    status: StatusView
    channel: Channel
    offering_id: str
    offering_name: str
    labels: tuple[Label, ...]
    incident_id: str | None
    place: Place
    client: Customer | None
    form: tuple[AnswerView, ...]
    management: ManagementBlock
    sla: SlaBlock
    created_at: Instant
    updated_at: Instant


def management_of(request: Request, actions: list[Action]) -> ManagementBlock:
    """Block «Управление» of the request."""
    return ManagementBlock(
        department_id=request.department_id,
        assignees=request.assignees,
        assignees_max=request.terms.assignees_max,
        controller=request.controller,
        status_comment=request.status_comment,
        resume_until=request.resume_until,
        actions=actions,
    )


def sla_of(request: Request) -> SlaBlock:
    """The clocks of the request."""
    return SlaBlock(
        reaction=request.reaction,
        execution=request.execution,
        reaction_limit=request.terms.reaction,
        execution_limit=request.terms.execution,
        first_started_at=request.first_started_at,
        done_at=request.done_at,
    )
