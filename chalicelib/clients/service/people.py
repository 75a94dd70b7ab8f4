"""Clients: who they are and what is on their card (CLI-001..026)."""

from datetime import date, datetime

from chalicelib.clients import repository, rules
from chalicelib.clients.events import (
    ClientAdded,
    ClientBlocked,
    ClientChanged,
    ClientUnblocked,
    PersonalDataRead,
    changes,
)
from chalicelib.clients.model import (
    SENSITIVE,
    AlreadyBlocked,
    BornInFuture,
    Client,
    ClientAtHome,
    ClientChanges,
    ClientNotFound,
    ClientsQuery,
    ClientState,
    ExternalId,
    ExternalIdOfAnotherSpace,
    NewClient,
    NotBlocked,
    OwnChanges,
    PhoneChangedBySupportOnly,
    TagsQuery,
)
from chalicelib.clients.service import homes
from chalicelib.identity import service as identity
from chalicelib.identity.model import Login, LoginState
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor, ActorKind
from chalicelib.kit.values import Page
from chalicelib.staff.model import Permission

SUPPORT = Actor(kind=ActorKind.SYSTEM, id='support')


def add(body: NewClient, *, by: Caller) -> Client:
    """A client is known, and with a phone may sign in (CLI-001, CLI-002).

    Raises PhoneTaken, ExternalIdTaken, ExternalIdOfAnotherSpace.
    """
    fields = dict(body)
    fields['tags'], tagging = repository.tagging(by.organisation, body.tags)
    fields['external_ids'] = _identifiers(body, was=())
    client = Client(id=new_id(), organisation=by.organisation, **_plain(fields))
    _judge_birth(client.born_on, by)
    event = ClientAdded(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        client_id=client.id,
        full_name=client.full_name,
        phone=client.phone,
    )
    dynamo.commit(*repository.adding(client, event), *_admitting(client, None), *tagging)
    return rules.masked(client)


def get(client_id: str, *, by: Caller) -> ClientAtHome:
    """A client with all his premises; who edits clients sees the documents too, which is noted (152-FZ).

    One Query for the client and his tenures, and two batch reads for the places.
    """
    client, tenures = repository.get_whole(by.organisation, client_id)
    if not rules.is_visible(client, by.scope):
        raise ClientNotFound()
    seen = homes.place_all(by.organisation, tenures, by.scope)
    shown = tuple(field for field in SENSITIVE if getattr(client, field) is not None)
    if not shown or not by.may(Permission.CLIENTS_EDIT):
        return ClientAtHome(client=rules.masked(client), homes=seen)
    event = PersonalDataRead(
        organisation=by.organisation, at=clock.now(), by=Actor.of(by), client_id=client_id, fields=shown
    )
    dynamo.commit(*repository.noting_read(by.organisation, client_id, event))
    return ClientAtHome(client=client, homes=seen)


def change(client_id: str, body: ClientChanges, *, by: Caller) -> Client:
    """The client is as asked, but for his phone and the identifiers of the other CRM (CLI-023).

    Raises PhoneChangedBySupportOnly (CLI-008), ExternalIdOfAnotherSpace (CLI-017),
    ExternalIdTaken, PhoneTaken.
    """
    was, login = _fetched(client_id, by)
    wished = {field: getattr(body, field) for field in body.model_fields_set}
    if was.phone is not None and wished.get('phone', was.phone) != was.phone:
        raise PhoneChangedBySupportOnly()
    tagging: list[Write] = []
    if 'tags' in wished:
        wished['tags'], tagging = repository.tagging(by.organisation, body.tags)
    if 'external_ids' in wished:
        wished['external_ids'] = _identifiers(body, was.external_ids)
    client = Client.model_validate({**dict(was), **_plain(wished)})
    _judge_birth(client.born_on, by)
    return rules.masked(_saved(client, was, login, Actor.of(by), *tagging))


def change_own(body: OwnChanges, *, by: Caller) -> Client:
    """The resident's e-mail and language are as he asks."""
    was, login = _fetched(by.id, by)
    wished = {field: getattr(body, field) for field in body.model_fields_set}
    return rules.masked(_saved(was.model_copy(update=wished), was, login, Actor.of(by)))


def get_own(*, by: Caller) -> Client:
    """The resident as he is known to the organisation, documents hidden."""
    return rules.masked(dynamo.get(repository.reading_client(by.organisation, by.id)))


def block(client_id: str, *, by: Caller) -> Client:
    """The client may only sign in, read and pay; raises AlreadyBlocked (CLI-004, AMB-78)."""
    was, login = _fetched(client_id, by)
    if was.is_blocked:
        raise AlreadyBlocked()
    event = ClientBlocked(organisation=by.organisation, at=clock.now(), by=Actor.of(by), client_id=client_id)
    return _turned(was, login, ClientState.BLOCKED, event)


