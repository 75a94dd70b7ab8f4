"""A request and the call it came from find each other: by themselves, or by hand."""

from dataclasses import replace

import pytest

from chalicelib.calls import repository, service
from chalicelib.kit import dynamo
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewOwnRequest
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.staff.model import Permission
from tests.calls.conftest import CALLS, announced
from tests.make import calls as make

REQUESTS = '/v1/staff/requests'


@pytest.fixture
def created(house, call, operator):
    """The operator, or another, creates a request; its number."""

    def create(by=None):
        answer = call('POST', REQUESTS, house.order(), by=by or operator)
        assert answer.status_code == 201, answer.json_body
        return answer.json_body['number']

    return create


def deliver(*kinds):
    """Every event of requests and calls comes to the worker, oldest first."""
    rows = [row for row in RequestRow.scan() if row.sk.startswith('event#')]
    found = [Delivered.model_validate_json(row.body) for row in rows] + announced()
    for delivered in sorted(found, key=lambda one: str(one.event['at'])):
        if delivered.type in (kinds or ('RequestCreated', 'CallAnswered')):
            service.follow(delivered)


def number_of(kept):
    return dynamo.get(repository.reading('demo', kept.id)).number


def history(call, operator, number, kind):
    told = call('GET', f'{REQUESTS}/{number}/history', by=operator).json_body['items']
    return [entry for entry in told if entry['type'] == kind]


@pytest.mark.proves('CALL-003', 'CALL-004', 'REQ-069')
def test_a_request_created_during_a_call_attaches_itself(house, call, operator, created, time):
    talk = make.talk()
    time.advance(seconds=30)
    number = created()
    deliver()
    shown = call('GET', f'{CALLS}/{talk.id}', by=operator).json_body
    assert (shown['number'], shown['actions']) == (number, ['detach'])
    (entry,) = history(call, operator, number, 'CallAttached')
    assert entry['details'] == {'call_id': talk.id, 'is_automatic': True}
    assert entry['author'] == operator.name
    listed = call('GET', f'{REQUESTS}/{number}/calls', by=operator).json_body['items']
    assert [line['id'] for line in listed] == [talk.id]
    (event,) = announced('RequestAttached')
    assert (event.event['number'], event.event['is_automatic']) == (number, True)


@pytest.mark.proves('CALL-004')
def test_each_delivery_may_come_twice_and_the_link_is_made_once(house, call, operator, created):
    make.talk()
    number = created()
    deliver()
    deliver()
    assert len(announced('RequestAttached')) == 1
    assert len(history(call, operator, number, 'CallAttached')) == 1


@pytest.mark.proves('CALL-004')
def test_an_answer_told_late_finds_what_was_created_before(house, call, operator, created, time):
    ringing = make.tell(call_id='c', extension='101')
    answered_at = time.at
    time.advance(seconds=20)
    number = created()
    deliver()
    assert number_of(ringing) is None
    time.advance(seconds=300)
    make.tell(call_id='c', event='ended', at='2026-11-23T09:01:00Z')
    make.tell(call_id='c', event='answered', extension='101', at=answered_at.isoformat())
    deliver('CallAnswered')
    assert number_of(ringing) == number


def test_of_two_requests_of_one_call_the_first_is_attached(house, created, time):
    talk = make.talk()
    first = created()
    time.advance(seconds=5)
    created()
    deliver()
    assert number_of(talk) == first
    assert len(announced('RequestAttached')) == 1


def test_what_another_creates_or_the_client_himself_is_not_of_the_call(house, created, colleague, operator):
    talk = make.talk()
    created(by=colleague)
    new = NewOwnRequest(offering_id=house.offerings['plumbing'], premises_id=house.flat)
    requests.order_own(new, by=house.resident)
    deliver()
    assert number_of(talk) is None


def test_what_is_created_before_the_answer_or_after_the_end_is_not_of_the_call(house, created, time):
    created()
    time.advance(seconds=30)
    talk = make.talk(call_id='c')
    time.advance(seconds=30)
    make.tell(call_id='c', event='ended')
    time.advance(seconds=6)
    created()
    deliver()
    assert number_of(talk) is None


def test_a_missed_call_attaches_nothing(house, created):
    ringing = make.tell(extension='101')
    created()
    deliver()
    assert number_of(ringing) is None


def test_a_call_passed_on_is_of_who_talks(house, created, colleague, operator, time):
    talk = make.talk(call_id='c')
    time.advance(seconds=60)
    make.tell(call_id='c', event='answered', extension='102')
    time.advance(seconds=10)
    created()
    deliver()
    assert number_of(talk) is None
    number = created(by=colleague)
    deliver()
    assert number_of(talk) == number


