"""The life of a request through its doors."""

import pytest

from chalicelib.staff.model import Permission
from tests.requests.conftest import OWN, STAFF, acting, crew_of, history


@pytest.mark.proves('REQ-094', 'REQ-096', 'REQ-108', 'REQ-127', 'REQ-132', 'REQ-128')
def test_the_usual_day_leaves_its_history(house, call, ordered, step, time):
    number = ordered()
    assert step(number, 'start', crew_of(house, 0)).json_body['status']['code'] == 'in_progress'
    time.advance(hours=1)
    until = '2026-11-23T11:00:00Z'
    assert step(number, 'suspend', {'resume_until': until, 'comment': 'обед'}).status_code == 200
    time.advance(minutes=30)
    assert step(number, 'start', {}).json_body['management']['resume_until'] is None
    assert step(number, 'complete').json_body['status']['code'] == 'done'
    entries = history(call, house, number)
    assert [
        (e['type'], e['was'], e['comment']) for e in entries if e['was'] or e['type'] == 'RequestCreated'
    ] == [
        ('RequestCreated', None, None),
        ('RequestStarted', 'waiting', ''),
        ('RequestSuspended', 'in_progress', 'обед'),
        ('RequestStarted', 'suspended', 'обед'),
        ('RequestCompleted', 'in_progress', 'обед'),
    ]
    assert [e['type'] for e in entries if 'Observed' in e['type']] == [
        'ReactionObserved',
        'ExecutionObserved',
    ]
    assert {e['author'] for e in entries if e['type'].startswith('Request')} == {'Диспетчер Дарья'}


@pytest.mark.proves('REQ-106', 'REQ-109')
def test_the_status_comment_stays_until_it_is_cleared(house, call, ordered, step):
    number = ordered()
    step(number, 'start', {**crew_of(house, 0), 'comment': 'ждём деталь'})
    suspended = step(number, 'suspend', {'resume_until': '2026-12-01'})
    assert suspended.json_body['management']['status_comment'] == 'ждём деталь'
    assert suspended.json_body['management']['resume_until'] == '2026-12-01T20:59:59.999Z'
    cleared = call('PUT', f'{STAFF}/{number}/status-comment', {'comment': ''}, by=house.dispatcher)
    assert cleared.json_body['management']['status_comment'] == ''
    refused = step(number, 'cancel')
    assert (refused.status_code, refused.json_body['code']) == (422, 'StatusCommentNeeded')
    assert step(number, 'cancel', {'comment': 'отказ'}).json_body['status']['code'] == 'cancelled'


@pytest.mark.parametrize(
    'until, status, code',
    [
        (None, 400, 'ResumptionDateNeeded'),
        ('2026-11-23T09:00:00Z', 422, 'ResumptionDateInPast'),
        ('2026-11-24T09:00:00', 400, 'NotDecent'),
        ('2125-01-01', 400, 'NotDecent'),
        ('soon', 400, 'NotDecent'),
        (5, 400, 'NotDecent'),
    ],
)
def test_a_suspension_needs_a_decent_date(house, ordered, step, until, status, code):
    number = ordered()
    step(number, 'start', crew_of(house, 0))
    answer = step(number, 'suspend', {'comment': 'x', **({'resume_until': until} if until else {})})
    assert (answer.status_code, answer.json_body['code']) == (status, code), answer.json_body
    assert answer.json_body['errors'][0]['path'].startswith('body.resume_until')


def test_moving_the_date_of_a_suspension_is_not_a_change_of_status(house, call, ordered, step):
    number = ordered()
    step(number, 'start', crew_of(house, 0))
    step(number, 'suspend', {'resume_until': '2026-11-25T09:00:00Z', 'comment': 'x'})
    step(number, 'suspend', {'resume_until': '2026-11-26T09:00:00Z'})
    last = history(call, house, number)[-1]
    assert (last['type'], last['details']['was_until']) == ('SuspensionMoved', '2026-11-25T09:00:00.000Z')


