"""Lines of price lists: read, found, listed and saved."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from chalicelib.kit import dynamo, finding
from chalicelib.kit.dynamo import Read, Write, creating, removing, replacing
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging
from chalicelib.kit.words import MOST_WORDS, order, words
from chalicelib.prices.events import PriceEvent
from chalicelib.prices.model import Price, PriceListBusy, PriceNameTaken, PriceNotFound, PriceState
from chalicelib.prices.repository.rows import PriceRow
from chalicelib.prices.rules.planning import name_key

IMPORT = 'import'


def reading(organisation: str, legal_entity_id: str, price_id: str, field: str | None = None) -> Read[Price]:
    """A look at the price in the list of the legal entity; missing is PriceNotFound, blaming `field`."""
    missing = partial(PriceNotFound, field=field)
    return Read(PriceRow, (_pk(organisation, legal_entity_id), f'price#{price_id}'), _price, missing)


def saving(before: Price | None, after: Price, event: PriceEvent, *, by_import: bool = False) -> list[Write]:
    """The price will be as `after`, its event beside it, its name its own.

    Fails with PriceNameTaken, and with PriceListBusy while the list is given to an import that is not this.
    """
    pk = _pk(after.organisation, after.legal_entity_id)
    row = PriceRow(
        pk=pk,
        sk=f'price#{after.id}',
        version=after.version,
        body=after.model_dump_json(),
        list_key=_list_key(after.organisation, after.legal_entity_id, after.state),
        name_key=f'{order(after.name)}#{after.id}',
    )
    kept = creating(row) if before is None else replacing(row, before.version)
    told = announcing(PriceRow, f'{after.organisation}#price#{after.id}', after.version, event)
    found = finding.finding(_word_rows(after), _word_rows(before))
    free = [] if by_import else [checking_free(after.organisation, after.legal_entity_id)]
    return [kept, *_naming(before, after), *found, *told, *free]


def checking_free(organisation: str, legal_entity_id: str) -> Write:
    """No import has the list, or the transaction fails with PriceListBusy."""
    key = (_pk(organisation, legal_entity_id), IMPORT)
    return dynamo.checking(PriceRow, key, PriceRow.pk.does_not_exist(), PriceListBusy)


def active(organisation: str, legal_entity_id: str, most: int) -> list[Price]:
    """Up to `most` active lines by name, as they are now: one query a megabyte; index `by_name`."""
    key = _list_key(organisation, legal_entity_id, PriceState.ACTIVE)
    return [_price(row) for row in PriceRow.by_name.query(key, limit=most)]


def active_for_import(organisation: str, legal_entity_id: str) -> list[Price]:
    """All active lines, strongly consistent: for workers only, one query a megabyte of all lines."""
    rows = PriceRow.query(
        _pk(organisation, legal_entity_id), PriceRow.sk.startswith('price#'), consistent_read=True
    )
    return [price for price in map(_price, rows) if price.is_active]


def list_by_name(organisation: str, legal_entity_id: str, state: PriceState, paging: Paging) -> Page[Price]:
    """One page of the list in the order of names; index `by_name`."""
    return page(
        PriceRow,
        _price,
        _list_key(organisation, legal_entity_id, state),
        paging=paging,
        binding=(organisation, 'prices', legal_entity_id, state),
        index=PriceRow.by_name,
        forward=True,
    )


def search(organisation: str, legal_entity_id: str, asked: Sequence[str], paging: Paging) -> Page[Price]:
    """Active prices with a word beginning with each of `asked`: one search, one batch read."""
    found = finding.found(
        PriceRow,
        _shelf(organisation, legal_entity_id),
        asked,
        paging=paging,
        binding=(organisation, 'prices.search', legal_entity_id),
        filters=None,
    )
    prices = dynamo.fetch_all(reading(organisation, legal_entity_id, id) for id in found.items)
    return Page(items=prices, next_cursor=found.next_cursor)


def _naming(before: Price | None, after: Price) -> list[Write]:
    was = _name_row(before) if before and before.is_active else None
    now = _name_row(after) if after.is_active else None
    if was and now and was.sk == now.sk:
        return []
    given_up = [removing(was)] if was else []
    return given_up + ([creating(now, PriceNameTaken)] if now else [])


def _name_row(price: Price) -> PriceRow:
    pk = _pk(price.organisation, price.legal_entity_id)
    return PriceRow(pk=pk, sk=f'name#{name_key(price.name)}', body=price.id)


def _word_rows(price: Price | None) -> dict[str, PriceRow]:
    if price is None or not price.is_active:
        return {}
    shelf = _shelf(price.organisation, price.legal_entity_id)
    return finding.word_rows(PriceRow, shelf, price.id, sorted(words(price.name)[:MOST_WORDS]))


def _pk(organisation: str, legal_entity_id: str) -> str:
    return f'{organisation}#{legal_entity_id}'


def _list_key(organisation: str, legal_entity_id: str, state: PriceState) -> str:
    return f'{organisation}#{legal_entity_id}#{state}'


def _shelf(organisation: str, legal_entity_id: str) -> str:
    return f'{organisation}#{legal_entity_id}#words'


def _price(row: Any) -> Price:
    return Price.model_validate_json(row.body or '')
