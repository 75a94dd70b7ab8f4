"""What the house of money and a payment provider say to each other, whichever provider it is.

Amounts are kopecks; a provider that speaks of roubles is translated by its adapter. `attempt_id` and
`refund_id` are ours: an adapter sends them as the idempotency key, so that asking again never pays again; a
provider that takes no such key is asked once, and then what became of it.
"""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.money import Money
from chalicelib.kit.values import Instant, Stored
from chalicelib.prices.model import Unit, Vat


class ProviderCode(StrEnum):
    """The providers we speak with."""

    YOOKASSA = 'yookassa'  # «ЮKassa»
    TBANK = 'tbank'  # «Т-Касса» of T-Bank, formerly Tinkoff


class Method(StrEnum):
    """How the client pays (PAY-003)."""

    ANY = 'any'  # he chooses on the page of the provider
    CARD = 'card'
    SBP = 'sbp'  # «Система быстрых платежей»


class PaymentStatus(StrEnum):
    """What a provider says of a payment."""

    PENDING = 'pending'  # the client has not paid yet, or it is not known yet
    AUTHORIZED = 'authorized'  # the money is held and not taken
    SUCCEEDED = 'succeeded'  # final: the provider has the money
    CANCELED = 'canceled'  # final: nothing was paid


class RefundStatus(StrEnum):
    """What a provider says of a refund."""

    PENDING = 'pending'
    SUCCEEDED = 'succeeded'  # final: the money is on its way to the client
    CANCELED = 'canceled'  # final: the provider keeps the money


class Decline(StrEnum):
    """Why a payment or a refund was canceled, in words that no provider owns."""

    INSUFFICIENT_FUNDS = 'insufficient_funds'  # of the client; with a refund, of the shop
    CARD_EXPIRED = 'card_expired'
    CARD_WRONG = 'card_wrong'  # its number or its code
    CONFIRMATION_FAILED = 'confirmation_failed'  # 3-D Secure
    ASK_YOUR_BANK = 'ask_your_bank'  # the bank says no and tells its client alone why
    BANK_AWAY = 'bank_away'
    LIMIT_EXCEEDED = 'limit_exceeded'
    METHOD_RESTRICTED = 'method_restricted'
    FRAUD_SUSPECTED = 'fraud_suspected'
    IDENTIFICATION_REQUIRED = 'identification_required'
    PERMISSION_REVOKED = 'permission_revoked'  # a saved card is good for nothing any more
    EXPIRED = 'expired'  # nobody paid in time
    CANCELED_BY_US = 'canceled_by_us'
    REJECTED_BY_PAYEE = 'rejected_by_payee'  # of a refund
    ACCOUNT_CLOSED = 'account_closed'  # of a refund: there is nothing left to pay back to
    OTHER = 'other'


class Subject(StrEnum):
    """What a line of a receipt is sold as."""

    SERVICE = 'service'
    JOB = 'job'
    COMMODITY = 'commodity'


class PaidAs(StrEnum):
    """How a line of a receipt stands to what it pays for."""

    FULL_PAYMENT = 'full_payment'  # what is paid is handed over now
    FULL_PREPAYMENT = 'full_prepayment'  # it is handed over later; a second receipt is due then


class TaxSystem(StrEnum):
    """By which rules the shop is taxed; only tills of its own ask for it."""

    GENERAL = 'general'  # ОСН
    INCOME = 'income'  # УСН «доходы»
    INCOME_LESS_EXPENSES = 'income_less_expenses'  # УСН «доходы минус расходы»
    AGRICULTURAL = 'agricultural'  # ЕСХН
    PATENT = 'patent'  # ПСН


class ReceiptLine(Stored):
    """A line of a fiscal receipt (54-ФЗ): what it comes to, all units together."""

    name: str
    total: Money
    vat: Vat
    unit: Unit
    subject: Subject = Subject.SERVICE


class Receipt(Stored):
    """What the tax office and the client are told; an e-mail or a phone says where to."""

    email: str | None = None
    phone: str | None = Field(None, description='E.164.')
    lines: tuple[ReceiptLine, ...]
    paid_as: PaidAs = PaidAs.FULL_PAYMENT
    tax_system: TaxSystem | None = None


