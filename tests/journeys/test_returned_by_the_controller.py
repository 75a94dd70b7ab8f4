"""Somebody looks at the work before it is called done."""

import pytest

from tests.journeys.company import Company
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


@pytest.mark.proves('REQ-089', 'REQ-125', 'NTF-003', 'NTF-004', 'NTF-009', 'NTF-032')
@pytest.mark.proves('R13', 'R14', 'R15', 'AMB-02', 'AMB-13')
def test_the_controller_gives_the_work_back_and_then_completes_it(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ksenia = company.hires('Контролёва Ксения', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (ksenia, ivan, pyotr):
        person.takes_push()

    number = pyotr.orders(plumbing)
    darya.assigns(number, ivan)
    ivan.starts(number)
    with refused('ControllerNeeded'):
        ivan.does('check', number)
    darya.does('assign', number, controller_id=ksenia.id)
    ksenia.hears(number, 'named_controller', 'Вас назначили контролёром')
    with refused('ControllerMustCheck'):
        ivan.does('complete', number)

    ivan.does('check', number)
    ksenia.hears(number, 'quality_control_needed', 'Необходимо провести контроль качества')
    with refused('NotTheController'):
        ivan.does('complete', number)
    with refused('NotTheController'):
        darya.does('return', number)

    ksenia.does('return', number, comment='Кран качается')
    ivan.hears(number, 'status_changed', 'возвращена на доработку')
    assert darya.happened(number, 'RequestReturned')[0]['comment'] == 'Кран качается'
    ivan.does('check', number)
    ksenia.does('complete', number)
    ivan.hears(number, 'status_changed', 'выполнена')
    pyotr.hears(number, 'rating_asked')
    assert darya.status_of(number) == 'done'

    company.settles()
    assert ksenia.notices(number) == ['request_created', 'named_controller'] + ['quality_control_needed'] * 2
    assert ivan.notices(number) == ['assigned', 'status_changed', 'status_changed']
    # To the resident the work goes on until it is done, and who checks it is no business of his.
    assert pyotr.notices(number) == ['request_started', 'rating_asked']
    assert 'качается' not in str(pyotr.sees(number))
