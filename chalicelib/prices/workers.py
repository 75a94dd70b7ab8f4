"""The queue of imports, and the clock that finds those nobody is at."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.prices import service
from chalicelib.prices.events import PriceImportEvent

workers = Lambdas(__name__)


@workers.each_message
def work(delivered: Delivered) -> None:
    """The workbook is read, and the list as it says."""
    service.work(PriceImportEvent.model_validate(delivered.event))


@workers.every('5 minutes')
def sweep() -> None:
    """Imports that no hand is on are begun anew or given up; a missed run is caught up by the next."""
    service.sweep()
