"""The table of who is told of what, its words, and the rule of the bus that must agree with it."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.notifications import rules
from chalicelib.notifications.model import ResidentKind, first_id, id_of
from chalicelib.notifications.service import wording
from chalicelib.requests import events as said
from chalicelib.requests.model.status import Status
from chalicelib.staff.model import NotificationKind
from tests.conftest import NOON
from tests.make import notifications as make
from tests.world import template

MOSCOW = ZoneInfo('Europe/Moscow')

TOLD = """
RequestCreated        | (assigned: assignees) (named_controller: controller) request_created: everybody status_changed: approvers | request_registered
AssigneesChanged      | assigned: added
ControllerNamed       | named_controller: controller
RequestEdited         | request_changed: assignees
RequestApproved       | request_approved: everybody+author+assignees+controller status_changed: assignees+controller
ClarificationAsked    | status_changed: author+assignees+controller | clarification_asked
ClarificationGiven    | status_changed: approvers+assignees+controller
RequestStarted        | (assigned: added) status_changed: assignees+controller | request_started
RequestSuspended      | status_changed: assignees+controller | request_suspended
SuspensionMoved       | | suspension_moved
SuspensionEnding      | suspension_ending: assignees+controller
RequestSentToCheck    | quality_control_needed: controller status_changed: assignees+controller
RequestReturned       | status_changed: assignees+controller
RequestCompleted      | status_changed: assignees+controller
RequestCancelled      | status_changed: assignees+controller | request_cancelled
RequestReopened       | status_changed: assignees+controller | request_reopened
RatingAsked           | | rating_asked
RatingReminded        | | rating_reminded
RequestRated          | request_rated: assignees+controller
RatingChanged         | rating_changed: assignees+controller
CommentAdded          | comment_added: assignees+controller
DeferredMessageHeld   | chat_message_received: writer
MessageSent           | chat_message_received: assignees+controller | message_received
InvoiceIssued         | | invoice_issued
InvoicePaid           | payment_received: everybody+assignees+controller | invoice_paid
RefundRequested       | money_returned: everybody+assignees+controller
RefundApproved        | | refund_approved
RefundRejected        | | refund_rejected
RefundCompleted       | money_returned: everybody+assignees+controller | refund_completed
RefundFailed          | money_returned: everybody+assignees+controller
UnwantedMoneyReturned | | money_returned
UnwantedMoneyStuck    | money_returned: everybody+assignees+controller
ClosingReceiptStuck   | closing_receipt_stuck: accountants
ReconciliationDiffered | reconciliation_differed: accountants
IncidentAnnounced     | | incident_announced
TaskCreated           | task_created: viewers+executor
TaskHandedOver        | task_created: executor
TaskDeadlineNear      | task_deadline_near: executor
ExecutionDeadlineNear | execution_deadline_near: assignees+controller
ExecutionBreached     | execution_breached: everybody+assignees+controller
"""  # noqa: E501


def _written(line: rules.Line) -> str:
    notices = [
        ('({}: {})' if notice.is_left_out else '{}: {}').format(notice.kind, '+'.join(notice.audiences))
        for notice in line.staff
    ]
    return ' | '.join([line.event.__name__, ' '.join(notices), *([line.resident] if line.resident else [])])


@pytest.mark.proves('NTF-002', 'NTF-009', 'AMB-75')
def test_the_table_is_as_agreed():
    told = [' | '.join(part.strip() for part in line.split('|')) for line in TOLD.strip().splitlines()]
    assert [_written(line) for line in rules.TABLE] == told


def test_every_event_has_one_line_and_every_kind_about_requests_is_told():
    assert len(rules.LINES) == len(rules.TABLE)
    used = {notice.kind for line in rules.TABLE for notice in line.staff}
    assert used == set(NotificationKind)
    assert {line.resident for line in rules.TABLE} - {None} == set(ResidentKind)


def test_every_move_of_the_status_is_told_to_those_who_have_a_part():
    for move in said.RequestMoved.__subclasses__():
        audiences = {one for notice in rules.LINES[move.__name__].staff for one in notice.audiences}
        assert {rules.Audience.ASSIGNEES, rules.Audience.CONTROLLER} <= audiences, move


@pytest.mark.proves('SLA-011')
def test_a_late_reaction_is_told_to_nobody():
    assert not {'ReactionBreached', 'ReactionObserved'} & rules.LINES.keys()


def test_the_rule_of_the_bus_lists_exactly_the_events_of_the_table():
    rule = template()['Resources']['NotificationsRule']['Properties']
    types = rule['EventPattern']['detail-type']
    assert sorted(types) == sorted(rules.LINES)
    assert rule['EventPattern']['source'] == [{'prefix': 'domovoy.'}]
    sources = {line.event.source for line in rules.TABLE}
    assert sources == {'billing', 'conversations', 'incidents', 'registers', 'requests', 'tasks'}


def _event(kind, **changes):
    return kind.model_validate(make.delivered(kind, at=NOON, **changes).event)


@pytest.mark.parametrize('locale', ['ru', 'en'])
@pytest.mark.parametrize('line', rules.TABLE, ids=lambda line: line.event.__name__)
def test_every_notice_has_its_words_in_every_status(line, locale):
    # Only the events of suspensions lead to that status, and they know its date.
    is_dated = 'resume_until' in line.event.model_fields
    words = []
    for status in Status if is_dated else set(Status) - {Status.SUSPENDED}:
        event = _event(line.event, status=status)
        for notice in line.staff:
            if not notice.is_left_out:
                words += wording.for_staff(notice.kind, event, MOSCOW, locale)
        if line.resident:
            words += wording.for_resident(line.resident, event, MOSCOW, locale)
    assert words
    assert all('17' in text and '{' not in text for text in words)


@pytest.mark.parametrize(
    'points, ending', [(1, '1 балл.'), (2, '2 балла.'), (4, '4 балла.'), (5, '5 баллов.')]
)
def test_points_are_counted_as_russians_count(points, ending):
    event = _event(said.RequestRated, points=points)
    assert wording.for_staff('request_rated', event, MOSCOW, 'ru')[1].endswith(ending)


def test_points_are_counted_in_english_too():
    one, two = (_event(said.RequestRated, points=points) for points in (1, 2))
    assert wording.for_staff('request_rated', one, MOSCOW, 'en')[1].endswith('1 point.')
    assert wording.for_staff('request_rated', two, MOSCOW, 'en')[1].endswith('2 points.')


def test_a_number_is_a_name_and_is_not_grouped():
    title, _ = wording.for_staff('assigned', _event(said.AssigneesChanged, number=12345), MOSCOW, 'ru')
    assert title == 'Заявка № 12345: новое назначение'


def test_ids_follow_the_time_of_their_events():
    early, late = id_of('z', NOON), id_of('a', NOON.replace(hour=10))
    assert early < late
    assert early == id_of('z', NOON)
    assert first_id('2026-11') < early < first_id('2026-12')


def test_a_month_is_forgotten_as_a_whole():
    kept = timedelta(days=180)
    gone = rules.gone_at('2026-11', kept)
    assert gone.isoformat() == '2027-05-30T00:00:00+00:00'
    assert rules.oldest_month(gone - timedelta(milliseconds=1), kept) == '2026-11'
    assert rules.oldest_month(gone, kept) == '2026-12'
