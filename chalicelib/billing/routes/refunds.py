"""Refunds: the block «Возврат» of staff, and of clients in their own requests."""

from chalicelib.billing import service
from chalicelib.billing.model.refund import OwnRefundBlock, RefundAsked, RefundCard, RefundInput, Rejection
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/requests', Audience.STAFF)
resident = Api(__name__, '/v1/resident/requests', Audience.RESIDENT)
doors = [staff, resident]


@staff.get('/{number}/refund')
def read(number: int, caller: Caller) -> RefundCard:
    """Read the refund of a request, what can go back, and what one may do about it."""
    return service.refund(number, by=caller)


@staff.post('/{number}/refund', status=201, permission=Permission.REFUNDS)
def make(number: int, body: RefundInput, caller: Caller) -> RefundCard:
    """Give money back that was paid online: all of it, or positions in whole or in part.

    Once for a request, and only in the CRM.
    """
    return service.make_refund(number, body, by=caller)


@staff.post('/{number}/refund/approve', permission=Permission.REFUNDS)
def approve(number: int, body: RefundInput, caller: Caller) -> RefundCard:
    """Approve what the client asks for, or give back something else."""
    return service.approve(number, body, by=caller)


@staff.post('/{number}/refund/reject', permission=Permission.REFUNDS)
def reject(number: int, body: Rejection, caller: Caller) -> RefundCard:
    """Reject what the client asks for; he reads the reason."""
    return service.reject(number, body, by=caller)


@staff.post('/{number}/refund/retry', permission=Permission.REFUNDS)
def retry(number: int, caller: Caller) -> RefundCard:
    """Ask the provider again for a refund that failed: it stays the same refund."""
    return service.retry(number, by=caller)


@resident.get('/{number}/refund')
def read_own(number: int, caller: Caller) -> OwnRefundBlock:
    """Read what becomes of one's money, and whether one may ask for it back."""
    return service.own_refund(number, by=caller)


@resident.post('/{number}/refund-request', status=201)
def ask_back(number: int, body: RefundAsked, caller: Caller) -> OwnRefundBlock:
    """Ask for one's money back, all of it or a sum; once for a request."""
    return service.ask_back(number, body, by=caller)