def unblock(client_id: str, *, by: Caller) -> Client:
    """The client may use the whole application again; raises NotBlocked (CLI-004)."""
    was, login = _fetched(client_id, by)
    if not was.is_blocked:
        raise NotBlocked()
    event = ClientUnblocked(
        organisation=by.organisation, at=clock.now(), by=Actor.of(by), client_id=client_id
    )
    return _turned(was, login, ClientState.ACTIVE, event)


def change_phone(organisation: str, client_id: str, phone: str) -> Client:
    """The client signs in with another phone (E.164): for our support, behind no door (CLI-008, AMB-79).

    Raises PhoneTaken; the sessions of the old phone end.
    """
    was, login = dynamo.fetch(
        repository.reading_client(organisation, client_id),
        identity.finding_login(organisation, Audience.RESIDENT, client_id),
    )
    return _saved(was.model_copy(update={'phone': phone}), was, login, SUPPORT)


def note_sign_in(organisation: str, client_id: str, at: datetime) -> None:
    """The client was last seen `at`, unless later is known: telling it again changes nothing (CLI-025)."""
    try:
        dynamo.commit(repository.seeing(organisation, client_id, at))
    except repository.SeenAlready:
        return


def list_by_name(query: ClientsQuery, *, by: Caller) -> Page[Client]:
    """Clients the caller may know of: all by name, found by words or phone, or of a building (CLI-026).

    A list costs one Query, up to four where marks or a scope filter it; a search adds one batch read. Marks
    do not narrow a search or a building before its page is read: such pages may be short.
    """
    if query.building_id is not None:
        page = homes.list_in_building(query.building_id, query, by=by)
    elif query.search is not None:
        page = repository.search(by.organisation, rules.asked(query.search), by.scope, query)
    else:
        page = repository.list_by_name(by.organisation, by.scope, query)
    seen = [
        rules.masked(client)
        for client in page.items
        if rules.is_visible(client, by.scope) and rules.is_wanted(client, query)
    ]
    return Page(items=seen, next_cursor=page.next_cursor)


def find_by_external_id(organisation: str, one: ExternalId) -> str | None:
    """The id of the client whose identifier it is, or None (CLI-018)."""
    return repository.find_by_external_id(organisation, one.system, one.value)


def list_tags(query: TagsQuery, *, by: Caller) -> list[str]:
    """Tags of clients in use that begin so, at most `limit` (CLI-014)."""
    return repository.list_tags(by.organisation, query.search or '', query.limit)


def _fetched(client_id: str, by: Caller) -> tuple[Client, Login | None]:
    client, login = dynamo.fetch(
        repository.reading_client(by.organisation, client_id),
        identity.finding_login(by.organisation, Audience.RESIDENT, client_id),
    )
    if not rules.is_visible(client, by.scope):
        raise ClientNotFound()
    dynamo.agree(client.version)
    return client, login


def _saved(client: Client, was: Client, login: Login | None, by: Actor, *also: Write) -> Client:
    if client == was:
        return was
    client = client.model_copy(update={'version': was.version + 1})
    event = ClientChanged(
        organisation=client.organisation,
        at=clock.now(),
        by=by,
        client_id=client.id,
        changes=changes(was, client),
    )
    dynamo.commit(*repository.changing(client, was, event), *_admitting(client, login), *also)
    return client


def _turned(
    was: Client, login: Login | None, state: ClientState, event: ClientBlocked | ClientUnblocked
) -> Client:
    client = was.model_copy(update={'state': state, 'version': was.version + 1})
    dynamo.commit(*repository.changing(client, was, event), *_admitting(client, login))
    return rules.masked(client)


def _admitting(client: Client, was: Login | None) -> list[Write]:
    if client.phone is None:
        return []
    login = was or Login(organisation=client.organisation, audience=Audience.RESIDENT, subject_id=client.id)
    wished = login.model_copy(
        update={
            'phone': client.phone,
            'name': client.full_name,
            'locale': client.locale,
            'state': LoginState.BLOCKED if client.is_blocked else LoginState.ACTIVE,
        }
    )
    return [] if wished == was else identity.admitting(wished, was)


def _plain(fields: dict[str, object]) -> dict[str, object]:
    """The fields as a client keeps them: inputs and kept values are classes of their own."""
    if fields.get('passport') is not None:
        fields['passport'] = dict(fields['passport'])  # type: ignore[call-overload]
    return fields


def _judge_birth(born_on: date | None, by: Caller) -> None:
    if born_on is not None and born_on > clock.now().astimezone(by.zoneinfo).date():
        raise BornInFuture()


def _identifiers(body: NewClient | ClientChanges, was: tuple[ExternalId, ...]) -> tuple[ExternalId, ...]:
    ids = tuple(ExternalId(**dict(one)) for one in body.external_ids)
    if rules.foreign(ids) != rules.foreign(was):
        raise ExternalIdOfAnotherSpace()
    return ids
