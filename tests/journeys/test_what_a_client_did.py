"""A resident orders, signs in again and rates; the dispatcher reads what he did."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey


@pytest.mark.proves('ACTV-001', 'ACTV-003', 'ACTV-004', 'ACTV-005')
def test_the_activity_of_a_client_is_read_beside_his_request_and_on_his_card(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    number, other = pyotr.orders(plumbing), pyotr.orders(plumbing, 'Засор')
    pyotr.does('cancel', other)
    darya.starts(number, ivan)
    ivan.does('complete', number)
    pyotr.rates(number, 5, 'Быстро и чисто')

    def activity(path: str) -> list[tuple[str, int | None]]:
        lines = darya.call('GET', f'/v1/staff/{path}')['items']
        return [(line['kind'], line['number']) for line in lines]

    about = f'requests/{number}/activity?only=request'
    eventually(lambda: ('request_rated', number) in activity(about))
    company.settles()
    assert activity(about) == [('request_rated', number), ('request_created', number)]
    assert activity(f'requests/{number}/activity') == [
        ('request_rated', number),
        ('request_cancelled', other),
        ('request_created', other),
        ('request_created', number),
        ('signed_in', None),
        ('home_given', None),
        ('client_added', None),
    ]
    assert activity(f'clients/{pyotr.id}/activity') == activity(f'requests/{number}/activity')
    titles = [line['title'] for line in darya.call('GET', f'/v1/staff/{about}')['items']]
    assert titles[0] == f'Оценена заявка № {number} «Вызов сантехника»: 5 баллов'
