"""A request belongs to one incident at most, from its creation on or later, until it is detached."""

import pytest

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Scope
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as requests
from chalicelib.staff.model import Permission
from tests.incidents.conftest import INCIDENTS, REQUESTS, happened, request_of, standing_of
from tests.make import incidents as make
from tests.requests.conftest import acting, crew_of


def put(call, by, number, incident_id, **headers):
    return call('PUT', f'{REQUESTS}/{number}/incident', {'incident_id': incident_id}, by=by, **headers)


@pytest.mark.proves('INC-001', 'REQ-062', 'REQ-128')
def test_a_request_is_attached_when_it_is_created(call, dispatcher, ordered, water):
    number = ordered(incident_id=water)
    assert request_of(number).incident_id == water
    assert call('GET', f'{REQUESTS}/{number}', by=dispatcher).json_body['incident_title'] == 'Нет воды'
    assert standing_of(water)[1] == [number]
    (entry,) = happened(call, dispatcher, number, 'AttachedToIncident')
    assert entry['details'] == {'incident_id': water, 'incident_title': 'Нет воды'}
    assert entry['author'] == dispatcher.name
    listed = call('GET', f'{REQUESTS}?tab=new', by=dispatcher).json_body['items']
    assert listed == []


@pytest.mark.parametrize('state', ['unknown', 'invisible', 'over'])
def test_a_request_is_not_created_for_an_incident_that_takes_none(house, call, dispatcher, water, do, state):
    incident, by = water, dispatcher
    if state == 'unknown':
        incident = 'nothing'
    elif state == 'invisible':
        incident = make.incident(dispatcher, building_ids=[house.other_building]).id
        by = acting(house.crew[0], scope=Scope(frozenset({house.building})))
    else:
        assert do('cancel', {'comment': 'ошибка'}).status_code == 200
    refused = call('POST', REQUESTS, house.order(incident_id=incident), by=by)
    expected = (409, 'IncidentOver') if state == 'over' else (404, 'IncidentNotFound')
    assert (refused.status_code, refused.json_body['code']) == expected
    assert refused.json_body['errors'][0]['path'] == 'body.incident_id'
    assert call('GET', f'{REQUESTS}?tab=all', by=dispatcher).json_body['items'] == []


@pytest.mark.proves('INC-002', 'REQ-128')
def test_a_request_is_attached_and_detached_later_and_its_history_says_so(call, dispatcher, ordered, water):
    number = ordered()
    answer = put(call, dispatcher, number, water)
    assert (answer.status_code, answer.json_body['incident_id']) == (200, water)
    assert put(call, dispatcher, number, water).json_body['version'] == answer.json_body['version']
    assert standing_of(water)[1] == [number]
    assert put(call, dispatcher, number, None).json_body['incident_id'] is None
    assert standing_of(water)[1] == []
    told = happened(call, dispatcher, number, 'AttachedToIncident', 'DetachedFromIncident')
    assert [(one['type'], one['author']) for one in told] == [
        ('AttachedToIncident', dispatcher.name),
        ('DetachedFromIncident', dispatcher.name),
    ]
    assert told[1]['details'] == {'incident_id': water, 'is_automatic': False}


@pytest.mark.proves('INC-007', 'AMB-31', 'AMB-41')
def test_what_is_attached_is_no_new_request_but_is_work_of_its_assignees(
    house, call, dispatcher, ordered, water
):
    number = ordered(**crew_of(house, 0))
    counters = f'{REQUESTS}/counters'
    assert call('GET', counters, by=dispatcher).json_body == {'new': 1}
    put(call, dispatcher, number, water)
    assert call('GET', counters, by=dispatcher).json_body == {'new': 0}
    query = f'{REQUESTS}/candidates?department_id={house.plumbers}'
    loads = {one['id']: one['open_requests'] for one in call('GET', query, by=dispatcher).json_body['items']}
    assert loads[house.crew[0].id] == 1
    put(call, dispatcher, number, None)
    assert call('GET', counters, by=dispatcher).json_body == {'new': 1}


@pytest.mark.proves('INC-008')
def test_a_request_belongs_to_one_incident_at_most(house, call, dispatcher, ordered, water, attach):
    number, other = ordered(incident_id=water), make.incident(dispatcher, building_ids=[house.building]).id
    refused = put(call, dispatcher, number, other)
    assert (refused.status_code, refused.json_body['code']) == (409, 'AttachedToAnother')
    assert attach(number, incident=other) == {number: 'AttachedToAnother'}
    assert (standing_of(water)[1], standing_of(other)[1]) == ([number], [])


def test_what_is_over_is_not_attached(call, dispatcher, ordered, water):
    number = ordered()
    call('POST', f'{REQUESTS}/{number}/cancel', {'comment': 'не нужно'}, by=dispatcher)
    refused = put(call, dispatcher, number, water)
    assert (refused.status_code, refused.json_body['code']) == (409, 'RequestOver')


