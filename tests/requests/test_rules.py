"""The status machine, line by line, and everything it refuses."""

import itertools
from contextlib import nullcontext
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit.errors import DomainError, Forbidden
from chalicelib.requests.model import refusals as no
from chalicelib.requests.model.status import STANDINGS, Action, Mark, Status
from chalicelib.requests.rules import lifecycle
from chalicelib.staff.model import Permission
from tests.conftest import NOON
from tests.make import requests as make

TABLE = """
R1  create   -               waiting          anyone
R2  create   -               in_progress      anyone      appointment
R3  create   -               approval         anyone      routed
R4  approve  approval        waiting          approver
R4  approve  approval        in_progress      approver    appointment
R5  clarify  approval        clarification    approver
R6  answer   clarification   approval         editor
R6  answer   clarification   approval         resident
R7  start    waiting         in_progress      editor
R8  start    reopened        in_progress      editor
R9  suspend  in_progress     suspended        editor
R10 start    suspended       in_progress      editor
R11 suspend  suspended       suspended        editor
R12 complete in_progress     done             completer
R13 check    in_progress     quality_control  editor
R14 complete quality_control done             controller
R15 return   quality_control in_progress      controller
R16 cancel   waiting         cancelled        canceller
R16 cancel   in_progress     cancelled        canceller
R16 cancel   suspended       cancelled        canceller
R16 cancel   reopened        cancelled        canceller
R16 cancel   approval        cancelled        canceller
R16 cancel   clarification   cancelled        canceller
R16 cancel   quality_control cancelled        canceller
R17 cancel   waiting         cancelled        resident
R18 reopen   done            reopened         resident
R19 reopen   done            reopened         editor
R20 complete waiting         done             incident
R20 complete in_progress     done             incident
R20 complete suspended       done             incident
R20 complete reopened        done             incident
R20 complete quality_control done             incident
R21 start    waiting         in_progress      incident
R21 start    suspended       in_progress      incident
R21 start    reopened        in_progress      incident
R21 start    approval        in_progress      incident
R21 start    clarification   in_progress      incident
R21 start    quality_control in_progress      incident
R21 suspend  waiting         suspended        incident
R21 suspend  in_progress     suspended        incident
R21 suspend  suspended       suspended        incident
R21 suspend  reopened        suspended        incident
R21 suspend  approval        suspended        incident
R21 suspend  clarification   suspended        incident
R21 suspend  quality_control suspended        incident
R21 cancel   waiting         cancelled        incident
R21 cancel   in_progress     cancelled        incident
R21 cancel   suspended       cancelled        incident
R21 cancel   reopened        cancelled        incident
R21 cancel   approval        cancelled        incident
R21 cancel   clarification   cancelled        incident
R21 cancel   quality_control cancelled        incident
"""
LINES = [line.split() for line in TABLE.strip().splitlines()]
LATER = NOON + timedelta(hours=1)


def ready(status: Status, **changes):
    """A request for which every need of every line is met."""
    met = {
        'assignees': (make.IVAN,), 'controller': make.OLGA, 'status_comment': 'так надо',
        'resume_until': LATER, 'marks': frozenset({Mark.DOCUMENT_ATTACHED}), 'done_at': NOON, **changes,
    }  # fmt: skip
    return make.request(status, **met)


CALLERS = {
    'resident': make.resident(),
    'editor': make.employee(Permission.REQUESTS_EDIT),
    'approver': make.employee(Permission.REQUESTS_APPROVE),
    'canceller': make.employee(Permission.REQUESTS_CANCEL),
    'completer': make.employee(Permission.REQUESTS_COMPLETE, id='olga'),
    'controller': make.employee(Permission.REQUESTS_COMPLETE, id='olga'),
}


@pytest.mark.proves('REQ-087', 'REQ-088', 'REQ-089', 'REQ-090', 'REQ-091', 'REQ-102', 'REQ-104', 'REQ-112')
def test_the_machine_is_the_table():
    drawn = sorted(
        (
            m.line,
            m.action,
            m.origin or '-',
            m.target,
            m.who,
            {'_is_booked': 'appointment', '_is_routed': 'routed'}.get(m.when.__name__, ''),
        )
        for m in lifecycle.MOVES
    )
    assert drawn == sorted((*line, '')[:6] for line in LINES)


