"""The staff's doors to clients, and the residents' doors to themselves and their homes."""

from chalicelib.clients.model import (
    ClientChanges,
    ClientsQuery,
    NewClient,
    NewTenure,
    OwnChanges,
    TagsQuery,
    TenureChanges,
)
from chalicelib.clients.routes.cards import (
    ClientCard,
    ClientDetails,
    ClientEntry,
    ClientTags,
    Dweller,
    HomeCard,
    OwnCard,
    OwnHome,
)
from chalicelib.clients.service import homes, people
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/clients', Audience.STAFF)
staff_premises = Api(__name__, '/v1/staff/premises', Audience.STAFF)
staff_tags = Api(__name__, '/v1/staff/client-tags', Audience.STAFF)
resident = Api(__name__, '/v1/resident/me', Audience.RESIDENT)
resident_premises = Api(__name__, '/v1/resident/premises', Audience.RESIDENT)
doors = [staff, staff_premises, staff_tags, resident, resident_premises]

VIEW, EDIT = Permission.CLIENTS_VIEW, Permission.CLIENTS_EDIT


@staff.post(status=201, permission=EDIT)
def add_client(body: NewClient, caller: Caller) -> ClientDetails:
    """Add a client; with a telephone he may sign in to the application of residents."""
    return ClientDetails.of(people.add(body, by=caller))


@staff.get(permission=VIEW)
def list_clients(query: ClientsQuery, caller: Caller) -> Page[ClientEntry]:
    """Clients by name, found by the beginnings of name or telephone, or of a building."""
    return people.list_by_name(query, by=caller).shown_as(ClientEntry.of)


@staff.get('/{client_id}', permission=VIEW)
def read_client(client_id: Id, caller: Caller) -> ClientCard:
    """A client with his premises.

    Who may edit clients sees passport, INN and SNILS in full, and that he saw them is noted.
    """
    return ClientCard.of_home(people.get(client_id, by=caller))


@staff.patch('/{client_id}', permission=EDIT)
def change_client(client_id: Id, body: ClientChanges, caller: Caller) -> ClientDetails:
    """Change a client: what is given is changed, null clears, the rest stays, and so does the phone."""
    return ClientDetails.of(people.change(client_id, body, by=caller))


@staff.post('/{client_id}/block', permission=EDIT)
def block_client(client_id: Id, caller: Caller) -> ClientDetails:
    """Block a client: he may sign in, read and pay, and no more."""
    return ClientDetails.of(people.block(client_id, by=caller))


@staff.post('/{client_id}/unblock', permission=EDIT)
def unblock_client(client_id: Id, caller: Caller) -> ClientDetails:
    """Unblock a client."""
    return ClientDetails.of(people.unblock(client_id, by=caller))


@staff.get('/{client_id}/premises', permission=VIEW)
def list_client_premises(client_id: Id, caller: Caller) -> Page[HomeCard]:
    """The premises of a client, all on one page."""
    return Page(items=[HomeCard.of(home) for home in homes.list_of_client(client_id, by=caller)])


@staff.post('/{client_id}/premises', status=201, permission=EDIT)
def settle_client(client_id: Id, body: NewTenure, caller: Caller) -> HomeCard:
    """Attach a client to premises."""
    return HomeCard.of(homes.settle(client_id, body, by=caller))


@staff.patch('/{client_id}/premises/{premises_id}', permission=EDIT)
def change_tenure(client_id: Id, premises_id: Id, body: TenureChanges, caller: Caller) -> HomeCard:
    """Change by what right a client is in premises, or whether integration may detach him."""
    return HomeCard.of(homes.change_tenure(client_id, premises_id, body, by=caller))


@staff.delete('/{client_id}/premises/{premises_id}', permission=EDIT)
def unsettle_client(client_id: Id, premises_id: Id, caller: Caller) -> None:
    """Detach a client from premises."""
    homes.unsettle(client_id, premises_id, by=caller)


@staff_premises.get('/{premises_id}/clients', permission=VIEW)
def list_premises_clients(premises_id: Id, query: Paging, caller: Caller) -> Page[Dweller]:
    """Who is in premises, and by what right."""
    return homes.list_in_premises(premises_id, query, by=caller).shown_as(Dweller.of)


@staff_tags.get(permission=VIEW)
def list_client_tags(query: TagsQuery, caller: Caller) -> ClientTags:
    """Tags of clients that begin so, to be used again."""
    return ClientTags(items=people.list_tags(query, by=caller))


@resident.get()
def read_own(caller: Caller) -> OwnCard:
    """The caller as the organisation knows him."""
    return OwnCard.of(people.get_own(by=caller))


@resident.patch()
def change_own(body: OwnChanges, caller: Caller) -> OwnCard:
    """Change one's own e-mail or language."""
    return OwnCard.of(people.change_own(body, by=caller))


@resident_premises.get()
def list_own_premises(caller: Caller) -> Page[OwnHome]:
    """The caller's own premises, all on one page."""
    return Page(items=[OwnHome.of(home) for home in homes.list_own(by=caller)])
