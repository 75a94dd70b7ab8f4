"""Reading and saving the entries of one request."""

from typing import Any

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.registers.model.entry import Entry
from chalicelib.registers.repository.rows import ENTRY, RegisterRow


def entries(organisation: str, number: int) -> list[Entry]:
    """All entries of the request, the first first, strongly consistent: one query."""
    rows = RegisterRow.query(
        pk_of(organisation, number), RegisterRow.sk.startswith(ENTRY), consistent_read=True
    )
    return [entry_of(row) for row in rows]


def entering(entry: Entry) -> Write:
    """The entry will stand in the register, unless that knows it of a later version already."""
    is_older = RegisterRow.pk.does_not_exist() | (RegisterRow.version < entry.version)
    return dynamo.putting(row_of(entry), is_older)


def row_of(entry: Entry) -> RegisterRow:
    """The entry's row, in every list it stands in."""
    organisation = entry.organisation
    at = f'{clock.text(entry.created_at)}#{entry.id}'

    def key(value: str | None) -> str | None:
        return None if value is None else f'{organisation}#{value}'

    return RegisterRow(
        pk=pk_of(organisation, entry.number),
        sk=ENTRY + at,
        version=entry.version,
        body=entry.model_dump_json(),
        list_key=organisation,
        list_at=at,
        plain_key=None if entry.is_marketplace else organisation,
        client_key=key(entry.client_id),
        premises_key=key(entry.premises_id),
        building_key=key(entry.building_id),
        state_key=key(entry.state),
        kind_key=key(entry.kind),
        entity_key=key(entry.legal_entity_id),
        attention_key=organisation if entry.needs_attention else None,
        provider=entry.provider,
        method=entry.method,
        minor=entry.amount.minor,
    )


def entry_of(row: Any) -> Entry:
    """The entry a row holds."""
    return Entry.model_validate_json(row.body or '')


def pk_of(organisation: str, number: int) -> str:
    """The partition of the request's entries."""
    return f'{organisation}#{number}'
