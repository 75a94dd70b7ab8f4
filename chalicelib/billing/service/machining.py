"""What the machine of a refund waits for, and what it is told."""

from datetime import datetime

from chalicelib.billing import repository
from chalicelib.billing.events import RefundEvent
from chalicelib.billing.model.payment import RepaymentState
from chalicelib.billing.service.asking import ask_repayment
from chalicelib.kit import machines
from chalicelib.kit.outbox import Delivered
from chalicelib.requests.model.status import RefundStatus

MACHINE = 'refund'


def begin(delivered: Delivered, *, is_decided: bool) -> None:
    """A machine is at work on the refund, once however often the event comes."""
    event = RefundEvent.model_validate(delivered.event)
    state = {
        'organisation': event.organisation,
        'number': event.number,
        'refund_id': event.refund_id,
        'is_decided': is_decided,
        'correlation': delivered.correlation,
    }
    machines.begin(MACHINE, f'{event.organisation}-{event.number}-{delivered.id.rpartition("@")[2]}', state)


def await_decision(organisation: str, number: int, refund_id: str, token: str) -> None:
    """The machine waits under the token; decided meanwhile, it is told so at once.

    It is kept before the refund is looked at, so that whoever decides at this moment finds it, or is found.
    """
    repository.keep_token(organisation, number, token)
    refund = repository.ledger(organisation, number).refund
    if refund is None or refund.id != refund_id or refund.status is not RefundStatus.REQUESTED:
        # Who decided found no token, and has begun another machine for what goes back.
        machines.answer(token, {'is_granted': False})


def tell_decision(delivered: Delivered, *, is_granted: bool) -> None:
    """The machine that waited goes on; where none did, one begins with what goes back."""
    event = RefundEvent.model_validate(delivered.event)
    token = repository.token(event.organisation, event.number)
    is_heard = token is not None and machines.answer(token, {'is_granted': is_granted})
    if is_granted and not is_heard:
        begin(delivered, is_decided=True)


def send_back(organisation: str, number: int) -> datetime | None:
    """The provider is asked for all money of the request that goes back now; when again, None for never."""
    for repayment in repository.ledger(organisation, number).repayments:
        if repayment.state is RepaymentState.GOING:
            ask_repayment(organisation, repayment.id)
    going = repository.ledger(organisation, number).repayments
    waited = (one.asking.next_at for one in going if one.state is RepaymentState.GOING)
    return min((at for at in waited if at is not None), default=None)
