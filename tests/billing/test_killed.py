"""The process dies right after each single call and each single write: after that the money is right too.

Who had called calls again, or nobody does and the clock alone finds what was left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.billing import service
from chalicelib.billing.gateway import tbank_wire, yookassa_wire
from chalicelib.billing.model.payment import ClosingState, PaymentState, RepaymentState
from chalicelib.catalogue.model import PaymentTime
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import DomainError
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start, Step
from tests.billing.conftest import told_of
from tests.billing.till import Till
from tests.make import catalogue as make_catalogue


class Killed(BaseException):
    """The process is gone."""


class Death:
    """Comes after the given deed, once; `deeds` are those done so far."""

    def __init__(self, after: int) -> None:
        self.after, self.deeds = after, list[str]()

    def done(self, deed: str) -> None:
        """The deed is done, and maybe nothing after it."""
        self.deeds.append(deed)
        if len(self.deeds) == self.after:
            raise Killed()


@contextmanager
def mortal(monkeypatch: pytest.MonkeyPatch, death: Death) -> Iterator[None]:
    """Inside the block every write and every call of the provider may be the last."""
    send, call, call_of_bank = dynamo.send, yookassa_wire.Wire._call, tbank_wire.Wire._call

    def sending(writes: Any) -> None:
        send(writes)
        if writes:
            death.done('write')

    def calling_bank(self: tbank_wire.Wire, method: str, fields: Any) -> Any:
        answer = call_of_bank(self, method, fields)
        death.done(method)
        return answer

    def calling(self: yookassa_wire.Wire, method: str, path: str, **more: Any) -> Any:
        answer = call(self, method, path, **more)
        death.done(f'{method} {path.split("/")[1]}')
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(dynamo, 'send', sending)
        patch.setattr(yookassa_wire.Wire, '_call', calling)
        patch.setattr(tbank_wire.Wire, '_call', calling_bank)
        yield


Steps = list[tuple[Callable[[], object], bool]]


def paid_and_refunded(till: Till, number: int) -> Steps:
    """A client pays and gets it back; true where he, or an employee, will surely do it again."""
    invoice_id = f'{number}-1'
    return [
        (lambda: till.asks(invoice_id), True),
        (lambda: pays(till, number), True),
        (lambda: till.notices_of(number, 0), False),
        (lambda: till.refunds(number), True),
        (lambda: till.follows(number, 'RefundApproved'), False),
    ]


def paid_in_vain(till: Till, number: int) -> Steps:
    """A client pays what was withdrawn meanwhile."""
    invoice_id = f'{number}-1'
    return [
        (lambda: till.asks(invoice_id), True),
        (lambda: service.withdraw(invoice_id, by=till.shop.dispatcher), True),
        (lambda: pays(till, number), True),
        (lambda: till.notices_of(number, 0), False),
        (lambda: till.follows(number, 'MoneyUnwanted'), False),
    ]


def pays(till: Till, number: int) -> None:
    """The client pays on the page that he was given, and on no other."""
    known = {one.external_id for one in till.ledger(number).payments}
    for one in till.seen(number):
        if one.status == 'open' and one.id in known:
            till.chooses(one.id)


def lived(till: Till, time: Any, steps: Steps, comes_again: bool) -> None:
    """All steps are taken; one that was cut short is taken again by who surely comes again, or by all."""
    for step, is_sure in steps:
        try:
            with suppress(IndexError, DomainError):  # its event was never written, or it is done
                step()
        except Killed:
            if is_sure or comes_again:
                time.move(clock.now() + timedelta(minutes=2))
                with suppress(IndexError, DomainError):
                    step()


def swept(till: Till, time: Any, number: int, times: int = 6) -> None:
    """The clock finds whatever was left."""
    for _ in range(times):
        time.move(clock.now() + timedelta(minutes=40))
        service.sweep()


YOOKASSA = {'write', 'POST payments', 'GET payments', 'POST refunds'}
TBANK = {'write', 'Init', 'GetState', 'Cancel'}


@pytest.mark.parametrize('comes_again', [True, False], ids=['all-come-again', 'only-the-clock'])
@pytest.mark.parametrize('story', [paid_and_refunded, paid_in_vain], ids=lambda story: story.__name__)
def test_after_any_death_the_money_is_right(till, time, shop, monkeypatch, story, comes_again):
    dies(till, time, shop, monkeypatch, story, comes_again, YOOKASSA)


@pytest.mark.parametrize('comes_again', [
    pytest.param(True, id='all-come-again', marks=pytest.mark.slow), pytest.param(False, id='only-the-clock'),
])  # fmt: skip
def test_after_any_death_the_money_at_the_bank_is_right(terminal_till, time, shop, monkeypatch, comes_again):
    dies(terminal_till, time, shop, monkeypatch, paid_and_refunded, comes_again, TBANK)


@pytest.mark.slow
@pytest.mark.parametrize('comes_again', [True, False], ids=['all-come-again', 'only-the-clock'])
def test_after_any_death_what_the_bank_took_in_vain_goes_back(
    terminal_till, time, shop, monkeypatch, comes_again
):
    dies(terminal_till, time, shop, monkeypatch, paid_in_vain, comes_again, TBANK)


def dies(till, time, shop, monkeypatch, story, comes_again, calls):
    """The story is told once for each of its deeds, each time with a death right after it."""
    whole = Death(after=0)
    number = shop.order()
    till.issued(number)
    with mortal(monkeypatch, whole):
        lived(till, time, story(till, number), comes_again=True)
    assert calls <= set(whole.deeds)
    for after in range(1, len(whole.deeds) + 1):
        number = shop.order()
        till.issued(number)
        with mortal(monkeypatch, Death(after)):
            lived(till, time, story(till, number), comes_again)
        swept(till, time, number)
        if story is paid_and_refunded and till.ledger(number).refund is None:
            till.refunds(number)  # the employee sees that nothing goes back
            swept(till, time, number)
        is_right(till, number, f'{story.__name__}, death after {after}: {whole.deeds[after - 1]}')


def is_right(till: Till, number: int, when: str) -> None:
    """All that was taken went back once, and was told once."""
    ledger, sent = till.ledger(number), till.sent(number)
    taken = [one for one in till.seen(number) if one.status == 'taken']
    assert (len(taken), len(sent)) == (1, 1), when
    assert sum(one.left.minor for one in ledger.payments) == 0, when
    assert {one.state for one in ledger.repayments} == {RepaymentState.DONE}, when
    assert not [one for one in ledger.payments if one.state.is_awaited and one.external_id], when
    kinds = [kind for kind, _ in told_of(number)]
    paid = [one for one in ledger.payments if one.state is PaymentState.PAID]
    told = ('InvoicePaid', 'RefundCompleted') if paid else ('MoneyUnwanted', 'UnwantedMoneyReturned')
    assert [kinds.count(kind) for kind in told] == [1, 1], when


@pytest.mark.parametrize('name, calls', [
    pytest.param('till', {'POST receipts'}, marks=pytest.mark.slow),
    ('terminal_till', {'cashbox/SendClosingReceipt'}),
])  # fmt: skip
def test_after_any_death_a_prepayment_has_at_most_one_second_receipt(
    request, time, shop, monkeypatch, name, calls
):
    till = request.getfixturevalue(name)
    shop.offering = make_catalogue.offering(
        name='Окна', legal_entity_id=shop.entity, payment=PaymentTime.BEFORE, assignees_max=4,
        department_id=shop.house.plumbers,
    ).id  # fmt: skip
    whole = Death(after=0)
    with mortal(monkeypatch, whole):
        service.close('demo', done(till, shop))
    assert {'write', *calls} <= set(whole.deeds)
    for after in range(1, len(whole.deeds) + 1):
        number, before = done(till, shop), len(till.sandbox.wish()['receipts'])
        with mortal(monkeypatch, Death(after)), suppress(Killed):
            service.close('demo', number)
        service.close('demo', number)  # the queue brings the news again
        swept(till, time, number, times=2)
        closing = till.ledger(number).payments[0].closing
        made = len(till.sandbox.wish()['receipts']) - before
        # Who died before he could hear of T-Bank leaves it open: then somebody has to look.
        is_open = name == 'terminal_till' and closing.state is ClosingState.FAILED
        assert made == 1 or (is_open and made == 0), f'{made} after {after}: {whole.deeds[after - 1]}'
        assert is_open or closing.state is ClosingState.DONE, f'{closing.state} after {after}'


def done(till: Till, shop: Any) -> int:
    """A request that was paid before it was done, of whose end the house of money has not heard."""
    number = shop.order()
    till.paid(number)
    crew = (shop.house.crew[0].id,)
    requests.start(number, Start(assignee_ids=crew), by=till.accountant)
    requests.complete(number, Step(), by=till.accountant)
    return number
