"""The queues of what becomes of payments and of reconciliations, and the clock that begins with a new day."""

from chalicelib.billing.events import PaymentAccountChanged
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import service
from chalicelib.registers.events import ReconciliationEvent

workers = Lambdas(__name__)


@workers.each_message
def enter(delivered: Delivered) -> None:
    """The register shows the money that the event is about, and knows every shop."""
    if delivered.type == PaymentAccountChanged.__name__:
        service.know_shop(delivered)
    else:
        service.follow(delivered)


@workers.each_message
def reconcile(delivered: Delivered) -> None:
    """The reconciliation is further than before."""
    service.work(ReconciliationEvent.model_validate(delivered.event))


@workers.every('15 minutes')
def sweep() -> None:
    """Days that are over are being compared, and what no hand is on goes on; a missed run is caught up."""
    service.sweep()
