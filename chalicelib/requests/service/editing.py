"""Changing the basic data: everything but the channel, while nothing locks them (REQ-079..085)."""

from chalicelib.catalogue.model import Offering
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.premises.model import BuildingNotFound
from chalicelib.requests import repository
from chalicelib.requests.events import RequestEdited, RequestEvent
from chalicelib.requests.model.commands import Edit, UnregisteredCustomer
from chalicelib.requests.model.refusals import EditingLocked
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.status import Mark
from chalicelib.requests.rules import bringing, sla
from chalicelib.requests.service.answering import with_files
from chalicelib.requests.service.opening import opened
from chalicelib.requests.service.ordering import Wanted, customer_of, find, form_of, place_of, terms_of


def edit(number: int, change: Edit, *, by: Caller) -> Request:
    """Basic data are as wanted; what is left out stays; deadlines follow a changed offering (AMB-25).

    So does the checklist that the offering brings; what another has brought before stays. The form
    answers that the new offering knows are kept; its mandatory fields stay mandatory (REQ-083). An offering
    that was archived since and a client who has moved out stand in nobody's way while they stay.
    """
    before = opened(number, by)
    if not before.is_open or Mark.INVOICE_ISSUED in before.marks:
        raise EditingLocked(status=before.status)
    wanted = _wanted(before, change)
    found = find(wanted, by)
    if not by.scope.covers(found.building.id):
        raise BuildingNotFound()
    after = before.model_copy(
        update={
            'place': place_of(found),
            'customer': customer_of(wanted, found),
            'form': form_of(found.offering, _given(before, change, found.offering)),
        }
    )
    after, taking = with_files(before, after, found.offering, by=by)
    now, actor = clock.now(), Actor.of(by)
    late, asked = list[RequestEvent](), list[RequestEvent]()
    if found.offering.id != before.terms.offering_id:
        # Another promise does not undo that the one before was broken, whether the sweep has come or not.
        judged, late = sla.overrun(before, now)
        terms = terms_of(found.offering, found.organisation)
        clocks = {'reaction': judged.reaction, 'execution': judged.execution}
        after = sla.retermed(after.model_copy(update={'terms': terms, **clocks}), before.terms)
        after, asked = bringing.asked(after, actor, now)
    changes = differences(before, after)
    if not changes:
        return before
    event = RequestEdited.of(after, actor, now, changes=changes)
    return repository.save(before, after, *late, event, *asked, also=taking)


def differences(before: Request, after: Request) -> dict[str, tuple[str, str]]:
    """From and to of each basic field that differs, as people read them; an offering may have a namesake."""
    were, are = _readable(before), _readable(after)
    differing = {name for name in were.keys() | are.keys() if were.get(name, '') != are.get(name, '')}
    if before.terms.offering_id != after.terms.offering_id:
        differing.add('offering')
    # Two photos may have one name.
    differing |= {f'form.{code}' for code, _ in _answered(before) ^ _answered(after)}
    return {name: (were.get(name, ''), are.get(name, '')) for name in sorted(differing)}


def _readable(request: Request) -> dict[str, str]:
    place, customer = request.place, request.customer
    return {
        'offering': request.terms.offering_name,
        'address': place.address,
        'premises': place.premises_number or '',
        'client': customer.name if customer else '',
        'phone': (customer.phone or '') if customer else '',
        **{f'form.{answer.code}': str(answer.told) for answer in request.form},
    }


def _answered(request: Request) -> set[tuple[str, str | int | float]]:
    return {(answer.code, answer.value) for answer in request.form}


def _wanted(before: Request, change: Edit) -> Wanted:
    given = change.model_fields_set
    place, customer = before.place, before.customer
    moves = 'building_id' in given and change.building_id not in (None, place.building_id)
    premises_id = change.premises_id if 'premises_id' in given or moves else place.premises_id
    client_id, unregistered = customer.id if customer else None, None
    if customer and customer.id is None:
        unregistered = UnregisteredCustomer.model_construct(name=customer.name, phone=customer.phone)
    if 'client_id' in given or 'unregistered' in given:
        client_id, unregistered = change.client_id, change.unregistered
    return Wanted(
        offering_id=change.offering_id or before.terms.offering_id,
        building_id=change.building_id or place.building_id,
        premises_id=premises_id,
        client_id=client_id,
        unregistered=unregistered,
        channel=before.channel,
        stands=before,
    )


def _given(before: Request, change: Edit, offering: Offering) -> dict[str, object]:
    if change.form is not None:
        return dict(change.form)
    known = {field.code for field in offering.fields}
    return {answer.code: answer.value for answer in before.form if answer.code in known}
