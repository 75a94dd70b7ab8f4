"""The hands of the machine of refunds; its drawing stands beside this file (`refund.asl.json`)."""

from chalicelib.billing import service
from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.values import Instant, Stored

steps = Lambdas(__name__)


class Refunding(Stored):
    """The refund of which request."""

    organisation: str
    number: int
    refund_id: str


class Awaited(Refunding):
    """The refund that waits for its decision, and by what the machine is answered."""

    token: str


class Sent(Stored):
    """Whether all of it is over, and otherwise when to ask again."""

    is_over: bool
    next_at: Instant | None = None


@steps.task
def await_decision(awaited: Awaited) -> None:
    """The machine is told when an employee has decided."""
    service.await_decision(awaited.organisation, awaited.number, awaited.refund_id, awaited.token)


@steps.task
def send_back(refunding: Refunding) -> Sent:
    """The provider has been asked for all that goes back."""
    next_at = service.send_back(refunding.organisation, refunding.number)
    return Sent(is_over=next_at is None, next_at=next_at)
