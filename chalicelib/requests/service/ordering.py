"""Asking for something: what is ordered, where, for whom, and by what terms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import Offering, OfferingKind, PaymentTime
from chalicelib.clients import service as clients
from chalicelib.clients.model import Client, ClientNotInPremises, Tenure
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.dynamo import Read, naming
from chalicelib.kit.outbox import Actor
from chalicelib.premises import service as premises
from chalicelib.premises.model import Building, BuildingNotFound, Premises
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.commands import NewOwnRequest, NewRequest, UnregisteredCustomer
from chalicelib.requests.model.incidents import IncidentStanding
from chalicelib.requests.model.refusals import (
    ChannelNotForStaff,
    CustomerAmbiguous,
    CustomerNeeded,
    EmployeeDismissed,
    OfferingNotAvailable,
    PremisesNeeded,
    PremisesNotInBuilding,
)
from chalicelib.requests.model.request import Customer, FormAnswer, Person, Place, Request, Terms
from chalicelib.requests.model.status import STAFF_CHANNELS, Action, Channel, Status
from chalicelib.requests.rules import bringing, lifecycle, people, sla
from chalicelib.requests.service.answering import with_files
from chalicelib.requests.service.attaching import attached_event, open_to, part_of
from chalicelib.staff import service as staff
from chalicelib.staff.model import Employee, Organisation


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request is to be about, by ids, as a door or an edit says it."""

    offering_id: str
    building_id: str
    premises_id: str | None = None
    client_id: str | None = None
    unregistered: UnregisteredCustomer | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    channel: Channel = Channel.OTHER
    stands: Request | None = None
    """The request that is edited: what stays as it was ordered is not judged by what has become of it."""

    @property
    def is_same_order(self) -> bool:
        """Whether it is the same thing in the same building as before."""
        was = self.stands
        return was is not None and (self.offering_id, self.building_id) == (
            was.terms.offering_id,
            was.place.building_id,
        )

    @property
    def is_same_home(self) -> bool:
        """Whether it is for the same client in the same premises as before; he may have moved out since."""
        was = self.stands
        return was is not None and (self.client_id, self.premises_id) == (
            was.customer.id if was.customer else None,
            was.place.premises_id,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What the ids of a Wanted stand for, all of one organisation."""

    organisation: Organisation
    offering: Offering
    building: Building
    premises: Premises | None
    client: Client | None


def order(new: NewRequest, *, by: Caller) -> Request:
    """Staff entered a request for a client, for somebody unregistered, or an internal one (REQ-051..069)."""
    if new.channel not in STAFF_CHANNELS:
        raise ChannelNotForStaff()
    wanted = Wanted(
        new.offering_id,
        new.building_id,
        new.premises_id,
        new.client_id,
        new.unregistered,
        new.form,
        new.channel,
    )
    found = find(wanted, by)
    if not by.scope.covers(found.building.id):
        raise BuildingNotFound(field='body.building_id')
    request = _new(wanted, found, by)
    department_id = new.department_id or found.offering.department_id
    request, controller = _peopled(request, new, department_id, found.offering, by)
    incident = open_to(new.incident_id, by) if new.incident_id else None
    return _created(request.model_copy(update={'controller': controller}), found.offering, by, incident)


def order_own(new: NewOwnRequest, *, by: Caller) -> Request:
    """A resident asks for something in premises of his (REQ-008); the building follows from the premises."""
    reading = clients.reading_tenure(by.organisation, by.id, new.premises_id)
    elsewhere = partial(ClientNotInPremises, field='body.premises_id', whose='own')
    tenure: Tenure = dynamo.get(replace(reading, missing=elsewhere))
    channel = Channel.SITE if by.client is ClientKind.SITE else Channel.APP
    wanted = Wanted(new.offering_id, tenure.building_id, new.premises_id, by.id, None, new.form, channel)
    found = find(wanted, by)
    if not found.offering.is_offered_to_residents:
        raise OfferingNotAvailable()
    request = _new(wanted, found, by).model_copy(update={'department_id': found.offering.department_id})
    default = _person(found.offering.controller_id, by)
    return _created(request.model_copy(update={'controller': default}), found.offering, by)


def find(wanted: Wanted, by: Caller) -> Found:
    """Everything the request names, in one round trip; each exists, and they belong together (REQ-054)."""
    if wanted.client_id and wanted.unregistered:
        raise CustomerAmbiguous()
    organisation = by.organisation
    reads: dict[str, Read[Any]] = {
        'organisation': staff.reading_organisation(organisation),
        'offering': naming('body.offering_id', catalogue.reading_offering(organisation, wanted.offering_id)),
        'building': naming('body.building_id', premises.reading_building(organisation, wanted.building_id)),
    }
    if wanted.premises_id:
        found_there = premises.reading_premises(organisation, wanted.premises_id)
        reads['premises'] = naming('body.premises_id', found_there)
    if wanted.client_id:
        reads['client'] = naming('body.client_id', clients.reading_client(organisation, wanted.client_id))
        if wanted.premises_id and not wanted.is_same_home:
            reads['tenure'] = clients.reading_tenure(organisation, wanted.client_id, wanted.premises_id)
    there = dict(zip(reads, dynamo.fetch(*reads.values()), strict=True))
    there.pop('tenure', None)
    found = Found(**{'premises': None, 'client': None, **there})
    _judge(wanted, found)
    return found


def place_of(found: Found) -> Place:
    """Where the work is."""
    return Place(
        building_id=found.building.id,
        address=found.building.address,
        quarter_id=found.building.quarter_id,
        group_id=found.building.group_id,
        premises_id=found.premises.id if found.premises else None,
        premises_number=found.premises.number if found.premises else None,
    )


def customer_of(wanted: Wanted, found: Found) -> Customer | None:
    """For whom the work is; nobody for an internal request."""
    if found.client:
        return Customer(id=found.client.id, name=found.client.full_name, phone=found.client.phone)
    if wanted.unregistered:
        return Customer(name=wanted.unregistered.name, phone=wanted.unregistered.phone)
    return None


def terms_of(offering: Offering, organisation: Organisation) -> Terms:
    """What is promised from now on, by the offering and the organisation's settings."""
    settings = organisation.settings
    return Terms(
        offering_id=offering.id,
        offering_name=offering.name,
        is_appointment=offering.kind is OfferingKind.APPOINTMENT,
        reaction=offering.reaction,
        execution=offering.execution,
        assignees_max=offering.assignees_max,
        is_reopenable_by_resident=offering.is_reopenable_by_resident,
        is_document_required=offering.is_document_required,
        is_checklist_strict=offering.is_checklist_strict,
        checklist_template_id=offering.checklist_template_id,
        is_routed=offering.is_routed,
        does_suspension_stop_clock=offering.does_suspension_stop_clock,
        reminder_before=timedelta(minutes=settings.execution_reminder_minutes),
        resumption_reminder_at=settings.resumption_reminder_at,
        rating_reminder_after=timedelta(hours=settings.rating_reminder_hours),
        reopening_days=settings.reopening_days,
        are_names_shown=not settings.are_employees_anonymous,
        is_prepaid=offering.payment is PaymentTime.BEFORE,
        is_refundable=offering.is_refundable,
        automatic_refund=offering.automatic_refund,
        zone=organisation.zone,
    )


def form_of(offering: Offering, given: Mapping[str, Any]) -> tuple[FormAnswer, ...]:
    """The filled order form; every mandatory field of the offering is answered (REQ-057)."""
    answers = catalogue.answers(offering, given)
    labels = {entry.code: entry.label for entry in offering.fields}
    return tuple(FormAnswer(code=code, label=labels[code], value=value) for code, value in answers.items())


def _judge(wanted: Wanted, found: Found) -> None:
    if found.premises and found.premises.building_id != found.building.id:
        raise PremisesNotInBuilding()
    if found.client and found.premises is None:
        raise PremisesNeeded()
    if not (found.client or wanted.unregistered or wanted.channel is Channel.INTERNAL):
        raise CustomerNeeded()
    is_open = found.offering.is_active and found.offering.is_available_in(found.building.id)
    if not (is_open or wanted.is_same_order):
        raise OfferingNotAvailable()


def _new(wanted: Wanted, found: Found, by: Caller) -> Request:
    now = clock.now()
    return Request(
        organisation=by.organisation,
        number=0,
        channel=wanted.channel,
        terms=terms_of(found.offering, found.organisation),
        place=place_of(found),
        customer=customer_of(wanted, found),
        form=form_of(found.offering, wanted.form),
        created_by=Actor.of(by),
        created_at=now,
        updated_at=now,
    )


def _peopled(
    request: Request, new: NewRequest, department_id: str | None, offering: Offering, by: Caller
) -> tuple[Request, Person | None]:
    controller_id = new.controller_id or offering.controller_id
    chosen_ids = tuple(dict.fromkeys(new.assignee_ids))
    reads: list[Read[Any]] = reading_assignees(chosen_ids, by)
    if controller_id:
        reading = staff.reading_employee(by.organisation, controller_id)
        reads.append(naming('body.controller_id', reading) if new.controller_id else reading)
    if new.department_id:
        department = staff.reading_department(by.organisation, new.department_id)
        reads.append(naming('body.department_id', department))
    found = dynamo.fetch(*reads) if reads else ()
    employees: list[Employee] = [entry for entry in found if isinstance(entry, Employee)]
    controller = employees[len(chosen_ids)] if controller_id else None
    if controller and not controller.is_active:
        if new.controller_id:
            raise EmployeeDismissed(field='body.controller_id', name=controller.name)
        controller = None  # the offering still names somebody who has left: nobody checks
    request = people.assigned(request, department_id, employees[: len(chosen_ids)], offering.assignees_max)
    return request, Person(id=controller.id, name=controller.name) if controller else None


def reading_assignees(chosen_ids: Sequence[str], by: Caller) -> list[Read[Any]]:
    """Looks at the employees, whose refusals name their places in the input."""
    return [
        naming(f'body.assignee_ids[{place}]', staff.reading_employee(by.organisation, employee))
        for place, employee in enumerate(chosen_ids)
    ]


def _person(employee_id: str | None, by: Caller) -> Person | None:
    if employee_id is None:
        return None
    employee: Employee = dynamo.get(staff.reading_employee(by.organisation, employee_id))
    return Person(id=employee.id, name=employee.name) if employee.is_active else None


def _created(
    request: Request, offering: Offering, by: Caller, incident: IncidentStanding | None = None
) -> Request:
    now, actor = request.created_at, Actor.of(by)
    request = part_of(incident, request) if incident else request
    request, _ = lifecycle.move(sla.opened(request), Action.CREATE, by=by, now=now)
    verdicts: list[said.RequestEvent] = []
    if request.status is Status.IN_PROGRESS:
        request, verdicts = sla.started(request, now)
    request = request.model_copy(update={'number': repository.next_number(by.organisation)})
    request, taking = with_files(None, request, offering, by=by)
    verdicts = [event.model_copy(update={'number': request.number}) for event in verdicts]
    happened: list[said.RequestEvent] = [said.RequestCreated.of(request, actor, now, channel=request.channel)]
    if request.assignees:
        happened.append(
            said.AssigneesChanged.of(
                request,
                actor,
                now,
                added=request.assignee_ids,
                names={person.id: person.name for person in request.assignees},
                department_id=request.department_id,
            )
        )
    if request.controller:
        happened.append(said.ControllerNamed.of(request, actor, now, name=request.controller.name))
    if incident:
        happened.append(attached_event(request, incident, actor))
    request, asked = bringing.asked(request, actor, now)
    happened += asked
    return repository.save(None, request, *happened, *verdicts, also=taking)
