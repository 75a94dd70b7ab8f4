"""One step of a reconciliation: a page of what the provider lists, or some of ours that he did not.

What differs is kept before anything is done about it, each under a name of its own, so a step that dies and
is taken again finds the same, and repeats nothing. News that has not come is heard by the way all news goes.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from chalicelib.billing import service as billing
from chalicelib.billing.model.payment import Payment, PaymentState, Repayment, RepaymentState
from chalicelib.billing.model.provider import PaymentSnapshot, RefundSnapshot, RefundStatus
from chalicelib.kit import clock
from chalicelib.registers import repository
from chalicelib.registers.model.entry import Entry, EntryKind
from chalicelib.registers.model.reconciliation import (
    Difference,
    DifferenceKind,
    Reconciliation,
    Stage,
)
from chalicelib.registers.rules import comparing, life
from chalicelib.registers.rules.comparing import Verdict

OURS_AT_ONCE = 20
"""Entries of ours that a step looks at: each may be a question to the provider."""


@dataclass(slots=True)
class Comparison:
    """A reconciliation in a worker's hand: what it has found, and what it has met there."""

    job: Reconciliation
    found: dict[str, Difference] = field(default_factory=dict)
    met: set[str] | None = None

    def __post_init__(self) -> None:
        self.found = {one.name: one for one in repository.differences(self.job)}

    def step(self) -> tuple[Reconciliation, set[str] | None]:
        """The job after its next step, and which of ours that step met there; nothing of it is saved yet.

        Raises what asking a provider raises.
        """
        after, seen = _STEPS[self.job.stage](self)
        settled = sum(one.is_settled for one in self.found.values())
        return after.model_copy(update={'differences': len(self.found), 'settled': settled}), seen

    # -- what the provider lists -------------------------------------------------------------------

    def payments(self) -> tuple[Reconciliation, set[str] | None]:
        """A page of his payments is compared with ours."""
        job, seen = self.job, set()
        page = billing.payments_there(job.organisation, job.shop, job.since, job.before, job.cursor)
        if page is None:
            return life.one_by_one(job, clock.now()), None
        for told in page.items:
            ours = billing.payment_here(job.organisation, told.attempt_id) if told.attempt_id else None
            if ours is None or not comparing.is_ours(ours, told):
                if comparing.matters_alone(told):
                    kind = DifferenceKind.MISSING_HERE
                    self._note(comparing.payment_differs(kind, None, told, clock.now()))
                continue
            seen.add(ours.id)
            self._payment(ours, told)
        last = page.items[-1].created_at if page.items else None
        # The youngest come first.
        share = 100 - life.share_of_day(job, last) if last else 0
        more = {'theirs': job.theirs + len(page.items)}
        return life.further(job, clock.now(), cursor=page.cursor, share=share, **more), seen

    def refunds(self) -> tuple[Reconciliation, set[str] | None]:
        """A page of his refunds is compared with ours."""
        job, seen = self.job, set()
        page = billing.refunds_there(job.organisation, job.shop, job.since, job.before, job.cursor)
        if page is None:
            return life.further(job, clock.now(), cursor=None), None
        for told in page.items:
            ours = billing.repayment_here(job.organisation, told.refund_id) if told.refund_id else None
            if ours is None:
                if comparing.matters_alone(told):
                    kind = DifferenceKind.REFUND_UNKNOWN
                    self._note(comparing.refund_differs(kind, None, told, clock.now()))
                continue
            seen.add(ours[1].id)
            self._refund(*ours, told)
        more = {'theirs': job.theirs + len(page.items)}
        return life.further(job, clock.now(), cursor=page.cursor, **more), seen

    # -- what we have ------------------------------------------------------------------------------

    def ours(self) -> tuple[Reconciliation, set[str] | None]:
        """Some of ours, the oldest first: he is asked for each that he did not list.

        At the end he is asked for those of other days too of which he told that day that money went back.
        """
        job = self.job
        if self.met is None:
            self.met = repository.seen_by(job)
        entries, place = repository.of_day(job, job.cursor, OURS_AT_ONCE)
        shop = (job.shop.provider, job.shop.shop_id)
        mine = [one for one in entries if (one.provider, one.shop_id) == shop]
        for entry in mine:
            if entry.id not in self.met:
                self._looked_for(entry)
        if place is None:
            for payment_id in repository.returned_on(job):
                self._payment_looked_for(payment_id)
        last = entries[-1].created_at if entries else None
        share = life.share_of_day(job, last)
        return life.further(job, clock.now(), cursor=place, share=share, ours=job.ours + len(mine)), None

    def _looked_for(self, entry: Entry) -> None:
        if entry.kind is EntryKind.PAYMENT:
            self._payment_looked_for(entry.id)
            return
        # A repayment is named without its try; any try names it.
        found = billing.repayment_here(self.job.organisation, f'{entry.id}-0')
        if found is not None and found[1].external_id is not None:
            self._refund_there(*found, found[1].external_id)

    def _payment_looked_for(self, payment_id: str) -> None:
        payment = billing.payment_here(self.job.organisation, payment_id)
        if payment is not None and payment.external_id is not None:
            self._payment_there(payment, payment.external_id)

    def _payment_there(self, payment: Payment, external_id: str) -> None:
        told = billing.payment_there(self.job.organisation, self.job.shop, external_id)
        if told is not None:
            self._payment(payment, told)
        elif payment.state is not PaymentState.DECLINED:
            kind = DifferenceKind.MISSING_THERE
            self._note(comparing.payment_differs(kind, payment, None, clock.now()))

    def _refund_there(self, payment: Payment, repayment: Repayment, external_id: str) -> None:
        told = billing.refund_there(self.job.organisation, self.job.shop, external_id)
        if told is not None:
            self._refund(payment, repayment, told)
        elif repayment.state is not RepaymentState.FAILED:
            kind = DifferenceKind.MISSING_THERE
            self._note(comparing.refund_differs(kind, (payment, repayment), None, clock.now()))

    # -- what comes of it --------------------------------------------------------------------------

    def _payment(self, ours: Payment, told: PaymentSnapshot) -> None:
        verdict, kind = comparing.of_payment(ours, told)
        difference = comparing.payment_differs(kind, ours, told, clock.now())

        def hear() -> bool:
            after = billing.settle_payment(self.job.organisation, ours, told)
            return comparing.of_payment(after, told)[0] is Verdict.SAME

        self._judged(verdict, difference, hear)
        if told.went_back is not None:
            self._went_back(ours, told.went_back, told)

    def _went_back(self, ours: Payment, status: RefundStatus, told: PaymentSnapshot) -> None:
        # Read when he has answered: what we ask him for stands in the ledger before it can be there.
        ledger = billing.money(self.job.organisation, ours.number)
        payment = ledger.payment(ours.id)
        repayment = ledger.repayment_of(payment)
        if repayment is not None and repayment.state is RepaymentState.FAILED:
            # Given up here and never asked about again: what he says of the payment, he says of it.
            self._refund(payment, repayment, RefundSnapshot(external_id=told.external_id, status=status))
            return
        verdict = comparing.of_return(payment, repayment, told)
        difference = comparing.return_differs(payment, repayment, told, clock.now())
        self._judged(verdict, difference, lambda: False)

    def _refund(self, payment: Payment, ours: Repayment, told: RefundSnapshot) -> None:
        verdict, kind = comparing.of_repayment(ours, told)
        difference = comparing.refund_differs(kind, (payment, ours), told, clock.now())

        def hear() -> bool:
            after = billing.settle_repayment(self.job.organisation, payment, ours, told)
            return comparing.of_repayment(after, told)[0] is Verdict.SAME

        self._judged(verdict, difference, hear)

    def _judged(self, verdict: Verdict, difference: Difference, hear: Callable[[], bool]) -> None:
        if verdict is Verdict.SAME:
            known = self.found.get(difference.name)
            # Somebody died between hearing the news and saying that it was heard.
            if known is not None and not known.is_settled:
                self._note(known.model_copy(update={'is_settled': True}))
            return
        self._note(difference)
        if verdict is Verdict.NEWS and hear():
            self._note(difference.model_copy(update={'is_settled': True}))

    def _note(self, difference: Difference) -> None:
        repository.keep(self.job, difference)
        self.found[difference.name] = difference


_STEPS: dict[Stage, Callable[[Comparison], tuple[Reconciliation, set[str] | None]]] = {
    Stage.PAYMENTS: Comparison.payments,
    Stage.REFUNDS: Comparison.refunds,
    Stage.OURS: Comparison.ours,
}
