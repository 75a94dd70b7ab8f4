"""The queue of templates to be tried and papers to be written, and the clock that finds what nobody is at."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.papers import service
from chalicelib.papers.events import PackageEvent, TemplateEvent

workers = Lambdas(__name__)


@workers.each_message
def work(delivered: Delivered) -> None:
    """The template is tried, or the papers are written."""
    if 'package_id' in delivered.event:
        service.write(PackageEvent.model_validate(delivered.event))
    else:
        service.try_template(TemplateEvent.model_validate(delivered.event))


@workers.every('5 minutes')
def sweep() -> None:
    """What no hand is on is begun anew or given up; a missed run is caught up by the next."""
    service.sweep()
