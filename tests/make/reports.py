"""Reports for tests, ordered through the service; every argument is optional."""

from typing import Any

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.reports import repository, service
from chalicelib.reports.model import NewPaymentsReport, NewReport, Report
from tests.make import notifications
from tests.make import requests as make_requests

payload = notifications.payload


def new(**changes: Any) -> NewReport:
    """The window, confirmed with number and status ticked, on the tab «Все»."""
    return NewReport(**{'fields': ['number', 'status'], 'tab': 'all', **changes})


def report(by: Caller | None = None, **changes: Any) -> Report:
    """A report that waits for a worker, ordered by the dispatcher or by `by`."""
    by = by or make_requests.employee()
    return kept(service.order(new(**changes), by=by).id, by.organisation)


def of_payments(by: Caller) -> Report:
    """A report of the register of payments that waits for a worker."""
    return kept(service.order_payments(NewPaymentsReport(), by=by).id, by.organisation)


def kept(report_id: str, organisation: str = 'demo') -> Report:
    """The job as its row tells it now."""
    return dynamo.get(repository.reading(organisation, report_id))
