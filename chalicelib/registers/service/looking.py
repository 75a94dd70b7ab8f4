"""Employees look at the register: of their places, and of the marketplace if they may (PAY-008, IAM-008)."""

import hashlib
from collections.abc import Iterator

from chalicelib.kit.caller import Caller
from chalicelib.kit.values import Page, Paging
from chalicelib.registers import repository
from chalicelib.registers.model.entry import Entry
from chalicelib.registers.model.refusals import EntryNotFound
from chalicelib.registers.model.views import PaymentDetails, PaymentFilters, PaymentsQuery, PaymentView
from chalicelib.registers.repository import Wanted
from chalicelib.registers.rules import seeing
from chalicelib.staff.model import Permission


def list_payments(query: PaymentsQuery, *, by: Caller) -> Page[PaymentView]:
    """One page of the payments and refunds that fit, those begun last first.

    One call as a rule, at most four; a short page says by its cursor whether more may follow.
    """
    wanted = _wanted(query.filters, by)
    if wanted is None:
        return Page(items=[])
    paging = Paging(limit=query.limit, cursor=query.cursor)
    found = repository.list_entries(wanted, paging, _binding(query.filters, by))
    shown = [PaymentView.of(entry) for entry in found.items if seeing.is_visible(entry, by)]
    return Page(items=shown, next_cursor=found.next_cursor)


def read_payment(entry_id: str, *, by: Caller) -> PaymentDetails:
    """The payment or refund, and what else there is about its money: one call. Raises EntryNotFound."""
    number = entry_id.partition('-')[0]
    if not (number.isascii() and number.isdigit()):
        raise EntryNotFound()
    known = [
        one for one in repository.entries(by.organisation, int(number)) if seeing.is_visible(one, by)
    ]
    entry = next((one for one in known if one.id == entry_id), None)
    if entry is None:
        raise EntryNotFound()
    about = tuple(PaymentView.of(one) for one in known if one.payment_id == entry.payment_id)
    return PaymentDetails(entries=about, **dict(PaymentView.of(entry)))


def each_payment(filters: PaymentFilters, *, by: Caller) -> Iterator[Entry]:
    """Every payment and refund that fits, those begun last first, however many."""
    wanted = _wanted(filters, by)
    if wanted is not None:
        yield from (entry for entry in repository.walk(wanted) if seeing.is_visible(entry, by))


def first_payment(filters: PaymentFilters, *, by: Caller) -> Entry | None:
    """Where the walk through what fits will end at the latest."""
    wanted = _wanted(filters, by)
    return repository.first(wanted) if wanted is not None else None


def _wanted(filters: PaymentFilters, by: Caller) -> Wanted | None:
    """What to look for, None where nothing can fit."""
    by.needs(Permission.PAYMENTS_VIEW)
    buildings = frozenset(filters.building_id) or None
    if by.scope.places is not None:
        buildings = by.scope.places if buildings is None else buildings & by.scope.places
    if buildings is not None and not buildings:
        return None
    since, before = seeing.days(filters.since, filters.until, by.zoneinfo)
    may = by.may(Permission.PAYMENTS_MARKETPLACE)
    return Wanted(by.organisation, filters, since, before, buildings, has_marketplace=may)


def _binding(filters: PaymentFilters, by: Caller) -> tuple[str, ...]:
    """What a cursor belongs to: another employee's, scope's or filter's is refused."""
    places = sorted(by.scope.places) if by.scope.places is not None else ['*']
    may = str(by.may(Permission.PAYMENTS_MARKETPLACE))
    told = '\x1f'.join([filters.model_dump_json(), by.id, may, *places])
    return by.organisation, 'payments', hashlib.sha256(told.encode()).hexdigest()
