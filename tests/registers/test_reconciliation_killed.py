"""The worker of a reconciliation dies right after each write and each answer: the day is compared anyway."""

from contextlib import suppress

import pytest

from chalicelib.billing.gateway.yookassa_wire import Wire
from chalicelib.billing.model.payment import PaymentState
from chalicelib.kit import dynamo
from chalicelib.registers import service
from tests.billing.conftest import told_of
from tests.billing.test_killed import Death, Killed
from tests.registers.morning import Morning, kinds

MOST_DEEDS = 30


@pytest.fixture
def day(till, time, shop):
    """A day with a payment that is missing here, a silent one, one missing there and one that is right."""
    morning = Morning(till, time)
    morning.knows_the_shop()
    silent = till.begins(till.issued(shop.order()))['id']
    till.clicks(silent)
    lost = morning.paid(shop.order())
    till.sandbox.wish(forget={'payment': till.external(lost)})
    morning.refunded(shop.order())
    morning.alone()
    morning.comes()
    return morning, silent


@pytest.mark.parametrize('after', range(1, MOST_DEEDS))
def test_a_day_is_compared_once_whenever_its_worker_dies(day, monkeypatch, after):
    morning, silent = day
    death = Death(after)
    send, update, call = dynamo.send, dynamo.write_now, Wire._call

    def dying(deed, name):
        def done(*args, **more):
            answer = deed(*args, **more)
            death.done(name)
            return answer

        return done

    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(dynamo, 'send', dying(send, 'write'))
        patch.setattr(dynamo, 'write_now', dying(update, 'write'))
        patch.setattr(Wire, '_call', dying(call, 'call'))
        morning.works()
    has_died = len(death.deeds) == after
    for _ in range(2):
        morning.time.advance(minutes=20)
        service.sweep()
        morning.works()
    card = morning.card()
    assert (card['status'], card['differences'], card['settled']) == ('done', 3, 1)
    found = {(one['kind'], one['is_settled']) for one in morning.found()}
    assert found == {('missing_here', False), ('missing_there', False), ('other_state', True)}
    number = int(silent.partition('-')[0])
    assert morning.till.ledger(number).payment(silent).state is PaymentState.PAID
    assert [kind for kind, _ in told_of(number)].count('InvoicePaid') == 1
    assert kinds().count('ReconciliationDiffered') == 1
    assert has_died or after > len(death.deeds)