class NewPayment(Stored):
    """A payment to be asked for."""

    attempt_id: str
    amount: Money
    description: str
    method: Method = Method.ANY
    saved_method: str | None = Field(None, description='The token of a saved card: the client is not asked.')
    is_saved: bool = Field(False, description='Whether the provider may keep the card for later (PAY-013).')
    return_url: str | None = None
    client_ref: str | None = Field(None, description='Who pays, by our own id.')
    client_ip: str | None = None
    closes_at: Instant | None = Field(None, description='Until when the page is open.')
    receipt: Receipt | None = None
    metadata: dict[str, str] = Field(default_factory=dict)


class SavedMethod(Stored):
    """A card the client let the provider keep: a token, never a card number."""

    token: str = Field(repr=False)
    title: str = Field(description='As the client knows it: `Bank card *4477`.')
    last4: str | None = None
    brand: str | None = None
    expires: str | None = Field(None, description='`MM/YYYY`.')


class PaymentSnapshot(Stored):
    """A payment as the provider has it at one moment."""

    external_id: str
    status: PaymentStatus
    amount: Money
    refunded: Money = Money(minor=0)
    went_back: RefundStatus | None = Field(
        None,
        description='How what went back of it stands; None where nothing did, or refunds tell of themselves.',
    )
    is_all_back: bool = Field(False, description='Whether surely all of it went back.')
    confirmation_url: str | None = Field(None, description='Where the client pays.')
    paid_by: Method | None = Field(None, description='By what he paid in the end, where that is told.')
    saved_method: SavedMethod | None = None
    decline: str | None = Field(None, description='Why it was canceled: one of Decline.')
    is_test: bool = False
    shop_id: str | None = None
    attempt_id: str | None = Field(None, description='Ours, as the provider gives it back.')
    created_at: Instant


class NewRefund(Stored):
    """A refund to be asked for; one that is not whole carries its receipt."""

    refund_id: str
    external_id: str
    """Of the payment."""
    amount: Money
    is_full: bool
    is_anew: bool = Field(False, description='Whether a try before it was refused.')
    description: str
    receipt: Receipt | None = None


class NewClosing(Stored):
    """The second receipt of a prepayment to be asked for: it settles what was prepaid."""

    closing_id: str
    external_id: str
    """Of the payment."""
    receipt: Receipt

    @property
    def amount(self) -> Money:
        """What it settles."""
        return Money.sum(line.total for line in self.receipt.lines)


class ClosingSnapshot(Stored):
    """A second receipt as the provider has it at one moment."""

    external_id: str
    status: RefundStatus


class RefundSnapshot(Stored):
    """A refund as the provider has it at one moment."""

    external_id: str
    status: RefundStatus
    amount: Money | None = Field(None, description='None where the provider does not say.')
    refund_id: str | None = Field(None, description='Ours, as the provider gives it back.')
    payment_external_id: str | None = Field(None, description='Of the payment whose money it is.')
    decline: str | None = Field(None, description='Why it was canceled: one of Decline.')
    created_at: Instant | None = None


class PaymentsPage(Stored):
    """Some payments of a period; `cursor` leads to the next ones, None where there are no more."""

    items: tuple[PaymentSnapshot, ...]
    cursor: str | None = None


class RefundsPage(Stored):
    """Some refunds of a period; `cursor` leads to the next ones, None where there are no more."""

    items: tuple[RefundSnapshot, ...]
    cursor: str | None = None


class Shop(Stored):
    """What the provider says of the account, when its credentials are tried."""

    shop_id: str
    is_test: bool
    is_active: bool
    methods: tuple[str, ...] = ()
    makes_receipts: bool | None = Field(False, description='None where the provider does not say.')


class Thing(StrEnum):
    """What a notice of a provider is about."""

    PAYMENT = 'payment'
    REFUND = 'refund'


class Hint(Stored):
    """What a notice is believed of: that something may have become of this. The provider is asked what."""

    thing: Thing
    external_id: str
    attempt_id: str | None = Field(None, description='Our payment, as the notice names it.')
    shop_id: str | None = None
    amount: Money | None = Field(None, description='What was paid, where the notice says.')
    saved_method: SavedMethod | None = Field(None, description='Of notices that are signed alone.')
    paid_by: Method | None = Field(None, description='Likewise.')
