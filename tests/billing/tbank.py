"""A terminal at the sandbox of T-Bank, what is asked of it, and how its clients pay."""

from chalicelib.billing.gateway import provider_for
from chalicelib.billing.model.provider import NewPayment, NewRefund, ProviderCode, TaxSystem
from chalicelib.kit.money import Money
from tests.billing.yookassa import line
from tests.billing.yookassa import receipt as plain_receipt

TERMINAL, PASSWORD = 'DomovoyDEMO', 'pa55-DomovoyDEMO'
GOOD = '4300000000000777'


def terminal(key=TERMINAL, password=None):
    return provider_for(ProviderCode.TBANK, key, password or f'pa55-{key}')


def receipt(*lines, **more):
    return plain_receipt(*lines, **{'tax_system': TaxSystem.INCOME, **more})


def wanted(attempt='1042-1-a', minor=125000, **more):
    usual = {
        'attempt_id': attempt, 'amount': Money(minor=minor), 'description': 'Заявка № 1042',
        'return_url': 'https://app.example/paid', 'receipt': receipt(line(minor=minor)),
    }  # fmt: skip
    return NewPayment(**usual | more)


def paid(bank, card=GOOD, **more):
    made = terminal().create_payment(wanted(**more))
    bank.wish(pay={'payment': made.external_id, 'card': card})
    return terminal().get_payment(made.external_id)


def back(payment, refund_id='ref-1', minor=125000, **more):
    usual = {
        'refund_id': refund_id, 'external_id': payment.external_id, 'amount': Money(minor=minor),
        'is_full': minor == payment.amount.minor, 'description': 'Услуга не оказана',
    }  # fmt: skip
    return NewRefund(**usual | more)
