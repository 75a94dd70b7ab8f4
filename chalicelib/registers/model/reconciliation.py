"""A reconciliation («Сверка»): one day of one shop, as the provider has it and as we do."""

from enum import StrEnum

from chalicelib.billing.model.account import ShopName
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Day, Instant, Stored
from chalicelib.registers.model.entry import EntryKind


class ReconciliationStatus(StrEnum):
    """Where a reconciliation stands."""

    RUNNING = 'running'  # somebody compares, or will soon
    DONE = 'done'  # the whole day was compared
    FAILED = 'failed'  # for good, and it says why
    CANCELLED = 'cancelled'  # by an employee


class Stage(StrEnum):
    """What is compared now; the order is that of the work."""

    PAYMENTS = 'payments'  # the provider's payments with ours
    REFUNDS = 'refunds'  # the provider's refunds with ours
    OURS = 'ours'  # what we have and he did not list: he is asked for each


class ReconciliationFailure(StrEnum):
    """Why a day could not be compared; in the catalogue as `reconciliation-failure-<code>`."""

    KEYS_REFUSED = 'keys_refused'  # the provider does not take the key of the shop
    PROVIDER_AWAY = 'provider_away'  # he did not answer for as long as we tried


class DifferenceKind(StrEnum):
    """In what the two do not agree."""

    MISSING_HERE = 'missing_here'  # the provider has a payment that we know nothing of
    MISSING_THERE = 'missing_there'  # we have a payment or a refund that the provider knows nothing of
    OTHER_SUM = 'other_sum'  # both have it, of different sums
    OTHER_STATE = 'other_state'  # both have it, and it went otherwise
    REFUND_UNKNOWN = 'refund_unknown'  # the provider has sent back money that we know nothing of


class Difference(Stored):
    """One thing that is not the same here and there."""

    kind: DifferenceKind
    thing: EntryKind
    external_id: str | None = None
    entry_id: str | None = None
    """Ours: of the register; of a refund that we know nothing of, the payment it is of."""
    number: int | None = None
    """The request."""
    ours: Money | None = None
    theirs: Money | None = None
    our_state: str | None = None
    their_state: str | None = None
    is_settled: bool = False
    """Whether it was set right at once, by the way that any news of the provider goes."""
    found_at: Instant

    @property
    def name(self) -> str:
        """What it is about: the same at every comparison."""
        return f'{self.thing}#{self.entry_id or "-"}#{self.external_id or "-"}'


class Reconciliation(Stored):
    """The job and its result. Each step raises its version; whoever changes that takes it from the others."""

    id: str
    organisation: str
    shop: ShopName
    day: Day
    since: Instant
    before: Instant
    """When the day began and ended where the organisation is."""
    version: int = 1
    status: ReconciliationStatus = ReconciliationStatus.RUNNING
    stage: Stage = Stage.PAYMENTS
    cursor: str | None = None
    """Where the stage goes on."""
    step: int = 0
    share: int = 0
    """Per cent of the stage that are done."""
    is_one_by_one: bool = False
    """Whether the provider keeps no list, so that each of ours was asked for and nothing else could be."""
    theirs: int = 0
    """Payments and refunds that the provider listed."""
    ours: int = 0
    """Payments and refunds of ours of that day."""
    differences: int = 0
    settled: int = 0
    """Those of the differences that were set right at once."""
    started_by: Actor
    started_at: Instant
    worked_at: Instant
    finished_at: Instant | None = None
    failure: ReconciliationFailure | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.status is not ReconciliationStatus.RUNNING


class ShopToReconcile(Stored):
    """A shop that is compared every night, and the day that is next."""

    organisation: str
    shop: ShopName
    next_day: Day
    version: int = 0
