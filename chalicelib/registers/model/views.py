"""What the doors of the register take and tell: employees alone."""

from typing import Annotated, Self

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.billing.model.provider import Method, ProviderCode
from chalicelib.kit.money import MOST_MINOR, Money
from chalicelib.kit.values import Day, Id, Instant, Paging, Stored, Value
from chalicelib.registers.model.entry import Entry, EntryKind, EntryState

LARGEST_NUMBER = 10**9

Ids = Annotated[list[Id], Field(max_length=20)]
Kopecks = Annotated[int, Field(ge=0, le=MOST_MINOR)]


class PaymentFilters(Value):
    """Filters of the register; all that are given must hold, of several values of one any."""

    kind: EntryKind | None = None
    state: list[EntryState] = Field(default_factory=list, max_length=len(EntryState))
    method: list[Method] = Field(default_factory=list, max_length=len(Method))
    provider: list[ProviderCode] = Field(default_factory=list, max_length=10)
    number: int | None = Field(None, ge=1, lt=LARGEST_NUMBER, description='Of the request.')
    client_id: Id | None = None
    building_id: Ids = Field(default_factory=list)
    premises_id: Id | None = None
    legal_entity_id: Ids = Field(default_factory=list)
    needs_attention: bool | None = Field(
        None, description='Only what is stuck until an employee sees to it, or only the rest.'
    )
    sum_from: Kopecks | None = Field(None, description='The least sum, in kopecks.')
    sum_to: Kopecks | None = Field(None, description='The greatest sum, in kopecks.')
    since: Day | None = Field(None, description='The first day of beginning to pay or to refund, local time.')
    until: Day | None = Field(None, description='The last day, local time.')

    @field_validator('until')
    @classmethod
    def _follows(cls, until: Day | None, info: ValidationInfo) -> Day | None:
        since = info.data.get('since')
        if until is not None and since is not None and until < since:
            raise PydanticCustomError('period_reversed', 'the period ends before it begins')
        return until

    @field_validator('sum_to')
    @classmethod
    def _is_no_less(cls, most: int | None, info: ValidationInfo) -> int | None:
        least = info.data.get('sum_from')
        if most is not None and least is not None and most < least:
            raise PydanticCustomError('sums_reversed', 'the greatest sum is below the least')
        return most


class PaymentsQuery(PaymentFilters, Paging):
    """Which page of the register."""

    @property
    def filters(self) -> PaymentFilters:
        """The filters alone."""
        return PaymentFilters(**{name: getattr(self, name) for name in PaymentFilters.model_fields})


class PaymentView(Stored):
    """A line of «Платежи»: no token, no address of a page."""

    id: Id
    kind: EntryKind
    state: EntryState
    amount: Money
    number: int = Field(description='The request.')
    invoice_id: Id
    payment_id: Id = Field(description='The payment itself, or the one whose money goes back.')
    legal_entity_id: Id
    provider: ProviderCode
    shop_id: str
    external_id: str | None = Field(description='By which the provider knows it.')
    method: Method
    client_id: str | None
    client_name: str | None
    building_id: str
    address: str
    premises_id: str | None
    premises_number: str | None
    offering_name: str
    is_marketplace: bool = Field(description='Whether it pays for a paid offering of the marketplace.')
    is_test: bool
    decline: str | None = Field(description='Why nothing was paid, or nothing goes back.')
    needs_attention: bool = Field(
        description='Whether it is stuck: the provider refuses for good, or a second receipt is missing.'
    )
    created_at: Instant
    ended_at: Instant | None = Field(description='When the money came, or went back.')
    version: int

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The entry as employees see it."""
        return cls(**entry.model_dump(include=set(cls.model_fields)))


class PaymentDetails(PaymentView):
    """A line of «Платежи» with all there is about its money."""

    entries: tuple[PaymentView, ...] = Field(
        description='The payment and what goes back of it, the first first.'
    )