@pytest.mark.proves('R20', 'R21')
@pytest.mark.parametrize('line', LINES, ids=lambda line: '-'.join(line))
def test_each_line_moves_the_one_it_names(line):
    _, action, origin, target, who, *kind = line
    terms = make.terms(is_appointment='appointment' in kind, is_routed='routed' in kind)
    before = ready(Status.WAITING if origin == '-' else Status(origin), terms=terms)
    if who == 'incident':
        moved, used = lifecycle.carry(before, Action(action), now=NOON)
    else:
        by = CALLERS['editor' if who == 'anyone' else who]
        moved, used = lifecycle.move(before, Action(action), by=by, now=NOON)
    assert (moved.status, used.line) == (target, line[0])


@pytest.mark.proves('REQ-097', 'REQ-100', 'REQ-103', 'AMB-12')
@pytest.mark.parametrize(
    'status, action, who', list(itertools.product(Status, sorted(set(Action) - {Action.CREATE}), CALLERS))
)
def test_every_pair_the_table_does_not_list_is_refused(status, action, who):
    listed = {(line[2], line[1], line[4]) for line in LINES}
    by = CALLERS[who]
    may = (
        {who}
        | ({'completer'} if who == 'controller' else set())
        | ({'controller'} if who == 'completer' else set())
    )
    allowed = any((status, action, name) in listed for name in may)
    try:
        moved, _ = lifecycle.move(ready(status), action, by=by, now=NOON)
    except DomainError as refusal:
        assert not allowed, refusal
        others = {line[4] for line in LINES if (line[2], line[1]) == (status, action)} - {'incident'}
        expected = Forbidden if others - {'resident'} and who != 'resident' else no.MoveNotAllowed
        assert isinstance(refusal, expected)
    else:
        assert allowed
        assert moved.status == next(line[3] for line in LINES if (line[2], line[1]) == (status, action))


@pytest.mark.proves('AMB-12', 'AMB-15')
@pytest.mark.parametrize('status', Status)
@pytest.mark.parametrize('action', ['start', 'suspend', 'complete', 'cancel', 'reopen', 'check'])
def test_an_incident_carries_what_its_lines_name_without_people_or_documents(status, action):
    bare = ready(status, assignees=(), status_comment='', terms=make.terms(is_document_required=True))
    listed = {(line[2], line[1]): line[3] for line in LINES if line[4] == 'incident'}
    if (status, action) in listed:
        moved, _ = lifecycle.carry(bare, Action(action), now=NOON)
        assert moved.status == listed[status, action]
    else:
        with pytest.raises(no.MoveNotAllowed):
            lifecycle.carry(bare, Action(action), now=NOON)


def test_an_incident_does_not_cancel_what_money_is_asked_back_for():
    with pytest.raises(no.RefundPending):
        lifecycle.carry(ready(Status.WAITING, marks={Mark.REFUND_PENDING}), Action.CANCEL, now=NOON)


@pytest.mark.proves('AMB-65', 'AMB-54')
@pytest.mark.parametrize(
    ('option', 'status', 'by_client', 'may'),
    [
        ('always', 'waiting', False, True),
        ('always', 'waiting', True, True),
        ('always', 'in_progress', False, False),
        ('by_client', 'waiting', True, True),
        ('by_client', 'waiting', False, False),
        ('never', 'waiting', True, False),
    ],
)
def test_a_refund_asked_for_bars_a_cancelling_that_does_not_settle_it(option, status, by_client, may):
    terms = make.terms(automatic_refund=option)
    asked = ready(Status(status), marks={Mark.REFUND_PENDING}, terms=terms)
    by = make.resident() if by_client else make.employee()
    with nullcontext() if may else pytest.raises(no.RefundPending):
        lifecycle.move(asked, Action.CANCEL, by=by, now=NOON)


@pytest.mark.proves('AMB-04')
@pytest.mark.parametrize(
    'action, status, changes, refusal',
    [
        pytest.param('start', 'waiting', {'assignees': ()}, no.AssigneeNeeded,
                     marks=pytest.mark.proves('REQ-093')),
        ('start', 'reopened', {'assignees': ()}, no.AssigneeNeeded),
        ('start', 'suspended', {'assignees': ()}, no.AssigneeNeeded),
        ('complete', 'in_progress', {'assignees': (), 'controller': None}, no.AssigneeNeeded),
        ('return', 'quality_control', {'assignees': ()}, no.AssigneeNeeded),
        pytest.param('suspend', 'in_progress', {'resume_until': None}, no.ResumptionDateNeeded,
                     marks=pytest.mark.proves('REQ-095')),
        ('suspend', 'in_progress', {'resume_until': NOON}, no.ResumptionDateInPast),
        pytest.param('suspend', 'in_progress', {'status_comment': ' '}, no.StatusCommentNeeded,
                     marks=pytest.mark.proves('REQ-105')),
        ('suspend', 'suspended', {'resume_until': NOON}, no.ResumptionDateInPast),
        ('cancel', 'in_progress', {'status_comment': ''}, no.StatusCommentNeeded),
        ('cancel', 'waiting', {'marks': frozenset({Mark.REFUND_PENDING})}, no.RefundPending),
        pytest.param('complete', 'in_progress',
                     {'terms': make.terms(is_document_required=True), 'marks': frozenset()},
                     no.DocumentNeeded, marks=pytest.mark.proves('REQ-099')),
        ('check', 'in_progress', {'controller': None}, no.ControllerNeeded),
        ('complete', 'in_progress', {'controller': make.OLGA}, no.ControllerMustCheck),
        ('complete', 'quality_control', {'controller': make.OLGA}, no.NotTheController),
        ('return', 'quality_control', {'controller': make.OLGA}, no.NotTheController),
    ],
)  # fmt: skip
def test_what_a_move_needs(action, status, changes, refusal):
    by = make.employee(id='olga' if 'assignees' in changes else 'dispatcher')
    with pytest.raises(refusal):
        lifecycle.move(ready(Status(status), **changes), Action(action), by=by, now=NOON)


