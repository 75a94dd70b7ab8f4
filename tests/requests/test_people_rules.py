"""Who does the work and how much of it, and what residents think of it."""

from datetime import timedelta

import pytest

from chalicelib.requests.model import refusals as no
from chalicelib.requests.model.request import Rating
from chalicelib.requests.model.status import Status
from chalicelib.requests.rules import people, rating
from chalicelib.staff.model import Employee
from tests.conftest import NOON
from tests.make import requests as make

LATER = NOON + timedelta(hours=1)


@pytest.mark.proves('REQ-121', 'REQ-122')
@pytest.mark.parametrize(
    'open_requests, colour', [(0, 'green'), (5, 'green'), (6, 'yellow'), (10, 'yellow'), (11, 'red')]
)
def test_the_colour_of_a_load(open_requests, colour):
    assert people.load_of(open_requests) == colour


def worker(id, *departments, **changes):
    return Employee(
        id=id,
        organisation='demo',
        name=id.title(),
        phone='+79160000000',
        role_id='executor',
        department_ids=departments,
        **changes,
    )


@pytest.mark.proves('REQ-115', 'REQ-116', 'REQ-117', 'REQ-118', 'REQ-119')
def test_assignees_are_active_of_the_department_and_within_the_maximum():
    request = make.request()
    crew = [worker(f'w{n}', 'plumbers') for n in range(5)]
    assert people.assigned(request, 'plumbers', crew[:4], 4).assignee_ids == ('w0', 'w1', 'w2', 'w3')
    for chosen, most, department, refusal in [
        (crew[:2], 1, 'plumbers', no.TooManyAssignees),
        (crew, 4, 'plumbers', no.TooManyAssignees),
        (crew, 9, 'plumbers', no.TooManyAssignees),
        ([worker('x', 'cleaners')], 4, 'plumbers', no.EmployeeOutsideDepartment),
        ([worker('x', 'plumbers', state='dismissed')], 4, 'plumbers', no.EmployeeDismissed),
        (crew[:1], 4, None, no.DepartmentNeeded),
    ]:
        with pytest.raises(refusal):
            people.assigned(request, department, chosen, most)


@pytest.mark.proves('AMB-40')
def test_a_lowered_maximum_keeps_those_named_before_but_blocks_adding():
    request = make.request(assignees=(make.IVAN, make.OLGA), department_id='plumbers')
    both = [worker('ivan', 'plumbers'), worker('olga', 'plumbers')]
    assert people.assigned(request, 'plumbers', both, 1).assignee_ids == ('ivan', 'olga')
    with pytest.raises(no.TooManyAssignees):
        people.assigned(request, 'plumbers', [*both, worker('third', 'plumbers')], 1)


@pytest.mark.proves('AMB-04')
@pytest.mark.parametrize('status', ['in_progress', 'quality_control'])
def test_work_in_progress_keeps_its_last_assignee(status):
    request = make.request(Status(status), assignees=(make.IVAN,), department_id='plumbers')
    with pytest.raises(no.LastAssigneeNeeded):
        people.assigned(request, 'plumbers', [], 4)


@pytest.mark.proves('REQ-134', 'REQ-135', 'REQ-136', 'REQ-140', 'AMB-49')
@pytest.mark.parametrize(
    'points, comment, ok',
    [(1, '', False), (2, ' ', False), (3, '', True), (5, '', True), (1, 'грязно', True)],
)
def test_low_ratings_are_explained(points, comment, ok):
    done = make.request(Status.DONE, done_at=NOON)
    if ok:
        assert rating.rated(done, points, comment, LATER).rating == Rating(
            points=points, comment=comment, at=LATER
        )
    else:
        with pytest.raises(no.RatingCommentNeeded):
            rating.rated(done, points, comment, LATER)


@pytest.mark.proves('AMB-49')
@pytest.mark.parametrize('status', sorted(set(Status) - {Status.DONE}))
def test_only_done_work_is_rated(status):
    with pytest.raises(no.NotRateable):
        rating.rated(make.request(status), 5, '', NOON)
