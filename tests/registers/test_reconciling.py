"""The day of a shop compared with what the provider has: each sort of difference, and what comes of it."""

import pytest

from chalicelib.billing.gateway import yookassa
from chalicelib.billing.gateway.yookassa import YooKassa
from chalicelib.billing.model.payment import PaymentState, RepaymentState
from chalicelib.kit import telemetry
from tests.billing.conftest import told_of
from tests.billing.till import SHOP_ID
from tests.make import registers as make
from tests.registers.morning import DAY, Morning, announced, kinds


@pytest.fixture
def morning(till, time):
    """The shop is compared every night from today on."""
    made = Morning(till, time)
    made.knows_the_shop()
    return made


def only(morning):
    [one] = morning.found()
    return one


def test_a_day_that_is_the_same_here_and_there_is_found_so(morning, shop):
    morning.paid(shop.order())
    morning.refunded(shop.order())
    morning.till.begins(morning.till.issued(shop.order()))
    card = morning.compared()
    assert (card['status'], card['progress'], card['day']) == ('done', 100, DAY)
    assert (card['legal_entity_id'], card['provider'], card['shop_id']) == (shop.entity, 'yookassa', SHOP_ID)
    assert (card['theirs'], card['ours'], card['differences']) == (4, 3, 1)
    assert card['started_by'] is None
    # Nobody paid the third and its page was closed in the night; the clock of the house of money did not run.
    assert (only(morning)['kind'], only(morning)['is_settled']) == ('other_state', True)


def test_nothing_differs_where_nothing_does(morning, shop):
    morning.refunded(shop.order())
    card = morning.compared()
    assert (card['status'], card['differences'], card['theirs'], card['ours']) == ('done', 0, 2, 2)
    assert morning.found() == []
    assert kinds() == ['ReconciliationStarted', 'ReconciliationAgreed']


def test_a_silent_payment_is_found_and_settled_as_any_news_is(morning, number, shop):
    till = morning.till
    payment_id = till.begins(till.issued(number))['id']
    external_id = till.clicks(payment_id)
    card = morning.compared()
    assert (card['differences'], card['settled']) == (1, 1)
    one = only(morning)
    assert (one['kind'], one['thing'], one['payment_id']) == ('other_state', 'payment', payment_id)
    assert (one['our_state'], one['their_state'], one['is_settled']) == ('open', 'succeeded', True)
    assert (one['external_id'], one['number']) == (external_id, number)
    assert till.ledger(number).payment(payment_id).state is PaymentState.PAID
    assert [kind for kind, _ in told_of(number)].count('InvoicePaid') == 1


def test_a_silent_refund_is_found_and_settled_as_any_news_is(morning, number, shop):
    till = morning.till
    morning.paid(number)
    till.sandbox.wish(shop={'id': SHOP_ID, 'refunds': 'pending'})
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    [refund] = till.sandbox.wish()['refunds']
    till.sandbox.wish(refund={'refund': refund['id'], 'status': 'succeeded'})
    card = morning.compared()
    assert (card['differences'], card['settled']) == (1, 1)
    one = only(morning)
    assert (one['thing'], one['our_state'], one['their_state']) == ('refund', 'going', 'succeeded')
    assert till.ledger(number).repayments[0].state is RepaymentState.DONE
    assert till.ledger(number).invoices[0].refunded.minor == 125000


def test_a_payment_of_somebody_else_in_the_shop_is_missing_here(morning):
    made = morning.alone()
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['kind_name']) == ('missing_here', 'Нет у нас')
    assert (one['external_id'], one['payment_id'], one['ours']) == (made.external_id, None, None)
    assert one['theirs'] == {'minor': 99900, 'currency': 'RUB'}
    assert (one['their_state'], one['is_settled']) == ('succeeded', False)


def test_nothing_is_said_of_what_somebody_else_began_and_nobody_paid(morning):
    morning.alone(is_paid=False)  # its page is closed within the hour
    assert morning.compared()['differences'] == 0


def test_a_second_payment_there_by_the_same_id_is_missing_here(morning, number):
    payment_id = morning.paid(number)
    morning.till.sandbox.wish(forget={'key': f'{SHOP_ID} {payment_id}'})
    twin = morning.alone(payment_id, 125000)
    assert morning.compared()['differences'] == 1
    assert (only(morning)['kind'], only(morning)['external_id']) == ('missing_here', twin.external_id)


def test_a_payment_the_provider_knows_nothing_of_is_missing_there(morning, number):
    payment_id = morning.paid(number)
    external_id = morning.till.external(payment_id)
    morning.till.sandbox.wish(forget={'payment': external_id})
    card = morning.compared()
    assert (card['differences'], card['settled'], card['ours']) == (1, 0, 1)
    one = only(morning)
    assert (one['kind'], one['payment_id'], one['external_id']) == ('missing_there', payment_id, external_id)
    assert (one['our_state'], one['theirs'], one['ours']['minor']) == ('paid', None, 125000)


