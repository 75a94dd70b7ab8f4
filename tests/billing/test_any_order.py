"""Invoices, payments, refunds, notices and sweeps in any order and doubled: the money stays right."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.billing import repository, service
from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.billing.rules import standing
from chalicelib.catalogue.model import AutomaticRefund
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import DomainError
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step
from chalicelib.requests.repository.rows import RequestRow
from tests.billing.till import Till, chosen
from tests.make import billing as make
from tests.make import catalogue as make_catalogue

STEPS = 25
FOLLOWED = {'MoneyUnwanted', 'RefundApproved', 'RefundRetried', 'RequestCancelled'}
OF_INVOICES = {
    'issue': service.issue,
    'withdraw': service.withdraw,
    'mark_paid': service.mark_paid,
    'make_unpaid': service.make_unpaid,
}


class Story:
    """One request, what was tried with its money, and what must hold of it."""

    def __init__(self, till: Till, time: Any, number: int) -> None:
        self.till, self.time, self.number = till, time, number
        self.by = till.accountant

    # -- what may happen --------------------------------------------------------------------------------

    def act(self, name: str, place: int) -> None:
        """It happens, or is refused; a refusal is as good as any other outcome."""
        if name in OF_INVOICES:
            self._tried(lambda: OF_INVOICES[name](f'{self.number}-{place % 2 + 1}', by=self.by))
        else:
            getattr(self, name)(place)

    def draw(self, place: int) -> None:
        price = (self.till.shop.tap, self.till.shop.pipe)[place % 2]
        self._tried(lambda: make.drawn(self.number, self.by, price))

    def pay(self, place: int) -> None:
        method = ('any', 'card', 'sbp')[place % 3]
        self.till.asks(f'{self.number}-{place % 2 + 1}', method=method, is_card_kept=place % 5 == 0)

    def pay_by_card(self, place: int) -> None:
        for card in repository.cards('demo', self.till.shop.resident.id)[:1]:
            self.till.asks(f'{self.number}-{place % 2 + 1}', card_id=card.id)

    def click(self, place: int) -> None:
        for one in chosen(self.till.seen(self.number), place):
            self.till.chooses(one.id, is_poor=place % 4 == 3)

    def notice(self, place: int) -> None:
        self.till.notices_of(self.number, place)

    def settle_refund(self, place: int) -> None:
        for one in chosen([r for r in self.till.sent(self.number) if r.status == 'pending'], place):
            self.till.settles(one.id, is_sent=place % 2 == 0)

    def refunds_are(self, place: int) -> None:
        self.till.refunds_are(('pending', 'refused', 'sent')[place % 3])

    def refund(self, place: int) -> None:
        lines = None
        if place % 2:
            ledger = self.till.ledger(self.number)
            known = [(one.id, line) for one in ledger.invoices for line in one.positions]
            lines = [
                {'invoice_id': invoice, 'position_id': line.id, 'amount': {'minor': 1 + place}}
                for invoice, line in known[:1]
            ]
        action = ('', 'approve', 'reject', 'retry', '')[place % 5]
        said = {'reason': 'Не сделано'} | ({} if action == 'reject' else {'lines': lines})
        self.till.refunds(self.number, action, said)

    def ask_back(self, place: int) -> None:
        body = {'amount': {'minor': 100 + place}} if place % 2 else {}
        path = f'/v1/resident/requests/{self.number}/refund-request'
        self.till.call('POST', path, body, by=self.till.shop.resident)

    def start(self, place: int) -> None:
        crew = (self.till.shop.house.crew[0].id,)
        self._tried(lambda: requests.start(self.number, Start(assignee_ids=crew), by=self.by))

    def cancel(self, place: int) -> None:
        if place % 3 == 0:
            self._tried(lambda: requests.cancel_own(self.number, by=self.till.shop.resident))
        elif place % 3 == 1:
            self._tried(lambda: requests.cancel(self.number, Step(comment='не нужно'), by=self.by))

    def fault(self, place: int) -> None:
        self.till.fails(place)

    def sweep(self, place: int) -> None:
        self.time.move(clock.now() + timedelta(minutes=1 + 7 * place))
        service.sweep()

    def follow(self, place: int) -> None:
        for delivered in chosen(self._told(), place):
            self.till.brings(delivered)

    # -- what must hold ---------------------------------------------------------------------------------

    def comes_to_rest(self) -> None:
        """Nothing goes wrong any more, and all that waits is done."""
        self.till.mends()
        for delivered in self._told():
            self.till.brings(delivered)
        for one in self.till.sent(self.number):
            if one.status == 'pending':
                self.till.settles(one.id, is_sent=True)
        for _ in range(12):
            if not self._is_waited_for():
                break
            self.time.move(clock.now() + timedelta(hours=7))
            self.till.sandbox.tick()
            service.sweep()

    def holds(self) -> None:
        """Of all the money at every moment."""
        ledger = self.till.ledger(self.number)
        for invoice in ledger.invoices:
            winners = [one for one in ledger.payments_of(invoice) if one.state is PaymentState.PAID]
            assert len(winners) <= 1, 'paid twice'
            assert invoice.refunded.minor == sum(one.refunded.minor for one in winners)
            assert (invoice.status is InvoiceStatus.PAID_ONLINE) <= bool(winners)
        for payment in ledger.payments:
            assert payment.refunded <= payment.amount
            sent = [
                one.amount.minor
                for one in ledger.repayments
                if one.payment_id == payment.id and one.state is RepaymentState.DONE
            ]
            assert sum(sent) == payment.refunded.minor
        request = dynamo.get(requests.reading('demo', self.number))
        assert request.paid == standing.of(ledger)
        if ledger.refund is not None and ledger.refund.is_carried_out:
            of_it = [one for one in ledger.repayments if one.refund_id == ledger.refund.id]
            assert sum(one.amount.minor for one in of_it) == ledger.refund.amount.minor
        only = {None, ledger.refund.id if ledger.refund else None}
        assert {one.refund_id for one in ledger.repayments} <= only, 'two refunds'

    def _is_waited_for(self) -> bool:
        ledger = self.till.ledger(self.number)
        going = [one for one in ledger.repayments if one.state is RepaymentState.GOING]
        return bool(going) or any(one.state.is_awaited for one in ledger.payments)

    def is_at_rest(self) -> None:
        """Of all the money when nothing is under way."""
        ledger = self.till.ledger(self.number)
        assert not self._is_waited_for()
        ours = sum(one.left.minor for one in ledger.payments)
        assert ours == self.till.held(self.number), 'what we think the provider holds is not what he holds'
        stuck = {one.payment_id for one in ledger.repayments if one.state is RepaymentState.FAILED}
        for payment in ledger.payments:
            assert payment.state is not PaymentState.UNWANTED or not payment.left or payment.id in stuck

    # -- looking ----------------------------------------------------------------------------------------

    def _told(self) -> list[Delivered]:
        pk = f'demo#{self.number}'
        rows = [
            *RequestRow.query(pk, RequestRow.sk.startswith('event#')),
            *repository.MoneyRow.query(f'{pk}#money'),
        ]
        told = [Delivered.model_validate_json(row.body or '') for row in rows]
        return [one for one in told if one.type in FOLLOWED]

    @staticmethod
    def _tried(act: Callable[[], object]) -> None:
        with contextlib.suppress(DomainError):
            act()


DEEDS = st.sampled_from(
    ['draw', 'issue', 'issue', 'withdraw', 'mark_paid', 'make_unpaid', 'pay', 'pay', 'pay', 'pay_by_card',
     'click', 'click', 'click', 'notice', 'notice', 'settle_refund', 'refunds_are', 'refund', 'refund',
     'ask_back', 'start', 'cancel', 'fault', 'fault', 'sweep', 'sweep', 'follow', 'follow'],
)  # fmt: skip
STORIES = st.lists(st.tuples(DEEDS, st.integers(0, 59)), min_size=STEPS, max_size=STEPS)


@pytest.fixture
def story(till, time):
    """A new story of a request whose client may ask for his money, by the option of its offering."""
    return stories(till, time)


@pytest.fixture
def story_at_the_bank(terminal_till, time):
    """The same where T-Bank is the provider, who knows no id again."""
    return stories(terminal_till, time)


def stories(till: Till, time: Any) -> Callable[[int], Story]:
    """`begin(option)` begins a story of a request of an offering with that option of automatic refunds."""
    offerings = [
        make_catalogue.offering(
            name=f'Услуга {option}', legal_entity_id=till.shop.entity, is_refundable=True, assignees_max=4,
            department_id=till.shop.house.plumbers, automatic_refund=option,
        ).id
        for option in AutomaticRefund
    ]  # fmt: skip

    def begin(option: int) -> Story:
        till.shop.offering = offerings[option]
        number = till.shop.order()
        till.issued(number)
        return Story(till, time, number)

    return begin


def played(story: Callable[[int], Story], option: int, deeds: list[tuple[str, int]]) -> None:
    """The story is told, and holds at every turn and at its end."""
    told = story(option)
    for name, place in deeds:
        told.act(name, place)
        told.holds()
    told.comes_to_rest()
    told.holds()
    told.is_at_rest()


_usual = {'deadline': None, 'suppress_health_check': list(HealthCheck)}


@pytest.mark.proves('PAY-012', 'REF-009', 'REF-030', 'INV-036', 'INV-037')
@settings(max_examples=500 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_any_order_the_money_is_right(story, option, deeds):
    played(story, option, deeds)


@pytest.mark.proves('PAY-012', 'REF-009', 'REF-030')
@settings(max_examples=150 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_any_order_the_money_at_the_bank_is_right(story_at_the_bank, option, deeds):
    played(story_at_the_bank, option, deeds)


@pytest.mark.slow
@settings(max_examples=10_000 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_very_many_orders_the_money_is_right(story, option, deeds):
    played(story, option, deeds)


@pytest.mark.slow
@settings(max_examples=10_000 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_very_many_orders_the_money_at_the_bank_is_right(story_at_the_bank, option, deeds):
    played(story_at_the_bank, option, deeds)
