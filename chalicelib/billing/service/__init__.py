"""The desk of money: one function a verb, judged on the whole ledger of a request."""

from chalicelib.billing.service.asking import ask
from chalicelib.billing.service.closing import close
from chalicelib.billing.service.comparing import (
    money,
    payment_here,
    payment_there,
    payments_there,
    refund_there,
    refunds_there,
    repayment_here,
    settle_payment,
    settle_repayment,
)
from chalicelib.billing.service.configuring import account, check, configure, renew_address
from chalicelib.billing.service.drawing import draw, edit, issue, make_unpaid, mark_paid, withdraw
from chalicelib.billing.service.following import call_off, draw_automatically, follow
from chalicelib.billing.service.hearing import hear, hear_signed
from chalicelib.billing.service.looking import bill, own_bill, read
from chalicelib.billing.service.machining import await_decision, send_back
from chalicelib.billing.service.mending import confirm_receipt, retry_receipt, retry_return
from chalicelib.billing.service.paying import forget_card, own_cards, own_payment, pay
from chalicelib.billing.service.refunding import (
    approve,
    ask_back,
    make_refund,
    own_refund,
    refund,
    reject,
    retry,
)
from chalicelib.billing.service.sweeping import sweep
from chalicelib.billing.service.texting import preview_link, send_link
from chalicelib.billing.service.visiting import linked_invoice, pay_linked

__all__ = [
    'account', 'approve', 'ask', 'ask_back', 'await_decision', 'bill', 'call_off', 'check', 'close',
    'configure', 'confirm_receipt', 'draw', 'draw_automatically', 'edit', 'follow', 'forget_card',
    'hear', 'hear_signed', 'issue', 'linked_invoice', 'make_refund', 'make_unpaid', 'mark_paid',
    'money', 'own_bill', 'own_cards', 'own_payment', 'own_refund', 'pay', 'pay_linked', 'payment_here',
    'payment_there', 'payments_there', 'preview_link', 'read', 'refund', 'refund_there',
    'refunds_there', 'reject', 'renew_address', 'repayment_here', 'retry', 'retry_receipt',
    'retry_return', 'send_back', 'send_link', 'settle_payment', 'settle_repayment', 'sweep', 'withdraw',
]  # fmt: skip