@pytest.mark.proves('REQ-098', 'IAM-016', 'AMB-11')
def test_completing_needs_the_permission_or_tracked_time_of_an_assignee():
    request = ready(Status.IN_PROGRESS, controller=None)
    assignee = make.employee(Permission.REQUESTS_EDIT, id='ivan')
    with pytest.raises(Forbidden):
        lifecycle.move(request, Action.COMPLETE, by=assignee, now=NOON)
    tracked = make.employee(Permission.REQUESTS_EDIT, id='ivan', features=frozenset({'time-tracking'}))
    anybody = make.employee(Permission.REQUESTS_COMPLETE, id='olga')
    for by in (tracked, anybody):
        assert lifecycle.move(request, Action.COMPLETE, by=by, now=NOON)[0].status is Status.DONE
    bystander = make.employee(Permission.REQUESTS_EDIT, id='olga', features=frozenset({'time-tracking'}))
    with pytest.raises(Forbidden):
        lifecycle.move(request, Action.COMPLETE, by=bystander, now=NOON)


@pytest.mark.proves('REQ-101')
def test_a_ban_on_reopening_binds_the_resident_only():
    request = ready(Status.DONE, terms=make.terms(is_reopenable_by_resident=False))
    with pytest.raises(no.ReopeningForbidden):
        lifecycle.move(request, Action.REOPEN, by=make.resident(), now=NOON)
    assert lifecycle.move(request, Action.REOPEN, by=make.employee(), now=NOON)[0].status is Status.REOPENED


def test_reopening_by_the_resident_ends_after_the_organisations_days():
    request = ready(Status.DONE, terms=make.terms(reopening_days=7))
    week = NOON + timedelta(days=7)
    assert lifecycle.move(request, Action.REOPEN, by=make.resident(), now=week)
    with pytest.raises(no.ReopeningTooLate):
        lifecycle.move(request, Action.REOPEN, by=make.resident(), now=week + timedelta(milliseconds=1))


@pytest.mark.proves('CLI-004')
def test_a_blocked_client_may_not_reopen():
    with pytest.raises(no.ClientBlocked):
        lifecycle.move(ready(Status.DONE), Action.REOPEN, by=make.resident(is_blocked=True), now=NOON)


@pytest.mark.proves('REQ-011', 'REQ-120', 'REQ-087')
def test_what_each_status_means_for_lists_and_loads():
    assert {s for s in Status if STANDINGS[s].is_new} == {Status.WAITING, Status.REOPENED}
    assert {s for s in Status if not STANDINGS[s].is_open} == {Status.DONE, Status.CANCELLED}
    colours = {str(status): STANDINGS[status].colour for status in Status if STANDINGS[status].colour}
    assert colours == {
        'waiting': 'red', 'in_progress': 'blue', 'done': 'green', 'suspended': 'grey', 'cancelled': 'yellow',
        'reopened': 'purple',
    }  # fmt: skip


@given(st.lists(st.sampled_from([a for a in Action if a is not Action.CREATE]), max_size=30))
def test_no_walk_ends_outside_the_table(actions):
    request, everyone = ready(Status.WAITING, controller=make.IVAN), make.employee(id='ivan')
    for action in actions:
        try:
            moved, line = lifecycle.move(request, action, by=everyone, now=NOON)
        except DomainError as refusal:
            assert isinstance(refusal, no.MoveNotAllowed)
            continue
        assert request.status is not Status.CANCELLED
        assert (line.origin, line.target) == (request.status, moved.status)
        request = moved
