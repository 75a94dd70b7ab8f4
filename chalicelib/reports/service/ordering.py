"""The window «Сформировать отчет»: what can be ticked, and what becomes of «Сформировать»."""

from collections.abc import Callable

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.reports import repository
from chalicelib.reports.events import ReportOrdered
from chalicelib.reports.model import (
    DEFAULT_TICKS,
    Author,
    NewPaymentsReport,
    NewReport,
    Order,
    Report,
    ReportCard,
    ReportField,
    ReportFields,
    ReportKind,
    ReportsOnlyInCrm,
)
from chalicelib.reports.rules import columns
from chalicelib.reports.service import wording
from chalicelib.requests import service as requests
from chalicelib.requests.model.filters import PageName, Selection, Tab
from chalicelib.staff.model import Permission

NEEDED = frozenset({Permission.REQUESTS_VIEW, Permission.REQUESTS_REPORT})
OF_PAYMENTS = frozenset({Permission.PAYMENTS_VIEW, Permission.PAYMENTS_MARKETPLACE})
"""What of an author's rights decides what his report of payments shows."""


def must_be_allowed(by: Caller) -> None:
    """Refuses who may not make reports of requests, and who does not hold the CRM (RPT-002, RPT-012)."""
    for permission in sorted(NEEDED):
        by.needs(permission)
    if by.client is not ClientKind.CRM:
        raise ReportsOnlyInCrm()


def must_see_payments(by: Caller) -> None:
    """Refuses who may not see the register of payments (PAY-008)."""
    by.needs(Permission.PAYMENTS_VIEW)


JUDGES: dict[ReportKind, Callable[[Caller], None]] = {
    ReportKind.REQUESTS: must_be_allowed,
    ReportKind.PAYMENTS: must_see_payments,
}
"""Who may make and read reports of a kind."""


def list_fields(*, by: Caller) -> ReportFields:
    """Every field there is, those ticked that the caller chose for his last report (RPT-003, RPT-006)."""
    must_be_allowed(by)
    return ReportFields(fields=wording.fields(_ticked(by), by.locale))


def order(new: NewReport, *, by: Caller) -> ReportCard:
    """The job waits for a worker, and the ticks are remembered in the same transaction (RPT-006, SET-003).

    Its filters are those named, else those the caller has saved on the page (RPT-007, AMB-37). Raises
    TooManyReports.
    """
    must_be_allowed(by)
    now, ticked = clock.now(), columns.chosen(new.fields)
    filters = new.filters
    if filters is None:
        filters = requests.saved_filters(PageName.ALL, by=by)
    selection = Selection(tab=Tab(new.tab), filters=filters, search=new.search)
    report = Report(
        id=new_id(), organisation=by.organisation, author_id=by.id, created_at=now, worked_at=now
    )
    event = ReportOrdered(
        organisation=by.organisation,
        at=now,
        by=Actor.of(by),
        report_id=report.id,
        fields=ticked,
        tab=selection.tab,
        filters=filters.model_dump(mode='json', exclude_defaults=True),
        search=selection.search,
    )
    asked = Order(author=Author.of(by, NEEDED), fields=ticked, selection=selection)
    dynamo.commit(*repository.ordering(report, asked, ticked, event))
    return wording.card(report, by, is_kept=False)


def order_payments(new: NewPaymentsReport, *, by: Caller) -> ReportCard:
    """The job waits for a worker: the register of payments as the caller sees it (PAY-008).

    Raises TooManyReports.
    """
    must_see_payments(by)
    now, kind = clock.now(), ReportKind.PAYMENTS
    report = Report(
        id=new_id(), organisation=by.organisation, author_id=by.id, kind=kind, created_at=now, worked_at=now
    )
    event = ReportOrdered(
        organisation=by.organisation,
        at=now,
        by=Actor.of(by),
        report_id=report.id,
        kind=kind,
        filters=new.filters.model_dump(mode='json', exclude_defaults=True),
    )
    asked = Order(author=Author.of(by, OF_PAYMENTS), kind=kind, payments=new.filters)
    dynamo.commit(*repository.ordering(report, asked, None, event))
    return wording.card(report, by, is_kept=False)


def _ticked(by: Caller) -> tuple[ReportField, ...]:
    desk = dynamo.find(repository.reading_desk(by.organisation, by.id))
    return columns.chosen(desk.ticks if desk else ()) or DEFAULT_TICKS
