"""«Звонки»: listed, narrowed, listened to; and who is calling right now."""

from dataclasses import replace

import pytest

from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewRequest, Step
from chalicelib.staff.model import Permission
from tests.calls.conftest import CALLS, PETROV
from tests.make import calls as make
from tests.requests.conftest import acting

STRANGER = '+79169999999'


@pytest.fixture
def listed(house, call, operator):
    """The ids of a list, page by page as far as its cursors lead."""

    def ids(query='', by=None):
        found, cursor = [], ''
        while True:
            page = call('GET', f'{CALLS}?limit=2{query}{cursor}', by=by or operator)
            assert page.status_code == 200, page.json_body
            found += [line['id'] for line in page.json_body['items']]
            if page.json_body['next_cursor'] is None:
                return found
            cursor = f'&cursor={page.json_body["next_cursor"]}'

    return ids


@pytest.fixture
def day(house, operator, colleague, call, time):
    """A day of calls, oldest first: their names and ids."""
    made = {}

    def told(name, **changes):
        made[name] = make.tell(call_id=name, **changes).id
        time.advance(minutes=10)

    told('missed')
    make.tell(call_id='missed', event='ended')
    told('talked', extension='101')
    make.tell(call_id='talked', event='answered', extension='101')
    told('out', direction='outgoing', extension='102', client_phone=STRANGER)
    make.tell(call_id='out', direction='outgoing', event='answered', extension='102')
    told('hidden', client_phone=None)
    number = requests.order(_order(house), by=operator).number
    call('POST', f'{CALLS}/{made["talked"]}/attach', {'number': number}, by=operator)
    time.advance(days=1)
    told('tomorrow', extension='101')
    return made


def _order(house):
    return NewRequest.model_validate(house.order())


@pytest.mark.proves('CALL-002')
@pytest.mark.parametrize(
    ('query', 'names'),
    [
        ('', 'tomorrow hidden out talked missed'),
        ('&direction=incoming', 'tomorrow hidden talked missed'),
        ('&direction=outgoing', 'out'),
        ('&is_missed=true', 'missed'),
        ('&is_missed=false', 'tomorrow hidden out talked'),
        ('&is_linked=true', 'talked'),
        ('&is_linked=false', 'tomorrow hidden out missed'),
        ('&employee_id={operator}', 'tomorrow talked'),
        ('&employee_id={colleague}', 'out'),
        ('&employee_id=nobody', ''),
        ('&phone=%2B79169999999', 'out'),
        ('&phone=89161234567', 'tomorrow talked missed'),
        ('&phone=%2B79161234567&is_missed=false&is_linked=false&direction=incoming', 'tomorrow'),
        ('&since=2026-11-24', 'tomorrow'),
        ('&until=2026-11-23', 'hidden out talked missed'),
        ('&since=2026-11-23&until=2026-11-23&employee_id={operator}', 'talked'),
        ('&since=2026-11-25', ''),
    ],
)
def test_calls_are_listed_newest_first_and_narrowed(day, listed, operator, colleague, query, names):
    asked = query.format(operator=operator.id, colleague=colleague.id)
    assert listed(asked) == [day[name] for name in names.split()]


def test_a_day_begins_at_midnight_of_the_organisation(house, listed):
    late = make.tell(at='2026-11-22T20:59:59Z').id  # 23:59:59 in Moscow
    early = make.tell(at='2026-11-22T21:00:00Z').id
    assert listed('&until=2026-11-22') == [late]
    assert listed('&since=2026-11-23') == [early]


def test_a_period_that_ends_before_it_begins_is_refused(house, call, operator):
    said = call('GET', f'{CALLS}?since=2026-11-24&until=2026-11-23', by=operator)
    assert said.json_body['errors'][0]['code'] == 'period_reversed'


def test_who_sees_another_building_sees_its_calls_those_of_nobody_and_his_own(day, listed, elsewhere):
    assert listed(by=elsewhere) == [day['hidden'], day['out']]
    make.seated(elsewhere.id, '103')
    own = make.tell(extension='103').id
    assert listed(by=elsewhere) == [own, day['hidden'], day['out']]