@pytest.mark.proves('REQ-112', 'REQ-114')
def test_a_routed_request_is_approved_after_a_question(house, call, ordered, step):
    number = ordered('routed')
    assert step(number, 'start', crew_of(house, 0)).status_code == 409
    asked = {'comment': 'нет плана', 'question': 'Какая стена?'}
    assert step(number, 'clarify', asked).json_body['status']['code'] == 'clarification'
    own = call('GET', f'{OWN}/{number}', by=house.resident)
    assert own.json_body['question'] == 'Какая стена?'
    assert 'нет плана' not in own.body.decode()
    answered = call('POST', f'{OWN}/{number}/answer', {'text': 'несущая'}, by=house.resident)
    assert (answered.json_body['status']['code'], answered.json_body['question']) == ('approval', None)
    powerless = acting(house.cleaner, Permission.REQUESTS_VIEW, Permission.REQUESTS_EDIT)
    refused = step(number, 'approve', by=powerless)
    assert (refused.status_code, refused.json_body['params']) == (403, {'permission': 'requests.approve'})
    assert step(number, 'approve').json_body['status']['code'] == 'waiting'
    assert [e['type'] for e in history(call, house, number)][-1] == 'RequestApproved'


@pytest.mark.proves('REQ-104', 'REQ-138', 'REQ-139')
def test_what_a_resident_may_do_with_his_request(house, call, step):
    order = {'offering_id': house.offerings['plumbing'], 'premises_id': house.flat}
    number = call('POST', OWN, order, by=house.resident).json_body['number']
    step(number, 'start', crew_of(house, 0))
    refused = call('POST', f'{OWN}/{number}/cancel', by=house.resident)
    assert (refused.status_code, refused.json_body['code']) == (409, 'MoveNotAllowed')
    assert call('POST', f'{OWN}/{number}/rate', {'points': 5}, by=house.resident).status_code == 409
    step(number, 'complete')
    low = call('POST', f'{OWN}/{number}/rate', {'points': 2}, by=house.resident)
    assert (low.status_code, low.json_body['errors'][0]['path']) == (422, 'body.comment')
    assert (
        call('POST', f'{OWN}/{number}/rate', {'points': 4}, by=house.resident).json_body['rating']['points']
        == 4
    )
    call('POST', f'{OWN}/{number}/rate', {'points': 1, 'comment': 'течёт'}, by=house.resident)
    assert call('POST', f'{OWN}/{number}/reopen', by=house.resident).json_body['status']['code'] == 'reopened'
    types = [e['type'] for e in history(call, house, number)]
    assert types[-3:] == ['RequestRated', 'RatingChanged', 'RequestReopened']
    second = call('POST', OWN, order, by=house.resident).json_body['number']
    assert (
        call('POST', f'{OWN}/{second}/cancel', by=house.resident).json_body['status']['code'] == 'cancelled'
    )


@pytest.mark.proves('REQ-101')
def test_a_resident_cannot_reopen_what_the_offering_forbids(house, call, ordered, step):
    number = ordered('final')
    step(number, 'start', crew_of(house, 0))
    step(number, 'complete')
    refused = call('POST', f'{OWN}/{number}/reopen', by=house.resident)
    assert (refused.status_code, refused.json_body['code']) == (422, 'ReopeningForbidden')
    assert step(number, 'reopen').json_body['status']['code'] == 'reopened'


@pytest.mark.proves('AMB-49')
@pytest.mark.parametrize('points', [0, 6, 2.5, '5', None])
def test_a_rating_is_a_whole_number_from_one_to_five(house, call, ordered, points):
    answer = call('POST', f'{OWN}/{ordered()}/rate', {'points': points}, by=house.resident)
    assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, 'body.points')


@pytest.mark.proves('REQ-099')
def test_a_strict_offering_waits_for_its_document(house, ordered, step):
    number = ordered('strict')
    step(number, 'start', crew_of(house, 0))
    refused = step(number, 'complete')
    assert (refused.status_code, refused.json_body['code']) == (422, 'DocumentNeeded')


def test_quality_control_goes_through_the_controller(house, call, ordered, step):
    number = ordered()
    controller = acting(house.cleaner)
    step(number, 'assign', {**crew_of(house, 0), 'controller_id': house.cleaner.id})
    step(number, 'start')
    refused = step(number, 'complete')
    assert (refused.status_code, refused.json_body['code']) == (422, 'ControllerMustCheck')
    assert step(number, 'check').json_body['status']['code'] == 'quality_control'
    assert step(number, 'return').status_code == 403
    assert (
        step(number, 'return', {'comment': 'переделать'}, by=controller).json_body['status']['code']
        == 'in_progress'
    )
    step(number, 'check')
    assert step(number, 'complete', by=controller).json_body['status']['code'] == 'done'
