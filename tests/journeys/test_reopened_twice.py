"""The tap drips again, and once more."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import refused

pytestmark = pytest.mark.journey


@pytest.mark.proves('REQ-100', 'REQ-129', 'REQ-135', 'REQ-138', 'REQ-139')
@pytest.mark.proves('REQ-141', 'NTF-013', 'NTF-014', 'NTF-015', 'SLA-006', 'SLA-007', 'SLA-020')
@pytest.mark.proves('R8', 'R18', 'AMB-10', 'AMB-22', 'AMB-23', 'AMB-49')
def test_work_is_taken_back_twice_and_the_first_deadline_stays(company: Company) -> None:
    plumbing = company.offers(execution='PT4H', assignees_max=2)
    company.ticks('executor', request_rated=['push'], rating_changed=['push'])
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan, semyon = company.hires('Иванов Иван'), company.hires('Семёнов Семён')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (darya, ivan, semyon, pyotr):
        person.takes_push()

    number = pyotr.orders(plumbing)
    darya.starts(number, ivan, semyon)
    deadline = darya.card(number)['sla']['execution']['until']
    with refused('NotRateable'):
        pyotr.rates(number, 5)
    ivan.does('complete', number)
    assert darya.card(number)['sla']['execution']['verdict'] == 'observed'
    pyotr.hears(number, 'rating_asked')
    with refused('RatingCommentNeeded'):
        pyotr.rates(number, 2)
    pyotr.rates(number, 2, 'Опять капает')
    for assignee in (ivan, semyon):
        assignee.hears(number, 'request_rated', '2 балла')

    # Taken back within the four hours: the clock goes on, nothing is late.
    pyotr.does('reopen', number)
    ivan.hears(number, 'status_changed', 'переоткрыта')
    assert darya.lists('new') == [number]
    card = darya.card(number)
    assert card['sla']['execution'] == {'until': deadline, 'verdict': 'pending'}
    assert (card['rating']['points'], len(card['management']['assignees'])) == (2, 2)
    with refused('NotRateable'):
        pyotr.rates(number, 4)
    eventually(lambda: company.executions('completion', number)[f'{company.id}-{number}-1'] == 'ABORTED')
    ivan.starts(number)
    ivan.does('complete', number)
    eventually(lambda: len(pyotr.pushes(number, 'rating_asked')) == 2)
    pyotr.rates(number, 4)
    ivan.hears(number, 'rating_changed', 'было 2 балла, стало 4')

    # Taken back when they are over, and when one of the two has left.
    company.administrator.call('POST', f'/v1/staff/employees/{semyon.id}/dismiss')
    company.passes(hours=5)
    pyotr.does('reopen', number)
    crew = [{'id': ivan.id, 'name': ivan.name}]
    eventually(lambda: darya.card(number)['management']['assignees'] == crew)
    dropped = darya.happened(number, 'AssigneesChanged')[-1]
    assert (dropped['author'], dropped['details']['removed']) == (None, [semyon.id])
    card = darya.card(number)
    assert card['sla']['execution'] == {'until': deadline, 'verdict': 'breached'}
    assert card['labels'] == ['execution_breached']
    darya.hears(number, 'execution_breached', 'Нарушен SLA')

    ivan.starts(number)
    ivan.does('complete', number)
    eventually(lambda: len(pyotr.pushes(number, 'rating_asked')) == 3)
    company.settles()
    assert darya.card(number)['labels'] == ['execution_breached']
    verdicts = [one['type'] for one in darya.history(number) if one['type'].startswith('Execution')]
    assert verdicts == ['ExecutionObserved', 'ExecutionObserved', 'ExecutionBreached']
    reopenings = darya.happened(number, 'RequestReopened')
    assert [(one['author'], one['details']['turn']) for one in reopenings] == [(None, 1), (None, 2)]
    assert semyon.pushes(number)[-1]['data']['type'] == 'rating_changed'


@pytest.mark.proves('REQ-101', 'R19', 'AMB-10')
def test_an_offering_may_leave_reopening_to_staff(company: Company) -> None:
    plumbing = company.offers(is_reopenable_by_resident=False)
    ivan, pyotr = company.hires('Иванов Иван'), company.resident('Петров', 'Пётр')
    pyotr.takes_push()
    number = pyotr.orders(plumbing)
    company.administrator.starts(number, ivan)
    ivan.does('complete', number)
    with refused('ReopeningForbidden'):
        pyotr.does('reopen', number)
    company.administrator.does('reopen', number, comment='Сосед снизу жалуется')
    heard = pyotr.hears(number, 'request_reopened')
    assert 'переоткрыли' in heard and 'Сосед' not in heard
