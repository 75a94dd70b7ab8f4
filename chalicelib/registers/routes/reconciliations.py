"""«Сверка»: days of shops as they are here and at the provider."""

from http import HTTPStatus

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.registers import service
from chalicelib.registers.model.doors import DifferenceView, NewReconciliation, ReconciliationCard
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/reconciliations', Audience.STAFF)
doors = [staff]


@staff.post(status=HTTPStatus.ACCEPTED, permission=Permission.PAYMENTS_MARKETPLACE)
def start(body: NewReconciliation, caller: Caller) -> ReconciliationCard:
    """Compare a day of a shop with what the provider has; every day is compared by itself in the night after.

    The answer is a job: read it until its status is `done`. News of the provider that had not come is heard.
    """
    return service.start(body, by=caller)


@staff.get(permission=Permission.PAYMENTS_MARKETPLACE)
def list_reconciliations(query: Paging, caller: Caller) -> Page[ReconciliationCard]:
    """List reconciliations, those started last first."""
    return service.list_reconciliations(query, by=caller)


@staff.get('/{reconciliation_id}', permission=Permission.PAYMENTS_MARKETPLACE)
def read(reconciliation_id: Id, caller: Caller) -> ReconciliationCard:
    """Read how far a reconciliation is, and how much it found."""
    return service.read(reconciliation_id, by=caller)


@staff.get('/{reconciliation_id}/differences', permission=Permission.PAYMENTS_MARKETPLACE)
def list_differences(reconciliation_id: Id, query: Paging, caller: Caller) -> Page[DifferenceView]:
    """List what is not the same here and there: payments first, then refunds."""
    return service.list_differences(reconciliation_id, query, by=caller)


@staff.delete('/{reconciliation_id}', permission=Permission.PAYMENTS_MARKETPLACE)
def cancel(reconciliation_id: Id, caller: Caller) -> None:
    """Cancel a reconciliation that is not finished."""
    service.cancel(reconciliation_id, by=caller)
