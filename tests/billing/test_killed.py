"""The process dies right after each single call and each single write: after that the money is right too.

Who had called calls again, or nobody does and the clock alone finds what was left.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.billing import service
from chalicelib.billing.gateway.yookassa_wire import Wire
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import DomainError
from tests.billing.conftest import told_of
from tests.billing.till import Till


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
    send, call = dynamo.send, Wire._call

    def sending(writes: Any) -> None:
        send(writes)
        if writes:
            death.done('write')

    def calling(self: Wire, method: str, path: str, **more: Any) -> Any:
        answer = call(self, method, path, **more)
        death.done(f'{method} {path.split("/")[1]}')
        return answer

    with monkeypatch.context() as patch:
        patch.setattr(dynamo, 'send', sending)
        patch.setattr(Wire, '_call', calling)
        yield


Steps = list[tuple[Callable[[], object], bool]]


def paid_and_refunded(till: Till, number: int) -> Steps:
    """A client pays and gets it back; true where he, or an employee, will surely do it again."""
    invoice_id = f'{number}-1'
    return [
        (lambda: till.asks(invoice_id), True),
        (lambda: pays(till, number), True),
        (lambda: noticed(till, number, 'payments'), False),
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
        (lambda: noticed(till, number, 'payments'), False),
        (lambda: till.follows(number, 'MoneyUnwanted'), False),
    ]


def pays(till: Till, number: int) -> None:
    for one in of(till, number):
        if one['status'] == 'pending':
            till.sandbox.wish(pay={'payment': one['id'], 'card': '5555555555554444'})


def noticed(till: Till, number: int, what: str) -> None:
    for one in of(till, number):
        till.notices('payment.succeeded', one['id'])


def of(till: Till, number: int) -> list[Any]:
    """What the provider has of the request."""
    told = till.sandbox.wish()['payments']
    return [one for one in told if one['metadata']['attempt_id'].startswith(f'{number}-')]


def lived(till: Till, steps: Steps, comes_again: bool) -> None:
    """All steps are taken; one that was cut short is taken again by who surely comes again, or by all."""
    for step, is_sure in steps:
        try:
            with suppress(IndexError, DomainError):  # its event was never written, or it is done
                step()
        except Killed:
            if is_sure or comes_again:
                with suppress(IndexError, DomainError):
                    step()


def swept(till: Till, time: Any, number: int) -> None:
    """The clock finds whatever was left."""
    for _ in range(6):
        time.move(clock.now() + timedelta(minutes=40))
        service.sweep()


@pytest.mark.parametrize('comes_again', [True, False], ids=['all-come-again', 'only-the-clock'])
@pytest.mark.parametrize('story', [paid_and_refunded, paid_in_vain], ids=lambda story: story.__name__)
def test_after_any_death_the_money_is_right(till, time, shop, monkeypatch, story, comes_again):
    whole = Death(after=0)
    number = shop.order()
    till.issued(number)
    with mortal(monkeypatch, whole):
        lived(till, story(till, number), comes_again=True)
    assert {'write', 'POST payments', 'GET payments', 'POST refunds'} <= set(whole.deeds)
    for after in range(1, len(whole.deeds) + 1):
        number = shop.order()
        till.issued(number)
        with mortal(monkeypatch, Death(after)):
            lived(till, story(till, number), comes_again)
        swept(till, time, number)
        if story is paid_and_refunded and till.ledger(number).refund is None:
            till.refunds(number)  # the employee sees that nothing goes back
            swept(till, time, number)
        is_right(till, number, f'{story.__name__}, death after {after}: {whole.deeds[after - 1]}')


def is_right(till: Till, number: int, when: str) -> None:
    """All that was taken went back once, and was told once."""
    ledger, payments = till.ledger(number), of(till, number)
    taken = [one for one in payments if one['status'] == 'succeeded']
    sent = [one for one in till.sandbox.wish()['refunds'] if one['payment_id'] in {p['id'] for p in payments}]
    assert (len(taken), len(sent)) == (1, 1), when
    assert sum(one.left.minor for one in ledger.payments) == 0, when
    assert {one.state for one in ledger.repayments} == {RepaymentState.DONE}, when
    assert not [one for one in ledger.payments if one.state.is_awaited and one.external_id], when
    kinds = [kind for kind, _ in told_of(number)]
    paid = [one for one in ledger.payments if one.state is PaymentState.PAID]
    told = ('InvoicePaid', 'RefundCompleted') if paid else ('MoneyUnwanted', 'UnwantedMoneyReturned')
    assert [kinds.count(kind) for kind in told] == [1, 1], when
