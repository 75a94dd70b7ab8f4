"""A manager reads in figures how the work goes; who may not see requests does not see them counted."""

from datetime import timedelta

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Answer, Employee, Refusal

pytestmark = pytest.mark.journey

DASHBOARD = '/v1/staff/dashboard'


def reads(employee: Employee, part: str = '', **query: str) -> Answer:
    """The dashboard, or a part of it, of yesterday, today and tomorrow."""
    today, day = employee.company.now().date(), timedelta(days=1)
    query |= {'since': str(today - day), 'until': str(today + day)}
    asked = '&'.join(f'{name}={value}' for name, value in query.items())
    told: Answer = employee.call('GET', f'{DASHBOARD}{part}?{asked}')
    return told


def lines(employee: Employee, by: str) -> dict[str, Answer]:
    """The breakdown, by the names of what it is by."""
    told: list[Answer] = reads(employee, '/breakdown', by=by)['items']
    assert len({line['name'] for line in told}) == len(told)
    return {line['name']: line for line in told}


def statuses(told: Answer) -> dict[str, int]:
    """How many requests there are in each status that has any."""
    return {status: number for status, number in told['now']['statuses'].items() if number}


def waits_for(employee: Employee, **expected: int) -> Answer:
    """The dashboard once it has shown so many requests in each status, and no other."""
    eventually(lambda: statuses(reads(employee)) == expected)
    # Days are read before the present: what was counted between the two is whole at the next look.
    return reads(employee)


@pytest.mark.proves('REQ-007')
def test_a_manager_sees_how_it_stands_and_what_was_kept(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H', execution='PT4H', assignees_max=2)
    electrics = company.offers('Вызов электрика')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan, stepan = company.hires('Иванов Иван'), company.hires('Степанов Степан')
    marina = company.hires('Маркова Марина', 'community-manager')
    pyotr = company.resident('Петров', 'Пётр')
    assert reads(marina)['now']['total'] == 0

    done, regretted = pyotr.orders(plumbing), pyotr.orders(plumbing, 'Засор')
    begun, late = pyotr.orders(electrics, 'Нет света'), pyotr.orders(plumbing, 'Шумит труба')
    pyotr.does('cancel', regretted)
    darya.starts(done, ivan, stepan)
    darya.starts(begun, stepan)
    company.passes(minutes=30)
    ivan.does('complete', done)
    pyotr.rates(done, 4)
    company.passes(darya.card(late)['sla']['reaction']['until'])
    company.passes(minutes=1)
    eventually(lambda: reads(marina)['totals']['reaction_broken'] and reads(marina)['totals']['ratings'])

    told = waits_for(marina, waiting=1, in_progress=1, done=1, cancelled=1)
    assert (told['now']['open'], told['now']['total']) == (2, 4)
    totals = told['totals']
    assert (totals['created'], totals['done'], totals['cancelled']) == (4, 1, 1)
    assert (totals['reaction_kept'], totals['reaction_broken']) == (1, 1)
    assert (totals['execution_kept'], totals['execution_broken']) == (1, 0)
    assert (totals['ratings'], totals['mean_rating']) == (1, 4.0)
    assert totals['mean_reaction'].startswith('PT')
    assert totals['mean_execution'][:4] in ('PT30', 'PT31', 'PT32', 'PT33')  # by the machine's pace
    assert len(told['days']) == 3
    assert sum(day['created'] for day in told['days']) == 4

    offerings = lines(marina, 'offering')
    assert {name: line['figures']['created'] for name, line in offerings.items()} == {
        'Вызов сантехника': 3,
        'Вызов электрика': 1,
    }
    assert offerings['Вызов сантехника']['figures']['mean_rating'] == 4.0
    buildings = lines(marina, 'building')
    assert {name: (line['now']['open'], line['now']['total']) for name, line in buildings.items()} == {
        'ул. Мира, 5': (2, 4)
    }
    # Both did the work that is done, and it is counted for each of them.
    executors = lines(marina, 'executor')
    assert {name: statuses(line) for name, line in executors.items()} == {
        'Иванов Иван': {'done': 1},
        'Степанов Степан': {'done': 1, 'in_progress': 1},
    }
    assert {name: line['figures']['mean_rating'] for name, line in executors.items()} == {
        'Иванов Иван': 4.0,
        'Степанов Степан': 4.0,
    }


@pytest.mark.proves('REQ-139')
def test_what_is_taken_back_is_taken_off_the_dashboard(company: Company) -> None:
    plumbing, pyotr = company.offers(execution='PT4H'), company.resident('Петров', 'Пётр')
    darya, ivan = company.hires('Дмитриева Дарья', 'dispatcher'), company.hires('Иванов Иван')
    number = pyotr.orders(plumbing)
    darya.starts(number, ivan)
    ivan.does('complete', number)
    pyotr.rates(number, 2, 'Опять течёт')
    eventually(lambda: reads(darya)['totals']['mean_rating'] == 2.0)

    pyotr.does('reopen', number, comment='Опять течёт')
    told = waits_for(darya, reopened=1)
    assert (told['totals']['done'], told['now']['open']) == (0, 1)
    darya.starts(number)
    ivan.does('complete', number)
    pyotr.rates(number, 5)
    eventually(lambda: reads(darya)['totals']['mean_rating'] == 5.0)
    told = waits_for(darya, done=1)
    assert (told['totals']['done'], told['totals']['ratings'], told['now']['open']) == (1, 1, 0)


def test_figures_are_of_what_one_may_see(company: Company) -> None:
    plumbing, pyotr = company.offers(), company.resident('Петров', 'Пётр')
    ivan = company.hires('Иванов Иван')
    other = company.made('buildings', name='ул. Мира, 7', address='г. Тверь, ул. Мира, 7')['id']
    inner = {'channel': 'internal', 'offering_id': plumbing, 'form': {'problem': 'Не горит лампа'}}
    company.made('requests', building_id=other, **inner)
    pyotr.orders(plumbing)
    pyotr.orders(plumbing, 'Засор')
    waits_for(company.administrator, waiting=3)
    buildings = lines(company.administrator, 'building')
    assert {name: line['now']['total'] for name, line in buildings.items()} == {
        'ул. Мира, 5': 2,
        'ул. Мира, 7': 1,
    }

    nadya = company.hires('Надеждина Надежда', 'dispatcher')
    company.administrator.call('PATCH', f'/v1/staff/employees/{nadya.id}', {'places': [other]})
    assert statuses(reads(nadya)) == {'waiting': 1}
    assert list(lines(nadya, 'building')) == ['ул. Мира, 7']

    breakdown = {'part': '/breakdown', 'by': 'offering'}
    for asked in ({}, breakdown):
        with pytest.raises(Refusal) as refusal:
            reads(ivan, **asked)
        assert (refusal.value.status, refusal.value.code) == (403, 'PermissionMissing')
