"""The doors of reports: the window that orders them, and each employee's own jobs."""

from http import HTTPStatus

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.reports import service
from chalicelib.reports.model import NewPaymentsReport, NewReport, ReportCard, ReportFields, ReportKind
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/reports', Audience.STAFF)
payments = Api(__name__, '/v1/staff/payments/reports', Audience.STAFF)
doors = [staff, payments]


@staff.get('/fields', permission=Permission.REQUESTS_REPORT)
def list_fields(caller: Caller) -> ReportFields:
    """List the fields a report can have, with those ticked that the caller chose for his last one."""
    return service.list_fields(by=caller)


@staff.post(status=HTTPStatus.ACCEPTED, permission=Permission.REQUESTS_REPORT)
def order(body: NewReport, caller: Caller) -> ReportCard:
    """Order an Excel workbook of the requests that fit.

    The ticked fields are remembered. The answer is a job: read it until its status is `ready`, then save the
    file by its link. Of the requests the caller may see, those are in it that fit when it is written.
    """
    return service.order(body, by=caller)


@staff.get(permission=Permission.REQUESTS_REPORT)
def list_own(query: Paging, caller: Caller) -> Page[ReportCard]:
    """List the caller's own reports, newest first."""
    return service.list_own(query, by=caller)


@staff.get('/{report_id}', permission=Permission.REQUESTS_REPORT)
def read(report_id: Id, caller: Caller) -> ReportCard:
    """Read how far a report of the caller is, and where its file is when it is ready."""
    return service.read(report_id, by=caller)


@staff.delete('/{report_id}', permission=Permission.REQUESTS_REPORT)
def cancel(report_id: Id, caller: Caller) -> None:
    """Cancel a report of the caller that is not finished."""
    service.cancel(report_id, by=caller)


@payments.post(status=HTTPStatus.ACCEPTED, permission=Permission.PAYMENTS_VIEW)
def order_payments(body: NewPaymentsReport, caller: Caller) -> ReportCard:
    """Order an Excel workbook of the payments and refunds that fit, as the caller may see them.

    The answer is a job: read it until its status is `ready`, then save the file by its link.
    """
    return service.order_payments(body, by=caller)


@payments.get(permission=Permission.PAYMENTS_VIEW)
def list_own_of_payments(query: Paging, caller: Caller) -> Page[ReportCard]:
    """List the caller's own workbooks of payments, newest first."""
    return service.list_own(query, by=caller, kind=ReportKind.PAYMENTS)


@payments.get('/{report_id}', permission=Permission.PAYMENTS_VIEW)
def read_of_payments(report_id: Id, caller: Caller) -> ReportCard:
    """Read how far a workbook of payments is, and where its file is when it is ready."""
    return service.read(report_id, by=caller, kind=ReportKind.PAYMENTS)


@payments.delete('/{report_id}', permission=Permission.PAYMENTS_VIEW)
def cancel_of_payments(report_id: Id, caller: Caller) -> None:
    """Cancel a workbook of payments that is not finished."""
    service.cancel(report_id, by=caller, kind=ReportKind.PAYMENTS)
