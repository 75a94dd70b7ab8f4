"""A line of the register: a payment, or what goes back of one."""

from enum import StrEnum

from chalicelib.billing.model.provider import Method, ProviderCode
from chalicelib.kit.money import Money
from chalicelib.kit.values import Id, Instant, Stored


class EntryKind(StrEnum):
    """Which way the money goes."""

    PAYMENT = 'payment'  # «Платёж»
    REFUND = 'refund'  # «Возврат»


class EntryState(StrEnum):
    """Where it stands: the first four are of payments, the others of refunds."""

    AWAITED = 'awaited'  # the client may still pay
    PAID = 'paid'  # the provider has the money, and an invoice is paid with it
    DECLINED = 'declined'  # nothing was paid
    UNWANTED = 'unwanted'  # the provider has the money, but nothing was to be paid with it: it goes back
    GOING = 'going'  # the provider is asked to send it back
    RETURNED = 'returned'  # the provider has sent it back
    FAILED = 'failed'  # the provider refuses: somebody has to look

    @property
    def is_moved(self) -> bool:
        """Whether money went from one to the other by it."""
        return self in (EntryState.PAID, EntryState.UNWANTED, EntryState.RETURNED)


class Entry(Stored):
    """One line. Who paid for what and where is frozen as it was when the payment began."""

    id: Id
    """That of the payment, or of what goes back of it."""
    organisation: str
    kind: EntryKind
    state: EntryState
    number: int
    """The request."""
    invoice_id: Id
    payment_id: Id
    """The payment itself, or the one whose money goes back."""
    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    external_id: str | None = None
    method: Method
    amount: Money
    client_id: str | None = None
    client_name: str | None = None
    building_id: str
    address: str
    premises_id: str | None = None
    premises_number: str | None = None
    offering_name: str
    is_marketplace: bool
    """Whether what is paid for is a paid offering of the marketplace (PAY-008)."""
    is_test: bool = False
    decline: str | None = None
    needs_attention: bool = False
    """Whether an employee has to see to it: the provider refuses, or a second receipt is missing."""
    created_at: Instant
    ended_at: Instant | None = None
    """When the money came, or went back."""
    version: int = 0
    """Of which version of the ledger this is."""


FROZEN = (
    'client_id', 'client_name', 'building_id', 'address', 'premises_id', 'premises_number', 'offering_name',
    'is_marketplace',
)  # fmt: skip
"""What an entry keeps from the first time it was made."""
