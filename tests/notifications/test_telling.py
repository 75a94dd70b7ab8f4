"""Who hears of an event, by which channel, in which words; and who does not."""

from datetime import UTC, datetime

import pytest

from chalicelib.requests import events as said
from chalicelib.requests import repository as requests
from chalicelib.requests.model.status import Status
from chalicelib.staff import service as staff
from chalicelib.staff.model import NotificationKind as K
from chalicelib.staff.model import Permission
from tests.make import notifications as make
from tests.make import requests as make_requests
from tests.make import staff as make_staff
from tests.notifications.conftest import EMAIL, inbox, kinds, unread_of

pytestmark = pytest.mark.usefixtures('organisation')


# Everybody whose role ticks the kind and who sees the building


@pytest.mark.proves('NTF-001', 'NTF-006', 'NTF-031', 'AMB-75')
def test_a_new_request_is_told_to_all_who_tick_it_and_see_the_building(who_ticks, announce):
    sees_all = who_ticks(K.REQUEST_CREATED)
    sees_it = who_ticks(K.REQUEST_CREATED, places=('b1',))
    sees_another = who_ticks(K.REQUEST_CREATED, places=('b2',))
    ticks_another = who_ticks(K.ASSIGNED)
    announce(said.RequestCreated, status=Status.WAITING)
    [notice] = inbox(sees_all.id).items
    assert (notice.kind, notice.number, notice.is_read) == ('request_created', 17, False)
    assert notice.title == 'Новая заявка № 17'
    assert notice.text == 'Новая заявка № 17 «Сантехник» (ул. Мира, 5).'
    assert kinds(sees_it.id) == ['request_created']
    assert (kinds(sees_another.id), kinds(ticks_another.id)) == ([], [])


def test_whoever_has_left_is_told_nothing(who_ticks, announce):
    gone = who_ticks(K.REQUEST_CREATED, K.STATUS_CHANGED)
    staff.employees.dismiss(gone.id, by=make_staff.caller())
    announce(said.RequestCreated)
    announce(said.RequestStarted, assignees=[gone.id])
    assert kinds(gone.id) == []


@pytest.mark.proves('NTF-015', 'SLA-009')
def test_a_breach_is_told_to_all_who_tick_it_and_to_the_assignees_once_each(who_ticks, announce, sent):
    head, worker = who_ticks(K.EXECUTION_BREACHED), who_ticks(K.EXECUTION_BREACHED, places=('b2',))
    until = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    announce(said.ExecutionBreached, assignees=[worker.id, head.id], until=until)
    assert (kinds(head.id), kinds(worker.id)) == (['execution_breached'], ['execution_breached'])
    told = [push.to for push in sent('push')]
    assert [told.count(f'staff:{one.id}') for one in (head, worker)] == [1, 1]
    assert inbox(head.id).items[0].text.endswith('Срок истёк 23 ноября 2026 в 18:30.')


# Those who have a part in the request


@pytest.mark.proves('NTF-002', 'REQ-123')
def test_only_the_added_assignee_hears_that_he_is_assigned(who_ticks, announce):
    old, new = who_ticks(K.ASSIGNED), who_ticks(K.ASSIGNED, places=('b2',))
    announce(said.AssigneesChanged, assignees=[old.id, new.id], added=(new.id,))
    assert kinds(old.id) == []
    [notice] = inbox(new.id).items
    assert notice.title == 'Заявка № 17: новое назначение'
    assert notice.text == 'Вас назначили ответственным по заявке № 17 «Сантехник» (ул. Мира, 5).'


def test_whoever_is_assigned_by_the_start_itself_hears_only_that(who_ticks, announce):
    both = (K.ASSIGNED, K.STATUS_CHANGED)
    old, new = who_ticks(*both), who_ticks(*both)
    announce(said.AssigneesChanged, assignees=[old.id, new.id], added=(new.id,))
    announce(said.RequestStarted, assignees=[old.id, new.id], added=(new.id,))
    assert (kinds(old.id), kinds(new.id)) == (['status_changed'], ['assigned'])


@pytest.mark.proves('NTF-003', 'REQ-125')
def test_the_controller_hears_that_he_is_named(who_ticks, announce):
    controller, worker = who_ticks(K.NAMED_CONTROLLER), who_ticks(K.NAMED_CONTROLLER)
    announce(said.ControllerNamed, controller=controller.id, assignees=[worker.id])
    announce(said.ControllerNamed, controller=None, assignees=[worker.id])
    assert (kinds(controller.id), kinds(worker.id)) == (['named_controller'], [])
    assert inbox(controller.id).items[0].text.startswith('Вас назначили контролёром по заявке № 17')


