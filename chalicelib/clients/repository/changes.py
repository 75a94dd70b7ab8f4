"""Prepared writes: a client with his words and identifiers, his tenures, and who it is told to."""

import secrets
from datetime import datetime

from chalicelib.clients import rules
from chalicelib.clients.model import (
    AlreadySettled,
    Client,
    ExternalId,
    ExternalIdTaken,
    Tenure,
    TenureNotFound,
)
from chalicelib.clients.repository.rows import TENURE, ClientRow, pk, words_shelf
from chalicelib.kit import clock, dynamo, tags
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import Conflict
from chalicelib.kit.finding import finding, word_rows
from chalicelib.kit.outbox import Event, announcing
from chalicelib.kit.words import order, tag_key

READS_PER_MILLISECOND = 1000


class SeenAlready(Conflict):
    """The client is known to have been seen then or later, or is not known at all."""


def adding(client: Client, *events: Event) -> list[Write]:
    """The client exists, is listed and found, with his events; raises ExternalIdTaken."""
    return [
        dynamo.creating(_row(client)),
        *finding(_word_rows(client), {}),
        *_identified(client, None),
        *announcing(ClientRow, pk(client.organisation, client.id), client.version, *events),
    ]


def changing(client: Client, was: Client, *events: Event) -> list[Write]:
    """The client is as given, is listed and found so, with his events; raises ExternalIdTaken."""
    return [
        dynamo.replacing(_row(client), was.version),
        *finding(_word_rows(client), _word_rows(was)),
        *_identified(client, was),
        *announcing(ClientRow, pk(client.organisation, client.id), client.version, *events),
    ]


def settling(organisation: str, tenure: Tenure) -> Write:
    """The client is attached to the premises; raises AlreadySettled."""
    return dynamo.creating(_tenure_row(organisation, tenure), AlreadySettled)


def resettling(organisation: str, tenure: Tenure) -> Write:
    """The client's right to the premises is as given; raises TenureNotFound."""
    return dynamo.putting(_tenure_row(organisation, tenure), ClientRow.pk.exists(), TenureNotFound)


def unsettling(organisation: str, tenure: Tenure) -> Write:
    """The client is not attached to the premises; raises TenureNotFound."""
    return dynamo.removing(_tenure_row(organisation, tenure), ClientRow.pk.exists(), TenureNotFound)


def seeing(organisation: str, client_id: str, at: datetime) -> Write:
    """The client was last seen `at`; raises SeenAlready where that is no news."""
    seen = clock.text(at)
    is_news = ClientRow.last_seen_at.does_not_exist() | (ClientRow.last_seen_at < seen)
    return dynamo.updating(
        ClientRow(pk=pk(organisation, client_id), sk='client'),
        [ClientRow.last_seen_at.set(seen), ClientRow.version.add(1)],
        ClientRow.pk.exists() & is_news,
        SeenAlready,
    )


def noting_read(organisation: str, client_id: str, event: Event) -> list[Write]:
    """That the documents of the client were read is on record, beside his history and apart from it."""
    # The instant takes the place of a version: readings do not change the client, and several may coincide.
    instant = int(event.at.timestamp() * 1000) * READS_PER_MILLISECOND
    version = instant + secrets.randbelow(READS_PER_MILLISECOND)
    return announcing(ClientRow, f'{pk(organisation, client_id)}#reads', version, event)


def tagging(organisation: str, given: tuple[str, ...]) -> tuple[tuple[str, ...], list[Write]]:
    """The tags as they were spelled at their first use, and the writes that keep the new ones (CLI-014)."""
    return tags.tagging(ClientRow, organisation, given)


def _row(client: Client) -> ClientRow:
    return ClientRow(
        pk=pk(client.organisation, client.id),
        sk='client',
        version=client.version,
        body=client.model_dump_json(),
        list_key=client.organisation,
        list_order=f'{order(client.full_name)}#{client.id}',
        places=set(client.places) or None,
        state=client.state,
        kind=client.kind,
        tags={tag_key(tag) for tag in client.tags} or None,
        last_seen_at=client.last_seen_at and clock.text(client.last_seen_at),
    )


def _tenure_row(organisation: str, tenure: Tenure) -> ClientRow:
    return ClientRow(
        pk=pk(organisation, tenure.client_id),
        sk=TENURE + tenure.premises_id,
        body=tenure.model_dump_json(),
        premises_key=f'{organisation}#{tenure.premises_id}',
        building_key=f'{organisation}#{tenure.building_id}',
    )


def _word_rows(client: Client) -> dict[str, ClientRow]:
    shelf, places = words_shelf(client.organisation), set(client.places) or None
    return word_rows(ClientRow, shelf, client.id, rules.indexed(client), places=places)


def _identified(client: Client, was: Client | None) -> list[Write]:
    new = {(one.system, one.value): _external_row(client, one) for one in client.external_ids}
    old = {(one.system, one.value): _external_row(was, one) for one in was.external_ids} if was else {}
    return [
        *(dynamo.removing(old[key]) for key in old.keys() - new.keys()),
        *(dynamo.creating(new[key], ExternalIdTaken) for key in new.keys() - old.keys()),
    ]


def _external_row(client: Client, one: ExternalId) -> ClientRow:
    return ClientRow(pk=f'{client.organisation}#external#{one.system}', sk=one.value, body=client.id)
