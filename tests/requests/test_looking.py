"""What of requests is shown to whom: lists, counters, the card."""

import pytest

from chalicelib.clients import service as clients
from chalicelib.kit.caller import Caller, Scope
from chalicelib.staff.model import Permission
from tests.make import clients as make_clients
from tests.requests.conftest import OWN, STAFF, acting, crew_of


def test_another_organisation_and_another_scope_see_nothing(house, call, ordered, step):
    number = ordered()
    stranger = Caller('other', house.dispatcher.audience, 'x', permissions=house.dispatcher.permissions)
    elsewhere = acting(house.cleaner, scope=Scope(frozenset({house.other_building})))
    for by in (stranger, elsewhere):
        for method, path in [
            ('GET', ''),
            ('GET', '/history'),
            ('POST', '/cancel'),
            ('POST', '/assign'),
            ('PATCH', ''),
        ]:
            answer = call(method, f'{STAFF}/{number}{path}', None if method == 'GET' else {}, by=by)
            assert (answer.status_code, answer.json_body['code']) == (404, 'RequestNotFound'), (method, path)
        for tab in ('new', 'all', 'mine'):
            assert call('GET', f'{STAFF}?tab={tab}', by=by).json_body['items'] == []
        assert call('GET', f'{STAFF}/counters', by=by).json_body == {'new': 0}
    neighbour = Caller('demo', house.resident.audience, house.neighbour)
    for place, by in ((STAFF, elsewhere), (STAFF, stranger), (OWN, neighbour)):
        for method, path in (('GET', ''), ('POST', '/cancel')):
            body = None if method == 'GET' else {}
            hidden, none = (
                call(method, f'{place}/{one}{path}', body, by=by).json_body for one in (number, 404)
            )
            assert hidden.pop('request_id') != none.pop('request_id')
            assert hidden == none and hidden['status'] == 404


@pytest.mark.proves('REQ-016', 'REQ-124')
def test_an_executor_without_the_view_right_sees_only_his_own(house, call, ordered, step):
    mine, other = ordered(), ordered()
    step(mine, 'assign', crew_of(house, 0, 1))
    executor = acting(house.crew[1], Permission.REQUESTS_EDIT)
    assert [r['number'] for r in call('GET', f'{STAFF}?tab=mine', by=executor).json_body['items']] == [mine]
    assert call('GET', f'{STAFF}?tab=all', by=executor).status_code == 403
    assert call('GET', f'{STAFF}/{other}', by=executor).status_code == 404
    assert call('GET', f'{STAFF}/{mine}', by=executor).status_code == 200


@pytest.mark.proves('REQ-010', 'REQ-011', 'REQ-012', 'REQ-014', 'REQ-018', 'REQ-026')
def test_lists_are_by_the_latest_change_and_the_counter_counts_the_new(house, call, ordered, step, time):
    numbers = []
    for _ in range(3):
        numbers.append(ordered())
        time.advance(minutes=1)
    step(numbers[0], 'start', crew_of(house, 0))

    def listed(tab):
        return [
            r['number'] for r in call('GET', f'{STAFF}?tab={tab}', by=house.dispatcher).json_body['items']
        ]

    assert listed('new') == [3, 2]
    assert listed('all') == [1, 3, 2]
    assert call('GET', f'{STAFF}/counters', by=house.dispatcher).json_body == {'new': 2}
    scoped = acting(house.cleaner, scope=Scope(frozenset({house.building})))
    assert call('GET', f'{STAFF}/counters', by=scoped).json_body == {'new': 2}


def test_pages_follow_each_other_and_a_foreign_cursor_is_refused(house, call, ordered, time):
    for _ in range(5):
        ordered()
        time.advance(seconds=1)
    first = call('GET', f'{STAFF}?tab=all&limit=2', by=house.dispatcher).json_body
    second = call(
        'GET', f'{STAFF}?tab=all&limit=2&cursor={first["next_cursor"]}', by=house.dispatcher
    ).json_body
    third = call(
        'GET', f'{STAFF}?tab=all&limit=2&cursor={second["next_cursor"]}', by=house.dispatcher
    ).json_body
    assert [r['number'] for page in (first, second, third) for r in page['items']] == [5, 4, 3, 2, 1]
    assert third['next_cursor'] is None
    for path in (f'{STAFF}?tab=new&limit=2&cursor={first["next_cursor"]}', f'{STAFF}?cursor=forged'):
        refused = call('GET', path, by=house.dispatcher)
        assert (refused.status_code, refused.json_body['code']) == (400, 'CursorInvalid')


@pytest.mark.proves('REQ-074')
@pytest.mark.parametrize('sum_of', ['debt_minor', 'advance_minor'])
def test_what_a_client_owes_or_has_paid_ahead_is_told_where_there_is_any(house, call, ordered, sum_of):
    number = ordered()

    def told():
        client = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body['client']
        return client['debt_minor'], client['advance_minor']

    assert told() == (None, None)
    make_clients.with_accounts(house.client, **{sum_of: 45000})
    assert told() == ((45000, None) if sum_of == 'debt_minor' else (None, 45000))


@pytest.mark.proves('REQ-074')
def test_the_card_tells_when_its_client_was_last_signed_in(house, call, ordered, time):
    path = f'{STAFF}/{ordered()}'
    assert call('GET', path, by=house.dispatcher).json_body['client']['last_seen_at'] is None
    clients.note_sign_in('demo', house.client, time.at)
    seen = call('GET', path, by=house.dispatcher).json_body['client']['last_seen_at']
    assert seen == '2026-11-23T09:00:00.000Z'


@pytest.mark.proves('REQ-072', 'REQ-074', 'REQ-077', 'REQ-078', 'REQ-025')
def test_the_card_has_its_blocks(house, call, ordered):
    card = call('GET', f'{STAFF}/{ordered()}', by=house.dispatcher).json_body
    assert (card['client']['name'], card['client']['phone']) == ('Петров Пётр', '+79161234567')
    assert (card['place']['address'], card['place']['premises_number']) == ('ул. Мира, 5', '12')
    assert card['client']['state'] == 'active'
    assert card['links']['activity'] == f'{card["links"]["request"]}/activity'
    assert card['links']['client'] == f'/v1/staff/clients/{house.client}'
    assert card['links']['premises'] == f'/v1/staff/premises/{house.flat}'
    assert card['management']['actions'] == ['cancel', 'start']
    assert card['organisation'] == {'organisation': 'demo', 'quarter': None, 'group': None}
    assert call('GET', f'{STAFF}/abc', by=house.dispatcher).status_code == 400
    assert call('GET', f'{STAFF}/999', by=house.dispatcher).status_code == 404
