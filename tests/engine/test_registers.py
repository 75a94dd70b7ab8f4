"""The register of payments: what its lists cost however long it is, and a night under many hands."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.billing.model.account import ShopName
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import ChangedMeanwhile, Contended
from chalicelib.registers import repository, service
from chalicelib.registers.events import ReconciliationStarted
from chalicelib.registers.model.views import PaymentsQuery
from chalicelib.registers.repository.entries import row_of
from chalicelib.registers.rules import life
from tests.engine.desk import ORGANISATION, Desk, at_once
from tests.engine.till import Till
from tests.engine.watching import watched
from tests.make import registers as make

LISTS = {
    'all': {},
    'one client': {'client_id': 'petrov'},
    'one building': {'building_id': ['b1']},
    'one state': {'state': ['paid']},
    'one kind': {'kind': 'payment'},
    'one legal entity': {'legal_entity_id': ['company']},
    'a request': {'number': 1},
    'a period': {'since': '2020-01-01'},
    'a state and sums': {'state': ['paid'], 'sum_from': 100, 'sum_to': 10**7},
    'three at once': {'client_id': 'petrov', 'state': ['paid'], 'building_id': ['b1', 'b2']},
}
FILTERED = {'a state and sums', 'three at once'}


def filled(size: int) -> None:
    """So many payments, one a minute, as alike as they can be."""
    began = clock.now() - timedelta(minutes=size)
    for place in range(size):
        number = 1 if place < 30 else 2 + place
        at = began + timedelta(minutes=place)
        row_of(make.entry(number, place, organisation=ORGANISATION, created_at=at, version=1)).save()


def test_a_page_costs_the_same_however_long_the_register_is(desk: Desk) -> None:
    def costs() -> dict[str, tuple[list[str], float]]:
        found = {}
        for name, given in LISTS.items():
            with watched() as seen:
                page = service.list_payments(PaymentsQuery.model_validate(given), by=desk.dispatcher)
            assert len(page.items) == 25, name
            found[name] = (seen.calls, seen.read_units)
        return found

    filled(150)
    small = costs()
    filled(2000)
    large = costs()
    assert {name: calls for name, (calls, _) in large.items()} == {name: ['Query'] for name in LISTS}
    units = {name: read for name, (_, read) in large.items()}
    assert units == pytest.approx({name: read for name, (_, read) in small.items()}, rel=0.1)


def test_what_fits_nowhere_is_looked_for_in_bounds(desk: Desk) -> None:
    filled(1000)
    wanted = PaymentsQuery.model_validate({'sum_to': 1})
    with watched() as seen:
        page = service.list_payments(wanted, by=desk.dispatcher)
    assert (page.items, seen.calls) == ([], ['Query'] * 4)
    assert page.next_cursor is not None


def test_entering_a_payment_takes_few_calls(till: Till) -> None:
    invoice_id = till.invoice()
    number = int(invoice_id.partition('-')[0])
    till.pays(invoice_id)
    with watched() as first:
        assert service.enter(ORGANISATION, number) == 1
    with watched() as again:
        assert service.enter(ORGANISATION, number) == 0
    assert first.calls == ['Query', 'Query', 'GetItem', 'GetItem', 'TransactWriteItems']
    assert again.calls == ['Query', 'Query', 'GetItem']


def test_twenty_hands_enter_a_payment_once(till: Till) -> None:
    invoice_id = till.invoice()
    number = int(invoice_id.partition('-')[0])
    till.pays(invoice_id)

    def enter() -> None:
        with suppress(ChangedMeanwhile, Contended):  # the queue brings it again
            service.enter(ORGANISATION, number)

    at_once([enter] * 20)
    [entry] = repository.entries(ORGANISATION, number)
    assert entry.state == 'awaited'


@pytest.mark.parametrize('payments', [2, 12])
def test_a_day_is_compared_with_one_query_a_payment_and_few_calls_a_page(till: Till, payments: int) -> None:
    for _ in range(payments):
        invoice_id = till.invoice()
        till.pays(invoice_id)
        service.enter(ORGANISATION, int(invoice_id.partition('-')[0]))
    [known] = [one for one in repository.entries(ORGANISATION, 1)]
    shop = ShopName(legal_entity_id=known.legal_entity_id, provider=known.provider, shop_id=known.shop_id)
    job = life.begun('r', ORGANISATION, shop, clock.now().date(), ZoneInfo('UTC'), clock.now())
    started = ReconciliationStarted.of(job, clock.now())
    dynamo.send(repository.starting(job, started))
    with watched() as seen:
        service.work(started)
    done = dynamo.get(repository.reading(ORGANISATION, 'r'))
    assert (done.status, done.differences, done.theirs, done.ours) == ('done', 0, payments, payments)
    counted = Counter(seen.calls)
    # What was found, what was met, the day of ours, what went back by other hands; the job, and for each of
    # his two lists the keys.
    assert counted == {'Query': payments + 4, 'GetItem': 3, 'TransactWriteItems': 3}
