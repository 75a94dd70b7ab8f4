"""What an offering promises, as the clock of a request keeps it; and what another offering changes."""

from datetime import timedelta

import pytest

from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import OfferingChanges
from chalicelib.requests import service
from tests.make import catalogue as make_catalogue
from tests.requests.conftest import STAFF, crew_of, history

LIMIT = timedelta(hours=4)


@pytest.fixture
def clocks(house, call):
    """`clocks(number)`: verdict and end of its two clocks."""

    def read(number):
        sla = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body['sla']
        return [(sla[name]['verdict'], sla[name]['until']) for name in ('reaction', 'execution')]

    return read


@pytest.mark.proves('AMB-20', 'SLA-006')
@pytest.mark.parametrize(
    ('switch', 'meanwhile', 'until'),
    [
        ({}, 'breached', '2026-11-23T13:00:00.000Z'),
        ({'does_suspension_stop_clock': True}, 'pending', '2026-11-23T22:00:00.000Z'),
    ],
)
def test_suspended_time_counts_unless_the_offering_leaves_it_out(
    house, ordered, step, time, clocks, switch, meanwhile, until
):
    offering = make_catalogue.offering(
        name='Дверь', execution=LIMIT, department_id=house.plumbers, assignees_max=4, **switch
    )
    house.offerings['door'] = offering.id
    number = ordered('door')
    step(number, 'start', crew_of(house, 0))
    time.advance(hours=1)
    step(number, 'suspend', {'comment': 'ждём замок', 'resume_until': '2026-11-30'})
    time.advance(hours=9)
    service.sweep()
    assert clocks(number)[1][0] == meanwhile
    step(number, 'start')
    assert clocks(number)[1] == (meanwhile, until)


@pytest.mark.proves('AMB-28', 'SLA-008')
@pytest.mark.parametrize(
    ('late', 'verdict'), [(timedelta(0), 'observed'), (timedelta(milliseconds=1), 'breached')]
)
def test_at_the_limit_is_in_time_and_after_it_late_also_before_the_sweep_has_come(
    ordered, house, step, time, clocks, late, verdict
):
    number = ordered()
    time.move(time.at + timedelta(hours=1) + late)
    step(number, 'start', crew_of(house, 0))
    time.move(time.at + LIMIT + late)
    step(number, 'complete')
    assert [one for one, _ in clocks(number)] == [verdict, verdict]


@pytest.fixture
def edited(house, call):
    """Gives the request another offering."""

    def edit(number, **changes):
        offering = make_catalogue.offering(name='Другая', department_id=house.plumbers, **changes)
        answer = call('PATCH', f'{STAFF}/{number}', {'offering_id': offering.id}, by=house.dispatcher)
        assert answer.status_code == 200, answer.json_body

    return edit


@pytest.mark.proves('AMB-25')
def test_another_offering_moves_the_deadlines_from_the_same_beginnings(
    house, ordered, step, time, clocks, edited
):
    number = ordered()
    time.advance(hours=2)
    service.sweep()
    step(number, 'start', crew_of(house, 0))
    assert clocks(number) == [
        ('breached', '2026-11-23T10:00:00.000Z'), ('pending', '2026-11-23T15:00:00.000Z'),
    ]  # fmt: skip
    time.advance(minutes=30)
    edited(number, reaction=3 * LIMIT, execution=2 * LIMIT)
    until = '2026-11-23T19:00:00.000Z'
    assert clocks(number) == [('breached', '2026-11-23T10:00:00.000Z'), ('pending', until)]
    time.advance(hours=5)
    service.sweep()
    assert clocks(number)[1] == ('pending', until)
    time.advance(hours=2, minutes=30, milliseconds=1)
    service.sweep()
    assert clocks(number)[1] == ('breached', until)


@pytest.mark.proves('AMB-25', 'AMB-28')
def test_another_offering_does_not_undo_what_was_late_before_the_sweep_came(
    house, call, ordered, step, time, clocks, edited
):
    number = ordered()
    step(number, 'start', crew_of(house, 0))
    time.move(time.at + LIMIT + timedelta(milliseconds=1))
    edited(number, execution=9 * LIMIT)
    assert clocks(number)[1] == ('breached', '2026-11-23T13:00:00.000Z')
    told = [entry['type'] for entry in history(call, house, number)]
    assert told[-2:] == ['ExecutionBreached', 'RequestEdited']
    service.sweep()
    assert len(history(call, house, number)) == len(told)


@pytest.mark.proves('AMB-25')
def test_a_reaction_that_was_not_promised_when_the_work_began_is_not_waited_for(
    house, ordered, step, time, clocks, edited
):
    number = ordered('single', department_id=house.plumbers)
    waiting = ordered('single', department_id=house.plumbers)
    step(number, 'start', crew_of(house, 0))
    time.advance(minutes=30)
    edited(number, reaction=LIMIT)
    edited(waiting, reaction=LIMIT)
    assert clocks(number)[0] == (None, None)
    assert clocks(waiting)[0] == ('pending', '2026-11-23T13:00:00.000Z')


@pytest.mark.proves('AMB-40', 'REQ-118', 'REQ-119')
@pytest.mark.parametrize('how', ['lowered', 'another'])
def test_a_lower_maximum_keeps_the_assignees_and_bars_adding(house, call, ordered, step, how, edited):
    number = ordered()
    step(number, 'assign', crew_of(house, 0, 1, 2))
    if how == 'lowered':
        fewer = OfferingChanges.model_validate({'assignees_max': 1})
        catalogue.change(house.offerings['plumbing'], fewer, by=house.dispatcher)
    else:
        edited(number)

    def assignees():
        card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
        return [one['id'] for one in card['management']['assignees']]

    assert assignees() == [house.crew[n].id for n in range(3)]
    for chosen in ((0, 1, 2, 3), (0, 3)):
        refused = step(number, 'assign', crew_of(house, *chosen))
        assert (refused.status_code, refused.json_body['code']) == (422, 'TooManyAssignees')
    assert step(number, 'assign', crew_of(house, 0, 1)).status_code == 200
    assert assignees() == [house.crew[n].id for n in range(2)]


@pytest.mark.proves('AMB-40')
def test_another_department_is_given_with_people_of_its_own(house, ordered, step):
    number = ordered()
    step(number, 'assign', crew_of(house, 0))
    [other] = house.cleaner.department_ids
    refused = step(number, 'assign', {'department_id': other})
    assert (refused.status_code, refused.json_body['code']) == (422, 'EmployeeOutsideDepartment')
    chosen = step(number, 'assign', {'department_id': other, 'assignee_ids': [house.cleaner.id]})
    assert [one['id'] for one in chosen.json_body['management']['assignees']] == [house.cleaner.id]
