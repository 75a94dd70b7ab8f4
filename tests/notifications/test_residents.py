"""What residents hear of their own requests, and what they never hear; and the whole way once."""

from datetime import UTC, datetime

import pytest

from chalicelib.clients.model import ClientChanges
from chalicelib.clients.service import people
from chalicelib.kit.caller import Audience
from chalicelib.kit.values import Paging
from chalicelib.notifications import workers
from chalicelib.requests import events as said
from chalicelib.requests import repository as requests
from chalicelib.requests import service
from chalicelib.requests.model.commands import NewRequest, Start, Suspension
from chalicelib.requests.model.status import Status
from chalicelib.staff import service as staff
from chalicelib.staff.model import NotificationKind as K
from tests.make import catalogue as make_catalogue
from tests.make import clients as make_clients
from tests.make import notifications as make
from tests.make import premises as make_premises
from tests.make import staff as make_staff
from tests.notifications.conftest import inbox, kinds, unread_of

pytestmark = pytest.mark.usefixtures('organisation')
RESIDENT = Audience.RESIDENT


def _told_resident(client):
    return inbox(client.id, RESIDENT).items


@pytest.mark.parametrize(
    'kind_of_event, status, kind',
    [
        (said.RequestCreated, Status.WAITING, 'request_registered'),
        (said.RequestStarted, Status.IN_PROGRESS, 'request_started'),
        (said.RequestSuspended, Status.SUSPENDED, 'request_suspended'),
        (said.SuspensionMoved, Status.SUSPENDED, 'suspension_moved'),
        (said.RequestCancelled, Status.CANCELLED, 'request_cancelled'),
        (said.RequestReopened, Status.REOPENED, 'request_reopened'),
        (said.ClarificationAsked, Status.CLARIFICATION, 'clarification_asked'),
        pytest.param(
            said.RatingAsked, Status.DONE, 'rating_asked', marks=pytest.mark.proves('REQ-111', 'NTF-022')
        ),
        (said.RatingReminded, Status.DONE, 'rating_reminded'),
    ],
)
def test_the_resident_hears_what_staff_do_and_not_what_he_does(announce, sent, kind_of_event, status, kind):
    client = make_clients.client()
    announce(kind_of_event, status=status, client=client.id, by=make.employee_actor('e1'))
    assert kinds(client.id, RESIDENT) == [kind]
    [push] = sent('push')
    assert (push.to, push.data['type']) == (f'resident:{client.id}', kind)
    assert (sent('email'), sent('sms')) == ([], [])
    announce(kind_of_event, status=status, client=client.id, by=make.resident_actor(client.id))
    assert unread_of(client.id, RESIDENT) == 1


def test_a_suspension_is_told_with_its_date_in_the_zone_of_the_organisation(announce):
    client = make_clients.client()
    staff.organisations.change(
        staff.organisations.OrganisationChanges(zone='Asia/Vladivostok'), by=make_staff.caller()
    )
    until = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    announce(said.RequestSuspended, status=Status.SUSPENDED, client=client.id, resume_until=until)
    [notice] = _told_resident(client)
    assert notice.title == 'Заявка № 17 приостановлена'
    assert 'приостановлены до 1 декабря 2026.' in notice.text


def test_work_taken_up_again_is_told_as_such(announce):
    client = make_clients.client()
    announce(said.RequestStarted, client=client.id, was=Status.SUSPENDED)
    assert _told_resident(client)[0].text.startswith('Мы возобновили работу по вашей заявке № 17')


def test_a_resident_reads_english_where_he_wants_to(announce):
    client = make_clients.client()
    people.change(client.id, ClientChanges(locale='en'), by=make_clients.caller())
    announce(said.RequestSuspended, status=Status.SUSPENDED, client=client.id)
    assert _told_resident(client)[0].text.startswith(
        'Work on your request No. 17 “Сантехник” (ул. Мира, 5) is suspended until 30 November 2026.'
    )


def test_residents_see_no_comment_and_no_employee(announce, sent):
    client = make_clients.client()
    secret = 'Жилец скандалит'
    actor = make.employee_actor('e1').model_copy(update={'name': 'Сидоров'})
    for move in said.RequestMoved.__subclasses__():
        announce(move, client=client.id, comment=secret, by=actor, assignees=['e2'])
    announce(said.StatusCommentChanged, client=client.id, comment=secret, by=actor)
    told = [*_told_resident(client), *sent('push')]
    assert told
    for one in told:
        assert secret not in one.model_dump_json()
        assert 'Сидоров' not in one.model_dump_json()


@pytest.mark.parametrize(
    'kind_of_event',
    [
        said.RequestSentToCheck, said.RequestReturned, said.RequestApproved, said.RequestEdited,
        said.AssigneesChanged, said.ControllerNamed, said.ExecutionBreached, said.ReactionBreached,
        said.RequestMarked, said.StatusCommentChanged,
    ],
)  # fmt: skip
def test_residents_hear_nothing_of_what_is_internal(announce, kind_of_event):
    client = make_clients.client()
    announce(kind_of_event, client=client.id, by=make.employee_actor('e1'))
    assert _told_resident(client) == []


def test_a_client_who_is_unknown_by_now_holds_nothing_up(who_ticks, announce):
    worker = who_ticks(K.STATUS_CHANGED)
    announce(said.RequestStarted, client='nobody', assignees=[worker.id])
    assert kinds(worker.id) == ['status_changed']
    assert kinds('nobody', RESIDENT) == []


# The whole way, with events as requests really announce them


def test_a_request_entered_begun_and_suspended_is_told_to_worker_and_resident(who_ticks, sent):
    flat, plumbers = make_premises.premises(), make_staff.department()
    client = make_clients.client()
    make_clients.tenure(client_id=client.id, premises_id=flat.id)
    worker = who_ticks(K.ASSIGNED, K.REQUEST_CREATED, K.STATUS_CHANGED, department_ids=(plumbers.id,))
    dispatcher = who_ticks(K.REQUEST_CREATED, K.STATUS_CHANGED)
    by = make_staff.caller(id=dispatcher.id, name=dispatcher.name)
    entered = service.order(
        NewRequest(
            channel='incoming_call',
            offering_id=make_catalogue.offering().id,
            building_id=flat.building_id,
            premises_id=flat.id,
            client_id=client.id,
            department_id=plumbers.id,
            assignee_ids=[worker.id],
        ),
        by=by,
    )
    service.start(entered.number, Start(), by=by)
    rest = Suspension(comment='Ждём деталь', resume_until='2026-11-30')
    service.suspend(entered.number, rest, by=by)
    events = [*requests.history('demo', entered.number, Paging(limit=100)).items]
    for _ in range(2):
        assert workers.fan_out(make.payload(*events), None) == {'batchItemFailures': []}
    assert sorted(kinds(worker.id)) == ['assigned', 'status_changed', 'status_changed']
    assert kinds(dispatcher.id) == []
    assert sorted(kinds(client.id, RESIDENT)) == [
        'request_registered',
        'request_started',
        'request_suspended',
    ]
    suspended = next(one for one in _told_resident(client) if one.kind == 'request_suspended')
    assert 'приостановлены до 30 ноября 2026.' in suspended.text
    assert len({message.id for message in sent('push')}) == 6
