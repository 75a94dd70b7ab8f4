"""Invoices as staff see them, and as the client does."""

from enum import StrEnum

from pydantic import Field

from chalicelib.billing.model.invoice import Invoice, InvoiceStatus, Position, Texted
from chalicelib.billing.model.payment import ClosingState, Payment, PaymentState, Repayment, RepaymentState
from chalicelib.billing.model.provider import Method, ProviderCode
from chalicelib.kit.money import Money, Percent, Quantity
from chalicelib.kit.values import Id, Instant, Stored
from chalicelib.prices.model import Unit, Vat


class InvoiceAction(StrEnum):
    """What may be done with an invoice; in the address of its door `_` is `-`."""

    DRAW = 'draw'  # «Добавить счет», also the first one
    EDIT = 'edit'  # «Добавить», tariff, quantity, «Скидка»
    ISSUE = 'issue'  # «Активировать в ЛК»
    WITHDRAW = 'withdraw'  # «Отменить»
    MARK_PAID = 'mark_paid'  # «Отметить как оплаченный»
    MAKE_UNPAID = 'make_unpaid'  # «Сделать неоплаченным»
    SMS = 'sms'  # «Отправить СМС»


class PaymentAction(StrEnum):
    """What may be done about a payment that is stuck."""

    RETRY_RECEIPT = 'retry_receipt'  # «Повторить чек»
    CONFIRM_RECEIPT = 'confirm_receipt'  # «Чек пробит»
    RETRY_RETURN = 'retry_return'  # «Повторить возврат»


class PaymentLine(Stored):
    """A try to pay an invoice, as staff see it: no token, no address of a page."""

    id: Id
    provider: ProviderCode
    external_id: str | None = Field(description='By which the provider knows it.')
    method: Method = Field(description='By what the client chose to pay; `any` where on the page.')
    paid_by: Method | None = Field(description='By what he paid in the end, where the provider tells.')
    state: PaymentState
    amount: Money
    refunded: Money
    decline: str | None = Field(description='Why nothing was paid.')
    email: str | None
    is_test: bool
    created_at: Instant
    paid_at: Instant | None
    closing_receipt: ClosingState | None = Field(
        description='How the second receipt of a prepayment stands; null where none is due yet.'
    )

    going_back: RepaymentState | None = Field(
        description='How what goes back of it stands; null where nothing does.'
    )
    actions: tuple[PaymentAction, ...] = Field(description='What the caller may do where it is stuck.')

    @classmethod
    def of(
        cls, payment: Payment, back: Repayment | None, actions: tuple[PaymentAction, ...]
    ) -> 'PaymentLine':
        """The payment without its secrets, and what the caller may do about it."""
        closing, going_back = payment.closing and payment.closing.state, back and back.state
        known = payment.model_dump(include=set(cls.model_fields))
        return cls(closing_receipt=closing, going_back=going_back, actions=actions, **known)


class InvoiceCard(Stored):
    """An invoice in the block «Счет на оплату» of a request."""

    id: Id
    number: int = Field(description='The request.')
    ordinal: int = Field(description='1 for the first invoice of the request.')
    legal_entity_id: Id
    status: InvoiceStatus
    positions: tuple[Position, ...]
    total: Money
    refunded: Money
    is_automatic: bool
    created_at: Instant
    issued_at: Instant | None
    paid_at: Instant | None
    payments: tuple[PaymentLine, ...] = Field(description='The tries to pay it online, the first first.')
    texted: tuple[Texted, ...] = Field(description='The SMS with its link that were sent, the last ones.')
    actions: tuple[InvoiceAction, ...] = Field(description='What the caller may do with it now.')
    version: int

    @classmethod
    def of(
        cls, invoice: Invoice, payments: tuple[PaymentLine, ...], actions: tuple[InvoiceAction, ...]
    ) -> 'InvoiceCard':
        """The invoice, its payments, and what the caller may do with it."""
        return cls(id=invoice.id, payments=payments, actions=actions, **dict(invoice))


class Bill(Stored):
    """The block «Счет на оплату»: the invoices of a request, and what they make together."""

    invoices: tuple[InvoiceCard, ...]
    due: Money = Field(description='«Сумма к оплате»: issued and not yet paid.')
    paid: Money
    refunded: Money
    by_hand: Money = Field(description='Paid elsewhere and annulled: to be given back by hand (AMB-57).')
    may_add: bool = Field(description='Whether the caller may make another invoice now.')


class OwnInvoiceStatus(StrEnum):
    """How the client sees an invoice (INV-004)."""

    AWAITING_PAYMENT = 'awaiting_payment'  # «Ожидает оплаты»
    PAID = 'paid'  # «Оплачено»
    REFUNDED = 'refunded'  # «Осуществлен возврат»: money of it went back


class OwnPosition(Stored):
    """A line of an invoice as the client reads it."""

    name: str
    unit: Unit
    vat: Vat
    tariff: Money
    quantity: Quantity
    discount: Percent
    total: Money


class OwnInvoice(Stored):
    """An invoice in the client's request: never a draft (INV-005, INV-019)."""

    id: Id
    ordinal: int
    status: OwnInvoiceStatus
    positions: tuple[OwnPosition, ...]
    total: Money
    refunded: Money
    issued_at: Instant | None
    paid_at: Instant | None
    may_pay: bool = Field(description='Whether the button «Оплатить» is there (INV-033).')
    version: int


class OwnBill(Stored):
    """What the client owes and has paid for a request."""

    invoices: tuple[OwnInvoice, ...]
    due: Money