@pytest.mark.proves('INC-002', 'INC-008')
def test_many_are_attached_at_once_and_each_has_its_answer(house, call, dispatcher, ordered, water, attach):
    free, twice, bound, over = ordered(), ordered(), ordered(), ordered()
    other = make.incident(dispatcher, building_ids=[house.building]).id
    put(call, dispatcher, bound, other)
    call('POST', f'{REQUESTS}/{over}/cancel', {'comment': 'не нужно'}, by=dispatcher)
    expected = {
        free: None, twice: None, bound: 'AttachedToAnother', over: 'RequestOver', 999: 'RequestNotFound',
    }  # fmt: skip
    assert attach(free, twice, twice, bound, over, 999) == expected
    assert attach(free, twice, bound, over, 999) == expected
    assert standing_of(water)[1] == [free, twice]
    assert len(happened(call, dispatcher, twice, 'AttachedToIncident')) == 1
    card = call('GET', f'{INCIDENTS}/{water}', by=dispatcher).json_body
    assert card['attached'] == 2
    gone = attach(twice, bound, 999, action='detach')
    assert gone == {twice: None, bound: 'NotAttached', 999: 'RequestNotFound'}
    assert standing_of(water)[1] == [free]


def test_a_refusal_of_one_of_many_has_words(ordered, water, do, call, dispatcher):
    answer = do('requests/attach', {'numbers': [404]}).json_body['items']
    assert answer == [
        {'number': 404, 'is_done': False, 'code': 'RequestNotFound', 'detail': answer[0]['detail']}
    ]
    assert answer[0]['detail'] == 'Такой заявки нет.'


@pytest.mark.parametrize('numbers', [[], [0], list(range(1, 102)), ['one'], [10**10]])
def test_numbers_that_are_none_are_refused_as_a_whole(do, numbers):
    assert do('requests/attach', {'numbers': numbers}).status_code == 400


def test_who_does_not_see_all_requests_attaches_none(house, ordered, water, do):
    executor = acting(house.crew[0], Permission.REQUESTS_EDIT)
    refused = do('requests/attach', {'numbers': [ordered()]}, by=executor)
    assert (refused.status_code, refused.json_body['code']) == (403, 'PermissionMissing')


def test_requests_of_another_scope_are_not_there(house, dispatcher, ordered, attach, elsewhere):
    number = ordered()
    wide = make.incident(dispatcher, building_ids=[house.other_building]).id
    assert attach(number, incident=wide, by=elsewhere) == {number: 'RequestNotFound'}


def test_who_sees_a_part_of_the_buildings_attaches_what_he_sees(house, dispatcher, ordered, attach, do):
    wide = make.incident(dispatcher, building_ids=[house.building, house.other_building]).id
    here = acting(house.crew[0], scope=Scope(frozenset({house.building})))
    number = ordered()
    assert attach(number, incident=wide, by=here) == {number: None}
    refused = do('complete', incident=wide, by=here)
    assert (refused.status_code, refused.json_body['code']) == (403, 'IncidentBeyondScope')


def test_an_incident_that_is_over_takes_none_but_lets_go(do, ordered, water, attach):
    number, late = ordered(incident_id=water), ordered()
    assert do('cancel', {'comment': 'ложный вызов'}).status_code == 200
    refused = do('requests/attach', {'numbers': [late]})
    assert (refused.status_code, refused.json_body['code']) == (409, 'IncidentOver')
    assert attach(number, action='detach') == {number: None}


def test_an_attachment_judged_before_the_incident_ended_is_not_written_after(
    dispatcher, ordered, water, do, deliver
):
    number = ordered()
    with dynamo.unit_of_work() as unit:
        requests.attach(number, water, by=dispatcher)
    do('complete')
    deliver()
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(unit.writes)
    assert request_of(number).incident_id is None


def test_what_is_attached_is_listed_by_number_page_after_page(do, ordered, water, elsewhere):
    numbers = [ordered(incident_id=water) for _ in range(3)]
    page = do('requests?limit=2', method='GET').json_body
    assert [line['number'] for line in page['items']] == numbers[:2]
    rest = do(f'requests?limit=2&cursor={page["next_cursor"]}', method='GET').json_body
    assert ([line['number'] for line in rest['items']], rest['next_cursor']) == (numbers[2:], None)
    assert do('requests', method='GET', by=elsewhere).status_code == 404


@pytest.mark.proves('INC-002')
def test_who_attaches_while_the_incident_ends_is_told_that_it_is_over(do, attach, ordered, monkeypatch):
    number, send, ended = ordered(), dynamo.send, []

    def first_it_ends(writes):
        if not ended:
            ended.append(True)
            monkeypatch.setattr(dynamo, 'send', send)
            assert do('cancel', {'comment': 'ошибка'}).status_code == 200
        return send(writes)

    monkeypatch.setattr(dynamo, 'send', first_it_ends)
    assert attach(number) == {number: 'IncidentOver'}
