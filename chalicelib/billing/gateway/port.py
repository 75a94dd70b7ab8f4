"""What any provider of payments can do, and how its answers that are none are told apart.

Where a provider knows our ids again (`choice.knows_again`), asking twice with the same one is one payment and
one refund. Who does not is asked once for each id, and after a lost answer only whether he has done it.
"""

from datetime import datetime
from typing import Protocol

from chalicelib.billing.model.provider import (
    ClosingSnapshot,
    NewClosing,
    NewPayment,
    NewRefund,
    PaymentSnapshot,
    PaymentsPage,
    RefundSnapshot,
    RefundsPage,
    Shop,
)
from chalicelib.kit.errors import Refused, Unavailable


class ProviderRefused(Refused):
    """The provider will not do it, now or later: `reason` is his code, `parameter` what he blames."""


class SentElsewhere(ProviderRefused):
    """A part of the payment went back by another hand, so ours is not asked for: `told` is how it stands."""

    def __init__(self, told: PaymentSnapshot) -> None:
        super().__init__(reason='sent_elsewhere')
        self.told = told


class CredentialsWrong(Refused):
    """The provider does not know the shop, or not by this key: somebody has to set them anew."""


class ProviderAway(Unavailable):
    """Nothing was asked, or only a question: asking again is safe."""


class ProviderBusy(ProviderAway):
    """Too many ask at once; nothing was done."""


class Ambiguous(Unavailable):
    """Whether it was done is not known: it is asked again with the same id, never with another."""


class PaymentProvider(Protocol):
    """One shop at one provider.

    Every call raises CredentialsWrong, ProviderBusy and ProviderAway; those that pay or pay back raise
    ProviderRefused and Ambiguous too.
    """

    def check(self) -> Shop:
        """What the provider says of the shop."""

    def create_payment(self, new: NewPayment) -> PaymentSnapshot:
        """The payment of that attempt, made now or, where he knows it again, at an earlier time of asking."""

    def get_payment(self, external_id: str) -> PaymentSnapshot | None:
        """The payment as it is now, None where the shop has none of that id."""

    def find_payment(self, attempt_id: str, since: datetime) -> PaymentSnapshot | None:
        """The payment of our attempt made since then, if the provider ever made one.

        Of an attempt whose answer was lost a page may be open that nobody can find: it is closed here.
        """

    def refund(self, new: NewRefund) -> RefundSnapshot:
        """The refund of that id, made now or at an earlier time of asking."""

    def get_refund(self, external_id: str) -> RefundSnapshot | None:
        """The refund as it is now, None where the shop has none of that id."""

    def find_refund(self, refund_id: str, payment_external_id: str) -> RefundSnapshot | None:
        """The refund of our id among those of the payment, if the provider ever made one."""

    def close(self, new: NewClosing) -> ClosingSnapshot:
        """The second receipt of a prepayment (54-ФЗ), made now or, where he knows it again, before."""

    def get_closing(self, external_id: str) -> ClosingSnapshot | None:
        """The second receipt as it is now."""

    def find_closing(self, payment_external_id: str) -> ClosingSnapshot | None:
        """The second receipt of the payment, if it has one."""

    def list_payments(
        self, since: datetime, before: datetime, cursor: str | None = None
    ) -> PaymentsPage | None:
        """A page of all payments made in the shop in that time, whoever asked for them.

        None where the provider keeps no list: he can only be asked about one after another.
        """

    def list_refunds(
        self, since: datetime, before: datetime, cursor: str | None = None
    ) -> RefundsPage | None:
        """A page of all refunds made in the shop in that time, None as for payments."""
