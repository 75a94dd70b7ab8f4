"""What stands in a workbook, read row by row as it is written: requests, or the register of payments."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.xlsx import Column, Workbook
from chalicelib.premises import service as premises
from chalicelib.registers import service as registers
from chalicelib.registers.model.entry import Entry
from chalicelib.reports import repository
from chalicelib.reports.model import CannotBeMade, Failure, Order, Report, ReportField, ReportKind
from chalicelib.reports.rules import columns, life, payments
from chalicelib.reports.rules.columns import LINES, Around
from chalicelib.reports.service import wording
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff import service as staff

TOLD_EVERY = timedelta(seconds=2)
MOST_UNTOLD = 1000
"""Rows after which a worker tells how far he is, though it were sooner."""


@dataclass(slots=True)
class Progress:
    """How far the work is, told now and then: so its author sees it, and the worker hears of his wishes.

    Where nobody knows how many there will be, `total` is None and `percent` is what the work itself says.
    """

    report: Report
    total: int | None
    done: int = 0
    percent: int = 0
    untold: int = 0
    told_at: datetime = field(default_factory=clock.now)

    def add(self, done: int, percent: int = 0) -> None:
        """So many more rows are written. Raises TakenAway."""
        self.done += done
        self.untold += done
        self.percent = percent if self.total is None else life.percent(self.done, self.total)
        if self.untold >= MOST_UNTOLD or clock.now() - self.told_at >= TOLD_EVERY:
            self.tell()

    def tell(self) -> None:
        """The job's row says how far the work is. Raises TakenAway."""
        self.told_at, self.untold = clock.now(), 0
        repository.tell(self.report, self.done, self.percent, self.told_at)


@dataclass(frozen=True, slots=True)
class Content:
    """What a workbook is to hold: its columns, and who fills its rows and tells how far he is."""

    columns: Sequence[Column]
    fill: Callable[[Workbook], None]
    progress: Progress


def content(report: Report, order: Order, by: Caller) -> Content:
    """What the report's workbook is to hold. Raises TakenAway and CannotBeMade, as its filling does."""
    return _KINDS[order.kind](report, order, by)


# -- requests ------------------------------------------------------------------------------------------


def _requests(report: Report, order: Order, by: Caller) -> Content:
    chosen = requests.select(order.selection, by=by)
    if len(chosen) > life.MOST_ROWS:
        raise CannotBeMade(Failure.TOO_MANY_ROWS)
    progress = Progress(report, total=len(chosen))
    progress.tell()

    def fill(book: Workbook) -> None:
        _fill(book, order, requests.each_chosen(chosen, by=by), progress, by)

    return Content([wording.heading(LINES[one], by.locale) for one in order.fields], fill, progress)


def _fill(
    book: Workbook, order: Order, chosen: Iterator[Request], progress: Progress, by: Caller
) -> None:
    lines = [LINES[field] for field in order.fields]
    around = Around(words=wording.words(by.locale), names={})
    while batch := list(islice(chosen, dynamo.BATCH_READ_LIMIT)):
        around = replace(around, names=_named(batch, order, around, by))
        for request in batch:
            book.add(columns.row(request, lines, around))
        progress.add(len(batch))


_READING: dict[ReportField, Any] = {
    ReportField.QUARTER: premises.reading_quarter,
    ReportField.GROUP: premises.reading_group,
    ReportField.DEPARTMENT: staff.reading_department,
}


def _named(batch: Sequence[Request], order: Order, around: Around, by: Caller) -> dict[str, str]:
    """The names known so far, and those of the batch: one batch read for what is new, none as a rule."""
    known = dict(around.names)
    asked = {(f, id_) for f, id_ in columns.unnamed(batch, order.fields) if id_ not in known}
    reads: list[Read[Any]] = [_READING[f](by.organisation, id_) for f, id_ in sorted(asked)]
    return known | {found.id: found.name for found in dynamo.fetch_all(reads)}


# -- payments ------------------------------------------------------------------------------------------


def _payments(report: Report, order: Order, by: Caller) -> Content:
    first = registers.first_payment(order.payments, by=by)
    progress = Progress(report, total=None)
    progress.tell()

    def fill(book: Workbook) -> None:
        entries = registers.each_payment(order.payments, by=by)
        around, sums, newest = Around(wording.words(by.locale, payments.WORDS), {}), payments.Sums(), None
        while batch := list(islice(entries, dynamo.BATCH_READ_LIMIT)):
            if progress.done + len(batch) > life.MOST_ROWS:
                raise CannotBeMade(Failure.TOO_MANY_ROWS)
            around = replace(around, names=_named_entities(batch, around, by))
            for entry in batch:
                book.add(payments.row(entry, around))
                sums.add(entry)
            newest = newest or batch[0].created_at
            progress.add(len(batch), payments.percent(newest, batch[-1].created_at, first))
        book.add_total(payments.total(sums, around))

    columns = [wording.heading_of_payments(line, by.locale) for line in payments.TABLE]
    return Content(columns, fill, progress)


def _named_entities(batch: Sequence[Entry], around: Around, by: Caller) -> dict[str, str]:
    known = dict(around.names)
    unknown = sorted({one.legal_entity_id for one in batch} - known.keys())
    reads = [staff.reading_legal_entity(by.organisation, one) for one in unknown]
    return known | {found.id: found.name for found in dynamo.fetch_all(reads)}


_KINDS: dict[ReportKind, Callable[[Report, Order, Caller], Content]] = {
    ReportKind.REQUESTS: _requests,
    ReportKind.PAYMENTS: _payments,
}