def test_who_passes_the_call_on_has_created_what_he_just_created(house, created, colleague, time):
    talk = make.talk(call_id='c')
    time.advance(seconds=30)
    number = created()
    time.advance(seconds=3)
    make.tell(call_id='c', event='answered', extension='102')
    deliver()
    assert number_of(talk) == number


@pytest.mark.proves('CALL-005', 'CALL-006', 'CALL-007')
def test_a_call_is_attached_and_detached_by_hand(house, call, operator, created):
    kept = make.tell()
    number, other = created(), created()
    path = f'{CALLS}/{kept.id}'
    said = call('POST', f'{path}/attach', {'number': number}, by=operator)
    assert (said.status_code, said.json_body['number'], said.json_body['actions']) == (
        200,
        number,
        ['detach'],
    )
    again = call('POST', f'{path}/attach', {'number': number}, by=operator)
    assert again.json_body == said.json_body
    taken = call('POST', f'{path}/attach', {'number': other}, by=operator)
    assert (taken.status_code, taken.json_body['code']) == (409, 'CallHasRequest')
    assert str(number) in taken.json_body['detail']
    gone = call('POST', f'{path}/detach', by=operator)
    assert (gone.json_body['number'], gone.json_body['actions']) == (None, ['attach'])
    twice = call('POST', f'{path}/detach', by=operator)
    assert (twice.status_code, twice.json_body['code']) == (409, 'CallHasNoRequest')
    assert len(history(call, operator, number, 'CallAttached')) == 1
    (entry,) = history(call, operator, number, 'CallDetached')
    assert (entry['author'], entry['details']) == (operator.name, {'call_id': kept.id})
    assert history(call, operator, other, 'CallAttached') == []


@pytest.mark.proves('CALL-006')
def test_what_was_detached_by_hand_does_not_attach_itself_again(house, call, operator, created):
    talk = make.talk()
    created()
    deliver()
    call('POST', f'{CALLS}/{talk.id}/detach', by=operator)
    deliver()
    created()
    deliver()
    assert number_of(talk) is None


def test_to_be_spoken_of_moves_no_request_in_the_lists(house, call, operator, created, time):
    number = created()
    before = call('GET', f'{REQUESTS}/{number}', by=operator).json_body['updated_at']
    time.advance(minutes=5)
    call('POST', f'{CALLS}/{make.tell().id}/attach', {'number': number}, by=operator)
    assert call('GET', f'{REQUESTS}/{number}', by=operator).json_body['updated_at'] == before


def test_neither_a_call_nor_a_request_of_another_place_or_organisation_can_be_linked(
    house, call, operator, created, elsewhere
):
    kept, number = make.tell(), created()
    for by, code in ((elsewhere, 'CallNotFound'), (replace(operator, organisation='other'), 'CallNotFound')):
        said = call('POST', f'{CALLS}/{kept.id}/attach', {'number': number}, by=by)
        assert (said.status_code, said.json_body['code']) == (404, code)
    hidden = make.tell(client_phone=None)
    said = call('POST', f'{CALLS}/{hidden.id}/attach', {'number': number}, by=elsewhere)
    assert (said.status_code, said.json_body['code']) == (404, 'RequestNotFound')
    assert number_of(kept) is None and number_of(hidden) is None


@pytest.mark.parametrize('lacking', [Permission.CALLS_VIEW, Permission.REQUESTS_EDIT])
def test_to_link_takes_the_right_to_calls_and_to_requests(house, call, operator, created, lacking):
    kept, number = make.tell(), created()
    by = replace(operator, permissions=operator.permissions - {lacking})
    for action, body in (('attach', {'number': number}), ('detach', None)):
        said = call('POST', f'{CALLS}/{kept.id}/{action}', body, by=by)
        assert (said.status_code, said.json_body['params']) == (403, {'permission': lacking})


def test_a_resident_sees_nothing_of_the_calls_about_his_request(house, call, operator, created):
    talk, number = make.talk(), created()
    deliver()
    seen = call('GET', f'/v1/resident/requests/{number}', by=house.resident).body.decode()
    assert talk.id not in seen and 'call' not in seen.lower().replace('incoming_call', '')
    for path in (f'{REQUESTS}/{number}/calls', CALLS, f'{CALLS}/{talk.id}/recording'):
        assert call('GET', path, by=house.resident).status_code == 401
