"""An executor leaves an important word for his colleagues; the resident hears nothing of it."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Employee, refused

pytestmark = pytest.mark.journey


def labels(employee: Employee, number: int) -> list[str]:
    lines = employee.call('GET', '/v1/staff/requests?tab=all&limit=100')['items']
    found: list[str] = next(line['labels'] for line in lines if line['number'] == number)
    return found


@pytest.mark.proves('COM-001', 'COM-002', 'COM-006', 'COM-007', 'COM-009', 'COM-011', 'NTF-011', 'NTF-032')
def test_an_important_comment_reaches_the_crew_and_leads_the_list_until_it_is_seen(company: Company) -> None:
    plumbing = company.offers(assignees_max=2)
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan, stepan = company.hires('Иванов Иван'), company.hires('Степанов Степан')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (ivan, stepan, pyotr):
        person.takes_push()
    number = pyotr.orders(plumbing)
    darya.starts(number, ivan, stepan)
    later = pyotr.orders(plumbing, 'Засор')
    eventually(lambda: darya.lists('all') == [later, number])

    with refused('NotDecent'):
        ivan.does('comments', number, text=' ')
    ivan.does('comments', number, text='Перекрыт стояк, без меня не открывать!', is_important=True)
    stepan.hears(number, 'comment_added', 'Важный комментарий')
    eventually(lambda: darya.lists('all') == [number, later])
    assert labels(darya, number) == ['important_comment']

    assert darya.card(number)['labels'] == []
    eventually(lambda: labels(darya, number) == [])
    (comment,) = darya.call('GET', f'/v1/staff/requests/{number}/comments')['items']
    assert (comment['author'], comment['is_important']) == ('Иванов Иван', True)
    company.settles()
    assert ivan.pushes(number, 'comment_added') == []
    assert 'стояк' not in str([pyotr.sees(number), pyotr.list_of_notices(), pyotr.pushes(number)])