def test_a_call_of_another_organisation_or_place_is_not_there(day, call, operator, elsewhere):
    for by in (elsewhere, replace(operator, organisation='other')):
        for path in ('', '/recording'):
            said = call('GET', f'{CALLS}/{day["talked"]}{path}', by=by)
            assert (said.status_code, said.json_body['code']) == (404, 'CallNotFound')


@pytest.mark.proves('CALL-001')
def test_a_recording_is_for_who_may_listen_and_stands_in_no_list(house, call, operator):
    kept = make.tell(event='recorded', recording_url='https://records.example/1')
    deaf = replace(operator, permissions=operator.permissions - {Permission.CALLS_LISTEN})
    said = call('GET', f'{CALLS}/{kept.id}/recording', by=deaf)
    assert (said.status_code, said.json_body['params']) == (403, {'permission': 'calls.listen'})
    for path in (CALLS, f'{CALLS}/{kept.id}', f'{CALLS}/current'):
        assert 'records.example' not in call('GET', path, by=operator).body.decode()
    none = call('GET', f'{CALLS}/{make.tell().id}/recording', by=operator)
    assert (none.status_code, none.json_body['code']) == (404, 'CallNotRecorded')


def current(call, by):
    return [line['id'] for line in call('GET', f'{CALLS}/current', by=by).json_body['items']]


def test_a_ringing_call_shows_at_each_telephone_until_one_answers(house, call, operator, colleague, time):
    kept = make.tell(call_id='c', extension='101')
    make.tell(call_id='c', extension='102')
    assert current(call, operator) == current(call, colleague) == [kept.id]
    time.advance(seconds=5)
    make.tell(call_id='c', event='answered', extension='102')
    assert (current(call, operator), current(call, colleague)) == ([], [kept.id])
    time.advance(seconds=60)
    make.tell(call_id='c', event='ended')
    assert current(call, colleague) == []


@pytest.mark.proves('CALL-001')
def test_who_calls_is_shown_with_his_homes_and_open_requests(house, call, operator):
    open_one, done = (requests.order(_order(house), by=operator).number for _ in range(2))
    requests.cancel(done, Step(comment='не нужно'), by=operator)
    for request in requests.everything('demo'):
        requests.index(request)
    (card,) = call('GET', f'/v1/staff/callers?phone=%2B{PETROV[1:]}', by=operator).json_body['items']
    assert (card['id'], card['name'], card['phone']) == (house.client, 'Петров Пётр', PETROV)
    assert [(home['address'], home['premises_number']) for home in card['homes']] == [('ул. Мира, 5', '12')]
    assert [line['number'] for line in card['requests']] == [open_one]


def test_who_calls_from_a_telephone_of_nobody_or_of_another_place_is_not_told(
    house, call, operator, elsewhere
):
    for by, phone in (
        (operator, STRANGER),
        (elsewhere, PETROV),
        (replace(operator, organisation='x'), PETROV),
    ):
        said = call('GET', f'/v1/staff/callers?phone=%2B{phone[1:]}', by=by)
        assert said.json_body == {'items': []}


def test_who_calls_takes_the_right_to_clients_and_his_requests_the_right_to_requests(house, call, operator):
    requests.order(_order(house), by=operator)
    for request in requests.everything('demo'):
        requests.index(request)
    path = f'/v1/staff/callers?phone=%2B{PETROV[1:]}'
    blind = replace(operator, permissions=operator.permissions - {Permission.CLIENTS_VIEW})
    assert call('GET', path, by=blind).json_body['params'] == {'permission': 'clients.view'}
    narrow = replace(operator, permissions=operator.permissions - {Permission.REQUESTS_VIEW})
    (card,) = call('GET', path, by=narrow).json_body['items']
    assert card['requests'] == []


@pytest.mark.proves('CALL-009')
def test_the_card_of_a_request_has_the_telephone_to_call_the_client_at(house, call, operator):
    number = requests.order(_order(house), by=operator).number
    executor = acting(house.crew[0], Permission.REQUESTS_VIEW)
    card = call('GET', f'/v1/staff/requests/{number}', by=executor).json_body
    assert card['client']['phone'] == PETROV
