"""The lists of «ЮKassa»: what a shop made in a time, page by page, whoever asked for it."""

from datetime import timedelta

import pytest

from chalicelib.billing.gateway import ProviderAway, yookassa
from chalicelib.billing.model.provider import PaymentStatus, RefundStatus
from tests.billing.yookassa import back, paid, shop, wanted
from tests.conftest import NOON

DAY = timedelta(days=1)


def all_of(listed, since=NOON - DAY, before=NOON + DAY):
    found, cursor, pages = [], None, 0
    while True:
        page = listed(since, before, cursor)
        found += page.items
        cursor, pages = page.cursor, pages + 1
        if cursor is None:
            return found, pages


def test_payments_are_listed_page_by_page_the_youngest_first(sandbox, time, monkeypatch):
    monkeypatch.setattr(yookassa, 'PAGE', 2)
    for place in range(5):
        shop().create_payment(wanted(f'att-{place}'))
        time.advance(minutes=1)
    found, pages = all_of(shop().list_payments)
    assert [one.attempt_id for one in found] == [f'att-{place}' for place in (4, 3, 2, 1, 0)]
    assert pages == 3
    assert {one.status for one in found} == {PaymentStatus.PENDING}


def test_a_time_has_its_beginning_and_not_its_end(sandbox, time):
    for place in range(3):
        shop().create_payment(wanted(f'att-{place}'))
        time.advance(hours=1)
    found, _ = all_of(shop().list_payments, NOON + timedelta(hours=1), NOON + timedelta(hours=2))
    assert [one.attempt_id for one in found] == ['att-1']
    assert all_of(shop('200600').list_payments) == ([], 1)


def test_refunds_are_listed_with_the_payment_they_are_of(sandbox, time):
    payment = paid(sandbox)
    shop().refund(back(payment))
    [one], _ = all_of(shop().list_refunds)
    assert (one.refund_id, one.status, one.amount) == ('ref-1', RefundStatus.SUCCEEDED, payment.amount)
    assert (one.payment_external_id, one.created_at) == (payment.external_id, NOON)


def test_what_another_program_made_has_no_id_of_ours(sandbox, time):
    made = paid(sandbox)
    sandbox.wish(alter={'payment': made.external_id, 'metadata': {}})
    [one], _ = all_of(shop().list_payments)
    assert (one.external_id, one.attempt_id) == (made.external_id, None)


@pytest.mark.parametrize('how', ['500', '502', 'hang_up', 'garbage', '429'])
def test_a_list_that_is_not_told_is_asked_for_again(sandbox, time, how):
    sandbox.wish(fail={'how': how, 'times': 1, 'method': 'GET', 'path': '/payments'})
    with pytest.raises(ProviderAway):
        shop().list_payments(NOON - DAY, NOON + DAY)
    assert shop().list_payments(NOON - DAY, NOON + DAY).items == ()
