"""What clients and employees hear of money that goes back."""

import pytest

from chalicelib.billing import events as said
from chalicelib.kit.caller import Audience
from chalicelib.staff.model import NotificationKind
from tests.make import clients as make_clients
from tests.make import notifications as make
from tests.notifications.conftest import inbox, kinds

pytestmark = pytest.mark.usefixtures('organisation')
RETURNED = NotificationKind.MONEY_RETURNED
ABOUT = '№ 17 «Сантехник» (ул. Мира, 5)'


@pytest.mark.proves('NTF-023', 'REF-024')
@pytest.mark.parametrize(
    ('event', 'kind', 'text'),
    [
        (said.RefundApproved, 'refund_approved',
         f'Мы возвращаем вам 1\xa0250,00\xa0₽ по заявке {ABOUT}.'
         ' Деньги придут туда, откуда вы платили, за 5–10 рабочих дней.'),
        (said.RefundRejected, 'refund_rejected',
         f'В возврате денег по заявке {ABOUT} отказано. Причина: Работа сделана'),
        (said.RefundCompleted, 'refund_completed',
         f'Возврат 1\xa0250,00\xa0₽ по заявке {ABOUT} отправлен в ваш банк.'),
    ],
)  # fmt: skip
def test_the_client_hears_of_each_turn_of_his_refund_by_push(announce, sent, event, kind, text):
    client = make_clients.client()
    announce(event, client=client.id, by=make.employee_actor('e1'))
    [notice] = inbox(client.id, Audience.RESIDENT).items
    assert (notice.kind, notice.number, notice.text) == (kind, 17, text)
    [push] = [one for one in sent('push') if one.to == f'resident:{client.id}']
    assert (push.text, push.data['type']) == (text, kind)


@pytest.mark.proves('NTF-024', 'REF-021', 'REF-031')
def test_why_it_was_rejected_is_told_to_the_client_and_why_it_was_made_never(announce, sent):
    client = make_clients.client()
    announce(said.RefundRejected, client=client.id, rejection='Кран исправен')
    announce(said.RefundApproved, client=client.id, reason='Мастер нагрубил')
    told = [one.text for one in (*inbox(client.id, Audience.RESIDENT).items, *sent('push'))]
    assert ['Кран исправен' in text for text in told].count(True) == 2
    assert not any('нагрубил' in text for text in told)


@pytest.mark.proves('AMB-70', 'NTF-019', 'REF-027')
def test_who_ticks_it_hears_that_money_is_asked_back_and_that_it_went_back(who_ticks, announce, sent):
    accountant, deaf = who_ticks(RETURNED), who_ticks(NotificationKind.PAYMENT_RECEIVED)
    for event, status in ((said.RefundRequested, 'requested'), (said.RefundCompleted, 'completed')):
        announce(event, client=make_clients.client().id, refund_status=status)
    assert kinds(accountant.id) == ['money_returned'] * 2
    assert {one.text for one in inbox(accountant.id).items} == {
        f'Клиент просит вернуть 1\xa0250,00\xa0₽ по заявке {ABOUT}.',
        f'По заявке {ABOUT} клиенту возвращено 1\xa0250,00\xa0₽.',
    }
    assert [push.to for push in sent('push')].count(f'staff:{accountant.id}') == 2
    assert kinds(deaf.id) == []
