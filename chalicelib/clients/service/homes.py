"""Who lives where and by what right (PRM-004..006, PRM-008, PRM-011, CLI-003)."""

from dataclasses import replace

from chalicelib.clients import repository, rules
from chalicelib.clients.events import (
    ClientSettled,
    ClientTenureChanged,
    ClientUnsettled,
    changes,
)
from chalicelib.clients.model import (
    MOST_TENURES,
    AlreadySettled,
    Client,
    ClientNotFound,
    Home,
    NewTenure,
    PremisesUnknown,
    Settled,
    Tenure,
    TenureChanges,
    TenureNotFound,
    TooManyTenures,
)
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.premises import service as premises
from chalicelib.premises.model import BuildingNotFound, PremisesNotFound


def settle(client_id: str, body: NewTenure, *, by: Caller) -> Home:
    """The client is attached to the premises; raises PremisesUnknown, AlreadySettled (PRM-004, CLI-003)."""
    was, tenures = _whole(client_id, by)
    unknown = replace(premises.reading_premises(by.organisation, body.premises_id), missing=PremisesUnknown)
    place = dynamo.get(unknown)
    if not by.scope.covers(place.building_id):
        raise PremisesUnknown()
    if any(tenure.premises_id == place.id for tenure in tenures):
        raise AlreadySettled()
    if len(tenures) >= MOST_TENURES:
        raise TooManyTenures(limit=MOST_TENURES)
    building = dynamo.get(premises.reading_building(by.organisation, place.building_id))
    tenure = Tenure(client_id=client_id, building_id=place.building_id, **body.model_dump())
    client = _living(was, [*tenures, tenure])
    event = ClientSettled(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        client_id=client_id,
        premises_id=place.id,
        building_id=place.building_id,
        right=tenure.right,
    )
    dynamo.commit(
        *repository.changing(client, was, event),
        repository.settling(by.organisation, tenure),
        *premises.moving_in(by.organisation, place.id),
    )
    return Home(tenure=tenure, premises=place, building=building)


def change_tenure(client_id: str, premises_id: str, body: TenureChanges, *, by: Caller) -> Home:
    """The client's right to the premises, or the mark beside it, is as asked (PRM-008, PRM-011)."""
    client, tenures = _whole(client_id, by)
    was = _among(tenures, premises_id, by.scope)
    [home] = place_all(by.organisation, [was], by.scope)
    tenure = was.model_copy(update=body.model_dump(exclude_unset=True))
    if tenure == was:
        return home
    event = ClientTenureChanged(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        client_id=client_id,
        premises_id=premises_id,
        building_id=was.building_id,
        changes=changes(was, tenure),
    )
    dynamo.commit(
        *repository.changing(_living(client, tenures), client, event),
        repository.resettling(by.organisation, tenure),
    )
    return home.model_copy(update={'tenure': tenure})


def unsettle(client_id: str, premises_id: str, *, by: Caller) -> None:
    """The client is not attached to the premises any more; raises TenureNotFound."""
    was, tenures = _whole(client_id, by)
    tenure = _among(tenures, premises_id, by.scope)
    event = ClientUnsettled(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        client_id=client_id,
        premises_id=premises_id,
        building_id=tenure.building_id,
    )
    left = [other for other in tenures if other.premises_id != premises_id]
    dynamo.commit(
        *repository.changing(_living(was, left), was, event),
        repository.unsettling(by.organisation, tenure),
        *premises.moving_out(by.organisation, premises_id),
    )


def list_of_client(client_id: str, *, by: Caller) -> list[Home]:
    """The premises of a client that are within the caller's scope: one Query and two batch reads."""
    _, tenures = _whole(client_id, by)
    return place_all(by.organisation, tenures, by.scope)


def list_own(*, by: Caller) -> list[Home]:
    """The resident's own premises: one Query and two batch reads."""
    return place_all(by.organisation, tenures_of(by.organisation, by.id), by.scope)


def list_in_premises(premises_id: str, paging: Paging, *, by: Caller) -> Page[Settled]:
    """Who is in the premises and by what right (PRM-006): index `by_premises` and one batch read."""
    place = dynamo.get(premises.reading_premises(by.organisation, premises_id))
    if not by.scope.covers(place.building_id):
        raise PremisesNotFound()
    page = repository.list_in_premises(by.organisation, premises_id, paging)
    settled = _with_clients(by.organisation, page.items)
    return Page(items=settled, next_cursor=page.next_cursor)


def list_in_building(building_id: str, paging: Paging, *, by: Caller) -> Page[Client]:
    """The clients who have premises in the building; raises BuildingNotFound outside the scope."""
    building = dynamo.get(premises.reading_building(by.organisation, building_id))
    if not by.scope.covers(building.id):
        raise BuildingNotFound()
    return repository.list_in_building(by.organisation, building_id, paging)


def tenures_of(organisation: str, client_id: str) -> list[Tenure]:
    """All that a client has, by one strongly consistent Query; at most MOST_TENURES."""
    return repository.list_tenures(organisation, client_id)


def homes_of(organisation: str, client_id: str) -> list[Home]:
    """All that a client has, with the places: one Query and two batch reads."""
    return place_all(organisation, tenures_of(organisation, client_id), Scope())


def clients_of(organisation: str, premises_id: str) -> list[Settled]:
    """The first hundred who are in the premises, documents hidden: index `by_premises`, one batch read."""
    page = repository.list_in_premises(organisation, premises_id, Paging(limit=100))
    return _with_clients(organisation, page.items)


def place_all(organisation: str, tenures: list[Tenure], scope: Scope) -> list[Home]:
    """Those of the tenures within the scope, with their places."""
    seen = {tenure.premises_id: tenure for tenure in tenures if scope.covers(tenure.building_id)}
    return [
        Home(tenure=seen[placed.premises.id], premises=placed.premises, building=placed.building)
        for placed in premises.find_placed(organisation, list(seen))
    ]


def _whole(client_id: str, by: Caller) -> tuple[Client, list[Tenure]]:
    client, tenures = repository.get_whole(by.organisation, client_id)
    if not rules.is_visible(client, by.scope):
        raise ClientNotFound()
    return client, tenures


def _among(tenures: list[Tenure], premises_id: str, scope: Scope) -> Tenure:
    for tenure in tenures:
        if tenure.premises_id == premises_id and scope.covers(tenure.building_id):
            return tenure
    raise TenureNotFound()


def _living(client: Client, tenures: list[Tenure]) -> Client:
    places = tuple(sorted({tenure.building_id for tenure in tenures}))
    return client.model_copy(update={'places': places, 'version': client.version + 1})


def _with_clients(organisation: str, tenures: list[Tenure]) -> list[Settled]:
    clients = repository.find_all(organisation, (tenure.client_id for tenure in tenures))
    return [
        Settled(client=rules.masked(clients[tenure.client_id]), tenure=tenure)
        for tenure in tenures
        if tenure.client_id in clients
    ]
