"""The register of payments: what stands in it, who sees what, and what filters leave of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.billing import service as billing
from chalicelib.billing.repository import MoneyRow
from chalicelib.catalogue.model import PaymentTime
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import repository, service, workers
from chalicelib.registers.model.entry import EntryState
from chalicelib.registers.repository import RegisterRow
from chalicelib.registers.repository.entries import row_of
from chalicelib.staff.model import Permission
from tests.billing.conftest import refused
from tests.conftest import NOON
from tests.make import catalogue as make_catalogue
from tests.make import notifications as make_notifications
from tests.make import registers as make
from tests.registers.conftest import PAYMENTS, looking
from tests.world import template


def listed(till, by, query=''):
    answer = till.call('GET', PAYMENTS + query, by=by)
    assert answer.status_code == 200, answer.json_body
    return answer.json_body['items']


def told(number: int) -> list[Delivered]:
    rows = MoneyRow.query(f'demo#{number}#money')
    return [Delivered.model_validate_json(row.body or '') for row in rows]


def brought(*delivered: Delivered) -> None:
    answer = workers.enter(make_notifications.payload(*delivered), None)
    assert answer == {'batchItemFailures': []}


@pytest.mark.proves('PAY-008')
def test_a_payment_stands_in_the_register_from_its_beginning_to_its_end(till, number, shop):
    invoice_id = till.issued(number)
    payment_id = till.begins(invoice_id)['id']
    brought(*told(number))
    [begun] = listed(till, looking(shop))
    assert (begun['id'], begun['kind'], begun['state']) == (payment_id, 'payment', 'awaited')
    assert begun['method'] == 'any'
    till.notices('payment.succeeded', till.clicks(payment_id))
    brought(*told(number))
    [paid] = listed(till, looking(shop))
    assert paid['state'] == 'paid'
    assert paid['amount'] == {'minor': 125000, 'currency': 'RUB'}
    assert paid['external_id'] == till.external(payment_id)
    assert paid['method'] == 'card'
    assert (paid['number'], paid['invoice_id'], paid['payment_id']) == (number, invoice_id, payment_id)
    assert (paid['client_id'], paid['client_name']) == (shop.house.client, 'Петров Пётр')
    assert (paid['building_id'], paid['premises_id']) == (shop.house.building, shop.house.flat)
    assert (paid['address'], paid['premises_number']) == ('ул. Мира, 5', '12')
    assert (paid['legal_entity_id'], paid['shop_id']) == (shop.entity, '100500')
    assert paid['offering_name'] == 'Замена крана'
    assert paid['ended_at'] == clock.text(NOON)
    assert (paid['is_test'], paid['is_marketplace']) == (True, False)


def test_what_goes_back_is_a_line_of_its_own_and_the_card_shows_both(till, number, shop):
    till.paid(number)
    till.refunds(number)
    brought(*told(number))
    assert [one['state'] for one in listed(till, looking(shop), '?kind=refund')] == ['going']
    till.follows(number, 'RefundApproved')
    brought(*told(number))
    [refund] = listed(till, looking(shop), '?state=returned')
    assert (refund['kind'], refund['amount']['minor']) == ('refund', 125000)
    assert refund['external_id'] == till.sandbox.wish()['refunds'][0]['id']
    card = till.call('GET', f'{PAYMENTS}/{refund["id"]}', by=looking(shop)).json_body
    assert card['id'] == refund['id']
    assert [one['kind'] for one in card['entries']] == ['payment', 'refund']
    assert {one['payment_id'] for one in card['entries']} == {refund['payment_id']}


def test_money_nobody_wanted_is_shown_and_so_is_what_was_declined(till, number, shop):
    invoice_id = till.issued(number)
    payment_id = till.begins(invoice_id)['id']
    till.sandbox.wish(cancel={'payment': till.external(payment_id), 'reason': 'insufficient_funds'})
    till.notices('payment.canceled', till.external(payment_id))
    late = till.begins(invoice_id)['id']
    billing.withdraw(invoice_id, by=shop.dispatcher)
    till.notices('payment.succeeded', till.clicks(late))
    brought(*told(number))
    [poor] = listed(till, looking(shop), '?state=declined')
    assert poor['decline'] == 'insufficient_funds'
    assert [one['id'] for one in listed(till, looking(shop), '?state=unwanted')] == [late]
    assert [one['state'] for one in listed(till, looking(shop), '?kind=refund')] == ['going']
    billing.send_back('demo', number)
    brought(*told(number))
    assert [one['state'] for one in listed(till, looking(shop), '?kind=refund')] == ['returned']


def test_events_may_come_twice_late_and_in_any_order(till, number, shop):
    till.paid(number)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    events = told(number)
    brought(*reversed(events))
    after = [(row.sk, row.body) for row in RegisterRow.query(f'demo#{number}')]
    brought(*events, *events)
    assert [(row.sk, row.body) for row in RegisterRow.query(f'demo#{number}')] == after
    assert len(after) == 2


def test_an_older_ledger_never_takes_the_place_of_a_newer(world, time):
    now = make.entry(version=5)
    dynamo.send([repository.entering(now)])
    late = now.model_copy(update={'version': 4, 'state': EntryState.AWAITED})
    with pytest.raises(dynamo.ChangedMeanwhile):
        dynamo.send([repository.entering(late)])
    assert repository.entries('demo', 17) == [now]


def test_who_paid_for_what_stays_as_it_was_when_the_payment_began(till, number, shop):
    till.begins(till.issued(number))
    make.entered('demo', number)
    [before] = repository.entries('demo', number)
    moved = before.model_copy(update={'address': 'ул. Мира, 500', 'client_name': 'Кто-то', 'version': 0})
    dynamo.send([dynamo.putting(row_of(moved))])
    service.enter('demo', number)
    [kept] = repository.entries('demo', number)
    assert (kept.address, kept.client_name) == ('ул. Мира, 500', 'Кто-то')


@pytest.mark.proves('PAY-008', 'IAM-008')
def test_payments_of_the_marketplace_need_their_own_permission(till, shop):
    paid_one = make_catalogue.offering(
        name='Клининг', legal_entity_id=shop.entity, payment=PaymentTime.AFTER, assignees_max=4
    )
    free = shop.order()
    shop.offering = paid_one.id
    sold = shop.order()
    for number in (free, sold):
        till.paid(number)
    make.entered('demo', free, sold)
    plain, whole = looking(shop), looking(shop, Permission.PAYMENTS_MARKETPLACE)
    assert [one['number'] for one in listed(till, plain)] == [free]
    assert [(one['number'], one['is_marketplace']) for one in listed(till, whole)] == [
        (sold, True), (free, False),
    ]  # fmt: skip
    for query in ('?state=paid', f'?client_id={shop.house.client}', f'?number={sold}', '?kind=payment'):
        assert sold not in [one['number'] for one in listed(till, plain, query)], query
        assert sold in [one['number'] for one in listed(till, whole, query)], query
    [hidden] = listed(till, whole, f'?number={sold}')
    path = f'{PAYMENTS}/{hidden["id"]}'
    assert till.call('GET', path, by=whole).status_code == 200
    refused(till.call('GET', path, by=plain), 404, 'EntryNotFound')


@pytest.mark.proves('IAM-008')
def test_the_register_is_for_who_may_see_payments_in_his_places(till, number, shop):
    till.paid(number)
    make.entered('demo', number)
    nobody = replace(looking(shop), permissions=frozenset({Permission.REQUESTS_VIEW}))
    refused(till.call('GET', PAYMENTS, by=nobody), 403, 'PermissionMissing')
    here = looking(shop, scope=Scope(frozenset({shop.house.building})))
    there = looking(shop, scope=Scope(frozenset({shop.house.other_building})))
    both = looking(shop, scope=Scope(frozenset({shop.house.building, shop.house.other_building})))
    nowhere = looking(shop, scope=Scope(frozenset()))
    many = looking(shop, scope=Scope(frozenset({shop.house.building, *(f'b{n}' for n in range(150))})))
    [one] = listed(till, here)
    assert listed(till, both) == listed(till, many) == [one]
    assert listed(till, there) == listed(till, nowhere) == []
    assert listed(till, there, f'?building_id={shop.house.building}') == []
    assert listed(till, both, f'?building_id={shop.house.building}') == [one]
    path = f'{PAYMENTS}/{one["id"]}'
    refused(till.call('GET', path, by=there), 404, 'EntryNotFound')
    stranger = looking(shop, organisation='other')
    refused(till.call('GET', path, by=stranger), 404, 'EntryNotFound')
    assert listed(till, stranger) == []
    for path in ('none', '999-1-x', f'{number}-1-none'):
        refused(till.call('GET', f'{PAYMENTS}/{path}', by=here), 404, 'EntryNotFound')


def filled(*entries) -> None:
    dynamo.send([repository.entering(one) for one in entries])


FILTERS = {
    'number=18': [3],
    'client_id=ivanov': [2],
    'building_id=b2': [2, 4],
    'building_id=b1&building_id=b2': [1, 2, 3, 4],
    'premises_id=flat': [3],
    'legal_entity_id=second': [4],
    'state=paid': [1, 3],
    'state=paid&state=declined': [1, 2, 3],
    'kind=refund': [4],
    'method=sbp': [2],
    'provider=yookassa': [1, 2, 3, 4],
    'sum_from=200000': [3],
    'sum_from=100&sum_to=125000': [1, 2, 4],
    'since=2026-11-24': [3, 4],
    'until=2026-11-23': [1, 2],
    'since=2026-11-24&until=2026-11-24': [3],
    'number=18&since=2026-11-24': [3],
    'number=18&until=2026-11-23': [],
    'state=paid&sum_from=200000&building_id=b1&method=any': [3],
    'client_id=ivanov&state=paid': [],
    'number=17&client_id=ivanov': [2],
}  # fmt: skip


@pytest.mark.parametrize('query', FILTERS)
def test_filters_narrow_the_register_one_by_one_and_together(till, shop, query):
    day = timedelta(days=1)
    filled(
        make.entry(17, 1),
        make.entry(17, 2, client_id='ivanov', building_id='b2', state='declined', method='sbp'),
        make.entry(18, 3, premises_id='flat', amount={'minor': 200000}, created_at=NOON + day),
        make.entry(19, 4, legal_entity_id='second', kind='refund', state='going', building_id='b2',
                   created_at=NOON + 2 * day),
    )  # fmt: skip
    found = listed(till, looking(shop), f'?{query}')
    assert sorted(int(one['id'][-2:]) for one in found) == FILTERS[query]
    assert [one['created_at'] for one in found] == sorted((o['created_at'] for o in found), reverse=True)


def test_pages_follow_each_other_and_belong_to_their_reader(till, shop):
    filled(*(make.entry(20 + n, n, created_at=NOON + timedelta(minutes=n)) for n in range(1, 8)))
    seen, cursor = [], ''
    for _ in range(3):
        answer = till.call('GET', f'{PAYMENTS}?limit=3&state=paid{cursor}', by=looking(shop)).json_body
        seen += [one['number'] for one in answer['items']]
        cursor = f'&cursor={answer["next_cursor"]}'
    assert answer['next_cursor'] is None
    assert seen == [27, 26, 25, 24, 23, 22, 21]
    first = till.call('GET', f'{PAYMENTS}?limit=3', by=looking(shop)).json_body['next_cursor']
    for by in (looking(shop, Permission.PAYMENTS_MARKETPLACE), looking(shop, id='another')):
        refused(till.call('GET', f'{PAYMENTS}?cursor={first}', by=by), 400, 'CursorInvalid')


@pytest.mark.parametrize(
    'query, path',
    [
        ('since=2026-11-24&until=2026-11-23', 'query.until'),
        ('sum_from=2&sum_to=1', 'query.sum_to'),
        ('sum_from=-1', 'query.sum_from'),
        ('state=lost', 'query.state[0]'),
        ('number=0', 'query.number'),
        ('colour=red', 'query.colour'),
    ],
)
def test_a_filter_that_means_nothing_is_refused(till, shop, query, path):
    answer = till.call('GET', f'{PAYMENTS}?{query}', by=looking(shop))
    assert answer.status_code == 400
    assert [one['path'] for one in answer.json_body['errors']] == [path]


def test_the_register_can_be_made_anew(till, number, shop, time):
    till.paid(number)
    make.entered('demo', number)
    before = listed(till, looking(shop))
    for row in RegisterRow.query(f'demo#{number}'):
        row.delete()
    assert listed(till, looking(shop)) == []
    assert list(service.rebuild('demo'))[-1] == number
    time.advance(hours=16)
    assert service.sweep() == 1  # the shop, too, is known again
    assert listed(till, looking(shop)) == before


def test_the_rule_of_the_bus_brings_whatever_changes_a_payment(till, number, shop):
    rule = template()['Resources']['RegistersRule']['Properties']['EventPattern']
    till.paid(number)
    till.refunds(number)
    till.follows(number, 'RefundApproved')
    announced = {one.type for one in told(number)}
    of_money = announced - {'InvoiceDrawn', 'InvoiceIssued', 'RefundCompleted'}
    assert of_money | {'ReturnedElsewhere'} <= set(rule['detail-type'])
    assert rule['source'] == ['domovoy.billing']
