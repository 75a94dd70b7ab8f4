"""«Платежи»: every payment and refund, narrowed by any filters."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page
from chalicelib.registers import service
from chalicelib.registers.model.views import PaymentDetails, PaymentsQuery, PaymentView
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/payments', Audience.STAFF)
doors = [staff]


@staff.get(permission=Permission.PAYMENTS_VIEW)
def list_payments(query: PaymentsQuery, caller: Caller) -> Page[PaymentView]:
    """List payments and refunds, those begun last first.

    What pays for an offering of the marketplace is listed for who may see that, too.
    """
    return service.list_payments(query, by=caller)


@staff.get('/{payment_id}', permission=Permission.PAYMENTS_VIEW)
def read_payment(payment_id: Id, caller: Caller) -> PaymentDetails:
    """Read a payment or a refund, and what else there is about its money."""
    return service.read_payment(payment_id, by=caller)
