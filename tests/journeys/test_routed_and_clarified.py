"""A wall is to be moved: somebody approves it first, and asks."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


@pytest.mark.proves('REQ-088', 'REQ-112', 'REQ-114', 'REQ-011', 'REQ-012', 'NTF-010', 'NTF-032', 'SVC-012')
@pytest.mark.proves('R3', 'R4', 'R5', 'R6', 'AMB-14')
def test_a_routed_request_is_asked_about_and_approved(company: Company) -> None:
    rebuilding = company.offers('Согласование перепланировки', is_routed=True)
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    denis = company.hires('Денисов Денис', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    anna, pyotr = company.administrator, company.resident('Петров', 'Пётр')
    for person in (anna, darya, denis, ivan, pyotr):
        person.takes_push()

    number = pyotr.orders(rebuilding, 'Снести стену')
    darya.hears(number, 'request_created', 'Требуется согласование')
    # Her role is not told of new requests, but she may approve.
    anna.hears(number, 'status_changed', 'ожидает согласования')
    assert (darya.status_of(number), darya.lists('new'), darya.counts_new()) == ('approval', [], 0)
    with refused('MoveNotAllowed'):
        pyotr.does('cancel', number)
    with refused('MoveNotAllowed'):
        darya.starts(number, ivan)
    with refused('PermissionMissing'):
        company.hires('Новикова Ника', 'community-manager').does('approve', number)

    darya.does('clarify', number, comment='Она несущая?')
    asked = pyotr.hears(number, 'clarification_asked', 'ответьте нам')
    assert 'несущая' not in asked
    assert pyotr.sees(number)['actions'] == ['answer']
    pyotr.does('answer', number, text='Нет, из гипсокартона')
    for approver in (anna, darya, denis):
        approver.hears(number, 'status_changed', 'получено уточнение')
    given = darya.happened(number, 'ClarificationGiven')[0]
    assert (given['author'], given['details']['answer']) == (None, 'Нет, из гипсокартона')

    darya.does('approve', number)
    denis.hears(number, 'request_approved', 'согласована')
    eventually(lambda: darya.lists('new') == [number])
    assert (darya.status_of(number), darya.counts_new()) == ('waiting', 1)
    darya.starts(number, ivan)
    pyotr.hears(number, 'request_started')

    company.settles()
    assert darya.notices(number) == ['request_created', 'status_changed']
    assert denis.notices(number) == ['request_created', 'status_changed', 'request_approved']
    assert ivan.notices(number) == ['assigned']
    assert pyotr.notices(number) == ['clarification_asked', 'request_started']
