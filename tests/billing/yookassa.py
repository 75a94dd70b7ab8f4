"""A shop at the sandbox «ЮKassa», what is asked of it, and how its clients pay."""

from chalicelib.billing.gateway import provider_for
from chalicelib.billing.model.provider import NewPayment, NewRefund, ProviderCode, Receipt, ReceiptLine
from chalicelib.kit.money import Money
from chalicelib.prices.model import Unit, Vat

GOOD = '5555555555554444'


SECRET = 'test_pa55word'


def shop(shop_id='100500', secret=SECRET):
    return provider_for(ProviderCode.YOOKASSA, shop_id, secret)


def line(name='Замена крана', minor=125000, **more):
    return ReceiptLine(
        **{'name': name, 'total': Money(minor=minor), 'vat': Vat.NONE, 'unit': Unit.PIECE, **more}
    )


def receipt(*lines, **more):
    return Receipt(**{'email': 'resident@example.ru', 'lines': lines or (line(),), **more})


def wanted(attempt='att-1', minor=125000, **more):
    usual = {
        'attempt_id': attempt, 'amount': Money(minor=minor), 'description': 'Заявка № 1042',
        'return_url': 'https://app.example/paid', 'receipt': receipt(line(minor=minor)),
    }  # fmt: skip
    return NewPayment(**usual | more)


def paid(sandbox, card=GOOD, *, keep=True, **more):
    made = shop().create_payment(wanted(**more))
    sandbox.wish(pay={'payment': made.external_id, 'card': card, 'keep': keep})
    return shop().get_payment(made.external_id)


def back(payment, refund_id='ref-1', minor=125000, **more):
    usual = {
        'refund_id': refund_id, 'external_id': payment.external_id, 'amount': Money(minor=minor),
        'is_full': minor == payment.amount.minor, 'description': 'Услуга не оказана',
    }  # fmt: skip
    return NewRefund(**usual | more)