@pytest.mark.proves('NTF-004')
def test_quality_control_is_asked_of_the_controller_and_told_to_the_assignees(who_ticks, announce):
    both = (K.QUALITY_CONTROL_NEEDED, K.STATUS_CHANGED)
    controller, worker = who_ticks(*both), who_ticks(*both)
    announce(
        said.RequestSentToCheck,
        status=Status.QUALITY_CONTROL,
        was=Status.IN_PROGRESS,
        controller=controller.id,
        assignees=[worker.id],
    )
    assert (kinds(controller.id), kinds(worker.id)) == (['quality_control_needed'], ['status_changed'])


def test_a_controller_who_does_not_tick_the_exact_kind_hears_the_general_one(who_ticks, announce):
    controller = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestSentToCheck, status=Status.QUALITY_CONTROL, controller=controller.id)
    assert kinds(controller.id) == ['status_changed']


PARTAKERS = [
    pytest.param(said.SuspensionEnding, K.SUSPENSION_ENDING, marks=pytest.mark.proves('NTF-005', 'SLA-013')),
    pytest.param(
        said.ExecutionDeadlineNear, K.EXECUTION_DEADLINE_NEAR, marks=pytest.mark.proves('NTF-016', 'SLA-010')
    ),
    pytest.param(said.RequestRated, K.REQUEST_RATED, marks=pytest.mark.proves('NTF-013')),
    pytest.param(said.RatingChanged, K.RATING_CHANGED, marks=pytest.mark.proves('NTF-014')),
    *(
        pytest.param(move, K.STATUS_CHANGED, marks=pytest.mark.proves('NTF-009'))
        for move in said.RequestMoved.__subclasses__()
    ),
]


@pytest.mark.parametrize('kind_of_event, kind', PARTAKERS)
def test_assignees_and_controller_hear_of_it_and_nobody_else(who_ticks, announce, kind_of_event, kind):
    worker, controller, other = who_ticks(kind), who_ticks(kind), who_ticks(kind)
    announce(kind_of_event, assignees=[worker.id], controller=controller.id)
    assert [kinds(one.id) for one in (worker, controller, other)] == [[kind], [kind], []]


@pytest.mark.proves('NTF-008', 'REQ-085')
def test_changed_data_are_told_to_the_assignees_only(who_ticks, announce):
    worker, controller = who_ticks(K.REQUEST_CHANGED), who_ticks(K.REQUEST_CHANGED)
    announce(said.RequestEdited, assignees=[worker.id], controller=controller.id)
    assert (kinds(worker.id), kinds(controller.id)) == (['request_changed'], [])


@pytest.mark.parametrize(
    'status, was, words',
    [
        (Status.IN_PROGRESS, Status.WAITING, 'Заявка № 17 «Сантехник» (ул. Мира, 5) взята в работу.'),
        (
            Status.IN_PROGRESS,
            Status.SUSPENDED,
            'Работы по заявке № 17 «Сантехник» (ул. Мира, 5) возобновлены.',
        ),
        (Status.DONE, Status.IN_PROGRESS, 'Заявка № 17 «Сантехник» (ул. Мира, 5) выполнена.'),
    ],
)
def test_the_words_say_what_became_of_the_status(who_ticks, announce, status, was, words):
    worker = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestStarted, status=status, was=was, assignees=[worker.id])
    assert inbox(worker.id).items[0].text == words


# Approval


def test_a_request_that_needs_approval_is_told_to_the_approvers_in_scope(who_ticks, announce):
    may = (Permission.REQUESTS_APPROVE,)
    approver = who_ticks(K.STATUS_CHANGED, permissions=may)
    elsewhere = who_ticks(K.STATUS_CHANGED, permissions=may, places=('b2',))
    dispatcher = who_ticks(K.STATUS_CHANGED, K.REQUEST_CREATED, permissions=may)
    onlooker = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestCreated, status=Status.APPROVAL)
    told = [kinds(one.id) for one in (approver, elsewhere, dispatcher, onlooker)]
    assert told == [['status_changed'], [], ['request_created'], []]
    assert 'ожидает согласования' in inbox(approver.id).items[0].text
    assert 'Требуется согласование' in inbox(dispatcher.id).items[0].text


def test_an_ordinary_request_is_no_matter_of_approvers(who_ticks, announce):
    approver = who_ticks(K.STATUS_CHANGED, permissions=(Permission.REQUESTS_APPROVE,))
    announce(said.RequestCreated, status=Status.WAITING)
    assert kinds(approver.id) == []


def test_an_answered_question_comes_back_to_the_approvers(who_ticks, announce):
    approver = who_ticks(K.STATUS_CHANGED, permissions=(Permission.REQUESTS_APPROVE,))
    announce(said.ClarificationGiven, status=Status.APPROVAL, was=Status.CLARIFICATION)
    assert 'получено уточнение' in inbox(approver.id).items[0].text


def _entered_by(employee):
    request = make_requests.request(version=0, created_by=make.employee_actor(employee.id))
    requests.save(None, request)


