"""«Отправить СМС»: staff send the link of an invoice to a client who is not registered."""

from chalicelib.billing import service
from chalicelib.billing.model.link import SmsInput, SmsOnItsWay, SmsPreview, SmsQuery
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/invoices', Audience.STAFF)
doors = [staff]


@staff.get('/{invoice_id}/sms-estimate', permission=Permission.INVOICES_EDIT)
def preview(invoice_id: Id, query: SmsQuery, caller: Caller) -> SmsPreview:
    """See the SMS with the link of an issued invoice before it is sent: its text, its cost, the balance.

    For clients who are not registered, while their request is in work.
    """
    return service.preview_link(invoice_id, query, by=caller)


@staff.post('/{invoice_id}/sms', status=202, permission=Permission.INVOICES_EDIT)
def send(invoice_id: Id, body: SmsInput, caller: Caller) -> SmsOnItsWay:
    """Send the link of an issued invoice by SMS; the telephone is kept with the request.

    It may be sent again: every SMS leads to the same page until the invoice is taken back. To one telephone
    one goes in a minute, five in an hour, ten in a day.
    """
    return service.send_link(invoice_id, body, by=caller)