def test_a_refund_the_provider_knows_nothing_of_is_missing_there(morning, number):
    morning.refunded(number)
    [refund] = morning.till.sandbox.wish()['refunds']
    morning.till.sandbox.wish(forget={'refund': refund['id']})
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['thing'], one['external_id']) == ('missing_there', 'refund', refund['id'])


def test_another_sum_is_found_whatever_the_state(morning, number):
    payment_id = morning.paid(number)
    external_id = morning.till.external(payment_id)
    morning.till.sandbox.wish(
        alter={'payment': external_id, 'amount': {'value': '1250.01', 'currency': 'RUB'}}
    )
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['ours']['minor'], one['theirs']['minor']) == ('other_sum', 125000, 125001)
    assert one['is_settled'] is False


def test_another_state_is_found_and_not_believed_away(morning, number):
    payment_id = morning.paid(number)
    morning.till.sandbox.wish(alter={'payment': morning.till.external(payment_id), 'status': 'canceled'})
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['our_state'], one['their_state']) == ('other_state', 'paid', 'canceled')
    assert one['is_settled'] is False
    assert morning.till.ledger(number).payment(payment_id).state is PaymentState.PAID


def test_a_refund_made_by_hand_in_the_cabinet_is_unknown(morning, number):
    payment_id = morning.paid(number)
    morning.sends_back_by_hand(morning.till.external(payment_id))
    assert morning.compared()['differences'] == 1
    one = only(morning)
    assert (one['kind'], one['kind_name']) == ('refund_unknown', 'Неизвестный возврат')
    assert (one['thing'], one['theirs']['minor'], one['number']) == ('refund', 125000, None)


def test_all_sorts_at_once_are_listed_payments_first(morning, shop):
    first, second, third = (morning.paid(shop.order()) for _ in range(3))
    wish, external = morning.till.sandbox.wish, morning.till.external
    wish(forget={'payment': external(first)})
    wish(alter={'payment': external(second), 'amount': {'value': '1.00', 'currency': 'RUB'}})
    morning.sends_back_by_hand(external(third))
    morning.alone()
    card = morning.compared()
    assert card['differences'] == 4
    found = morning.found()
    assert sorted(one['kind'] for one in found) == [
        'missing_here', 'missing_there', 'other_sum', 'refund_unknown',
    ]  # fmt: skip
    assert [one['thing'] for one in found] == ['payment'] * 3 + ['refund']
    page = morning.till.call('GET', card['links']['differences'] + '?limit=3', by=morning.accountant)
    assert page.json_body['next_cursor'] is not None


def test_what_differs_is_announced_and_counted(morning, monkeypatch):
    counted = []
    monkeypatch.setattr(telemetry, 'count', lambda metric, value=1, **_: counted.append((metric, value)))
    morning.alone()
    morning.alone('elsewhere-2')
    morning.compared()
    differed = announced()[-1]
    assert differed.type == 'ReconciliationDiffered'
    told = {name: differed.event[name] for name in ('differences', 'settled', 'theirs', 'ours', 'day')}
    assert told == {'differences': 2, 'settled': 0, 'theirs': 2, 'ours': 0, 'day': DAY}
    assert ('ReconciliationDifferences', 2) in counted


def test_a_provider_without_a_list_is_asked_for_each_of_ours(morning, shop, monkeypatch):
    monkeypatch.setattr(YooKassa, 'list_payments', lambda *_: None)
    monkeypatch.setattr(YooKassa, 'list_refunds', lambda *_: None)
    till = morning.till
    morning.refunded(shop.order())
    lost = morning.paid(shop.order())
    till.sandbox.wish(forget={'payment': till.external(lost)})
    silent = till.begins(till.issued(shop.order()))['id']
    till.clicks(silent)
    make.entered('demo', int(silent.partition('-')[0]))
    morning.alone()
    card = morning.compared()
    assert (card['is_one_by_one'], card['theirs'], card['ours']) == (True, 0, 4)
    found = {one['payment_id']: (one['kind'], one['is_settled']) for one in morning.found()}
    assert found == {lost: ('missing_there', False), silent: ('other_state', True)}
    assert till.ledger(int(silent.partition('-')[0])).payment(silent).state is PaymentState.PAID


def test_long_lists_are_read_page_by_page_and_each_page_is_a_step(morning, monkeypatch):
    monkeypatch.setattr(yookassa, 'PAGE', 2)
    for place in range(5):
        morning.alone(f'elsewhere-{place}')
    assert morning.compared()['differences'] == 5
    assert morning.card()['version'] == 6  # three pages of payments, one of refunds, and ours