@pytest.mark.proves('NTF-010')
def test_an_approval_is_told_to_the_author_the_assignees_and_all_who_tick_it(who_ticks, announce):
    author, worker = (who_ticks(K.REQUEST_APPROVED, places=('b2',)) for _ in range(2))
    dispatcher, stranger = who_ticks(K.REQUEST_APPROVED), who_ticks(K.REQUEST_APPROVED, places=('b2',))
    _entered_by(author)
    announce(said.RequestApproved, status=Status.WAITING, was=Status.APPROVAL, assignees=[worker.id])
    told = [kinds(one.id) for one in (author, worker, dispatcher, stranger)]
    assert told == [['request_approved']] * 3 + [[]]


def test_a_question_of_the_approver_reaches_the_employee_who_entered_the_request(who_ticks, announce):
    author = who_ticks(K.STATUS_CHANGED)
    _entered_by(author)
    announce(said.ClarificationAsked, status=Status.CLARIFICATION, was=Status.APPROVAL)
    assert inbox(author.id).items[0].title == 'Заявка № 17: требует уточнения'


# Never the actor, never twice


@pytest.mark.proves('NTF-032', 'AMB-75')
def test_nobody_hears_of_his_own_deed(who_ticks, announce, sent):
    every = tuple(K)
    actor, other = who_ticks(*every, by=('push', 'email'), email=EMAIL), who_ticks(*every)
    by = make.employee_actor(actor.id)
    announce(said.RequestCreated, by=by)
    announce(said.AssigneesChanged, by=by, assignees=[actor.id, other.id], added=(actor.id, other.id))
    announce(said.RequestStarted, by=by, assignees=[actor.id, other.id], controller=actor.id)
    announce(said.ExecutionBreached, assignees=[other.id])
    assert kinds(actor.id) == ['execution_breached']
    assert sorted(kinds(other.id)) == ['assigned', 'execution_breached', 'request_created', 'status_changed']
    assert [message.to for message in sent('email')] == [EMAIL]


def test_an_assignee_of_a_new_request_hears_that_he_is_assigned_and_not_that_it_is_new(who_ticks, announce):
    both = (K.ASSIGNED, K.REQUEST_CREATED)
    worker, unticked, dispatcher = who_ticks(*both), who_ticks(K.REQUEST_CREATED), who_ticks(*both)
    controller = who_ticks(K.NAMED_CONTROLLER, K.REQUEST_CREATED)
    people_of_it = {'assignees': [worker.id, unticked.id], 'controller': controller.id}
    announce(said.RequestCreated, **people_of_it)
    announce(said.AssigneesChanged, added=(worker.id, unticked.id), **people_of_it)
    announce(said.ControllerNamed, **people_of_it)
    assert kinds(worker.id) == ['assigned']
    assert kinds(unticked.id) == ['request_created']
    assert kinds(dispatcher.id) == ['request_created']
    assert kinds(controller.id) == ['named_controller']


def test_whoever_has_two_parts_is_told_once(who_ticks, announce, sent):
    both = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestStarted, assignees=[both.id], controller=both.id)
    assert (kinds(both.id), len(sent('push'))) == (['status_changed'], 1)


# Channels and languages


@pytest.mark.proves('NTF-001', 'NTF-020', 'AMB-76', 'REQ-124')
def test_a_push_feeds_the_list_and_a_letter_does_not(who_ticks, announce, sent):
    by_push = who_ticks(K.ASSIGNED)
    by_email = who_ticks(K.ASSIGNED, by=('email',), email=EMAIL)
    by_both = who_ticks(K.ASSIGNED, by=('push', 'email'), email='both@domovoy.example')
    ids = [one.id for one in (by_push, by_email, by_both)]
    event = announce(said.AssigneesChanged, assignees=ids, added=tuple(ids))
    assert [unread_of(one) for one in ids] == [1, 0, 1]
    pushes, letters = sent('push'), sent('email')
    assert sorted(push.to for push in pushes) == sorted(f'staff:{one.id}' for one in (by_push, by_both))
    assert sorted(letter.to for letter in letters) == ['both@domovoy.example', EMAIL]
    push = next(one for one in pushes if one.to == f'staff:{by_push.id}')
    assert push.id == f'{event.id}:staff:{by_push.id}:push'
    [notice] = inbox(by_push.id).items
    assert (push.title, push.text) == (notice.title, notice.text)
    assert push.data == {'type': 'assigned', 'notification_id': notice.id, 'number': '17'}


def test_each_is_spoken_to_in_his_language(who_ticks, announce):
    russian, english = who_ticks(K.ASSIGNED), who_ticks(K.ASSIGNED, locale='en')
    ids = (russian.id, english.id)
    announce(said.AssigneesChanged, assignees=ids, added=ids)
    assert inbox(russian.id).items[0].text.startswith('Вас назначили')
    assert inbox(english.id).items[0].text == (
        'You have been assigned to request No. 17 “Сантехник” (ул. Мира, 5).'
    )
