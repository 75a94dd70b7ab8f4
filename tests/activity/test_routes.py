"""The tab «Активность клиента»: of a request, of a client, and for whom which lines are there."""

from dataclasses import replace

import pytest

from chalicelib.identity.events import SignedIn
from chalicelib.kit.caller import Audience, Caller, ClientKind, Scope
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Assignment, Edit, UnregisteredCustomer
from chalicelib.staff.model import Permission
from tests.activity.conftest import CLIENTS, REQUESTS, bus, completes, enters, orders, rates, within
from tests.make import activity as make
from tests.make import clients as make_clients
from tests.requests.conftest import acting

OF_THE_CLIENT = ['home_given', 'client_added']
"""What is known of the client before he does anything, newest first."""


def _kinds(lines):
    return [line['kind'] for line in lines]


def _numbers(lines):
    return [line['number'] for line in lines if line['number']]


@pytest.fixture
def rated(house, time):
    """A request that its client ordered, rated, and rated better; its number."""
    time.advance(minutes=10)
    number = orders(house)
    for step in (
        lambda: completes(house, number),
        lambda: rates(house, number, 3, 'Долго'),
        lambda: rates(house, number, 5, 'Вернулись и доделали'),
    ):
        time.advance(minutes=10)
        step()
    return number


@pytest.mark.proves('ACTV-001', 'ACTV-004')
def test_the_tab_of_a_request_shows_what_its_client_did_newest_first(house, read, rated):
    bus()
    lines = read(f'{REQUESTS}/{rated}/activity')
    assert _kinds(lines)[:3] == ['rating_changed', 'request_rated', 'request_created']
    assert sorted(_kinds(lines)[3:]) == sorted(OF_THE_CLIENT)
    assert lines[0].pop('id')
    assert lines[0] == {
        'kind': 'rating_changed',
        'at': '2026-11-23T09:40:00.000Z',
        'title': 'Изменена оценка заявки № 1 «Сантехник»: было 3 балла, стало 5',
        'author': None,
        'number': rated,
        'offering_name': 'Сантехник',
        'details': {'was': 3, 'points': 5, 'comment': 'Вернулись и доделали'},
    }


@pytest.mark.proves('ACTV-003')
def test_one_option_shows_everything_the_other_what_concerns_the_request(house, read, rated, time):
    time.advance(minutes=1)
    other = orders(house, 'single')
    bus()
    everything = read(f'{REQUESTS}/{rated}/activity?only=everything')
    assert everything == read(f'{REQUESTS}/{rated}/activity')
    assert _numbers(everything) == [other, rated, rated, rated]
    about = read(f'{REQUESTS}/{rated}/activity?only=request')
    assert _kinds(about) == ['rating_changed', 'request_rated', 'request_created']
    assert _numbers(about) == [rated, rated, rated]
    assert _kinds(read(f'{REQUESTS}/{other}/activity?only=request')) == ['request_created']


@pytest.mark.proves('ACTV-005', 'CLI-024')
def test_the_same_is_in_the_clients_card(house, read, rated):
    bus()
    assert read(f'{CLIENTS}/{house.client}/activity') == read(f'{REQUESTS}/{rated}/activity')
    assert _kinds(read(f'{CLIENTS}/{house.neighbour}/activity')) == ['client_added']


def test_a_request_entered_by_staff_is_the_clients_and_says_by_whom(house, read):
    number = enters(house)
    bus()
    [line] = read(f'{REQUESTS}/{number}/activity?only=request')
    assert (line['author'], line['details']) == ('Диспетчер Дарья', {'channel': 'incoming_call'})
    assert line['title'].endswith('оформлена сотрудником: Диспетчер Дарья')


def test_a_request_of_nobody_registered_has_an_empty_tab(house, read):
    number = enters(house, client_id=None, unregistered={'name': 'Прохожий', 'phone': '+79160000001'})
    inner = enters(house, client_id=None, channel='internal')
    bus()
    for one in (number, inner):
        for only in ('everything', 'request'):
            assert read(f'{REQUESTS}/{one}/activity?only={only}') == []


def test_a_sign_in_and_a_home_are_lines_without_a_link(house, read):
    at_home = make.delivered(SignedIn, subject_id=house.client, client='site')
    bus()
    bus(at_home)
    lines = {line['kind']: line for line in read(f'{CLIENTS}/{house.client}/activity')}
    assert lines['signed_in']['title'] == 'Вход в личный кабинет на сайте'
    home = 'Клиент привязан к помещению (ул. Мира, 5, пом. 12): на другом основании'
    assert lines['home_given']['title'] == home
    assert [line['number'] for line in lines.values()] == [None, None, None]


def test_a_page_leads_to_the_next_until_all_is_told(house, call, rated):
    bus()
    path, cursor, told = f'{REQUESTS}/{rated}/activity?limit=2', '', []
    for expected in (2, 2, 1):
        page = call('GET', path + cursor, by=house.dispatcher).json_body
        assert len(page['items']) == expected
        told += page['items']
        cursor = f'&cursor={page["next_cursor"]}'
    assert page['next_cursor'] is None
    assert told == call('GET', f'{REQUESTS}/{rated}/activity', by=house.dispatcher).json_body['items']


def test_a_cursor_of_the_other_option_is_refused(house, call, rated):
    bus()
    path = f'{REQUESTS}/{rated}/activity?limit=1'
    cursor = call('GET', path, by=house.dispatcher).json_body['next_cursor']
    answer = call('GET', f'{path}&only=request&cursor={cursor}', by=house.dispatcher)
    assert (answer.status_code, answer.json_body['code']) == (400, 'CursorInvalid')


def test_an_option_there_is_not_is_named(house, call, rated):
    answer = call('GET', f'{REQUESTS}/{rated}/activity?only=mine', by=house.dispatcher)
    assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, 'query.only')


def test_the_words_are_in_the_language_of_the_employee(house, read, rated):
    bus()
    english = replace(house.dispatcher, locale='en')
    title = read(f'{REQUESTS}/{rated}/activity', by=english)[0]['title']
    assert title == 'Rating of request No. 1 “Сантехник” changed from 3 points to 5'


# What is whose


@pytest.mark.proves('AMB-46')
def test_another_client_of_the_request_is_not_shown_with_the_deeds_of_the_former(house, read):
    number = orders(house)
    unregistered = UnregisteredCustomer(name='Прохожий', phone='+79160000001')
    heir = make_clients.client(surname='Наследник')
    make_clients.tenure(client_id=heir.id, premises_id=house.flat)
    requests.edit(number, Edit(client_id=heir.id), by=house.dispatcher)
    bus()
    assert read(f'{REQUESTS}/{number}/activity?only=request') == []
    assert sorted(_kinds(read(f'{REQUESTS}/{number}/activity'))) == ['client_added', 'home_given']
    assert _numbers(read(f'{CLIENTS}/{house.client}/activity')) == [number]
    requests.edit(number, Edit(client_id=None, unregistered=unregistered), by=house.dispatcher)
    assert read(f'{REQUESTS}/{number}/activity') == []


# Who sees what


def test_a_request_or_client_that_is_not_there_has_no_activity(house, call, rated):
    bus()
    stranger = replace(house.dispatcher, organisation='other')
    elsewhere = within(house.dispatcher, house.other_building, id='other')
    for by in (stranger, elsewhere):
        for path, code in (
            (f'{REQUESTS}/{rated}/activity', 'RequestNotFound'),
            (f'{CLIENTS}/{house.client}/activity', 'ClientNotFound'),
        ):
            answer = call('GET', path, by=by)
            assert (answer.status_code, answer.json_body['code']) == (404, code)
    for path in (f'{REQUESTS}/{rated + 1}/activity', f'{CLIENTS}/nobody/activity'):
        assert call('GET', path, by=house.dispatcher).status_code == 404
    assert call('GET', f'{REQUESTS}/{rated}/activity', by=house.resident).status_code == 401


def test_the_card_of_a_client_takes_the_right_to_see_clients(house, call):
    blind = acting(house.cleaner, Permission.REQUESTS_VIEW)
    answer = call('GET', f'{CLIENTS}/{house.client}/activity', by=blind)
    assert (answer.status_code, answer.json_body['params']) == (403, {'permission': 'clients.view'})


def test_what_concerns_another_building_is_left_out(house, read, time):
    """Neither its topic nor its address, and no line to guess it by."""
    here = orders(house)
    make_clients.tenure(client_id=house.client, premises_id=house.other_flat)
    time.advance(minutes=1)
    there = enters(house, building_id=house.other_building, premises_id=house.other_flat)
    bus()
    narrow = within(house.dispatcher, house.building, id='other')
    for path in (f'{REQUESTS}/{here}/activity', f'{CLIENTS}/{house.client}/activity'):
        assert _numbers(read(path)) == [there, here]
        lines = read(path, by=narrow)
        assert _numbers(lines) == [here]
        assert _kinds(lines).count('home_given') == 1
        assert 'ул. Мира, 7' not in str(lines)


def test_a_request_that_moved_is_judged_by_where_it_is_now(house, read, time):
    moved, stays = orders(house), orders(house)
    make_clients.tenure(client_id=house.client, premises_id=house.other_flat)
    change = Edit(building_id=house.other_building, premises_id=house.other_flat)
    requests.edit(moved, change, by=house.dispatcher)
    bus()
    path = f'{CLIENTS}/{house.client}/activity'
    assert _numbers(read(path, by=within(house.dispatcher, house.building, id='other'))) == [stays]
    assert _numbers(read(path, by=within(house.dispatcher, house.other_building, id='other'))) == [moved]


def test_a_page_of_what_is_not_for_the_caller_is_empty_and_leads_on(house, call, time):
    make_clients.tenure(client_id=house.client, premises_id=house.other_flat)
    time.advance(minutes=1)
    here = orders(house)
    for _ in range(3):
        time.advance(minutes=1)
        enters(house, building_id=house.other_building, premises_id=house.other_flat)
    bus()
    narrow, cursor, pages = within(house.dispatcher, house.building, id='other'), '', []
    while cursor is not None:
        path = f'{REQUESTS}/{here}/activity?limit=3' + (f'&cursor={cursor}' if cursor else '')
        page = call('GET', path, by=narrow).json_body
        pages.append(_numbers(page['items']))
        cursor = page['next_cursor']
    assert pages == [[], [here], []]


@pytest.mark.proves('ACTV-006')
def test_an_executor_with_his_app_reads_the_tab_of_his_own_work(house, call, read, rated):
    """The seeded role of executors sees requests he has a part in, and no clients."""
    own = Assignment(department_id=house.plumbers, assignee_ids=(house.crew[1].id,))
    mine, other = orders(house), orders(house)
    requests.assign(mine, own, by=house.dispatcher)
    bus()
    executor = Caller(
        'demo', Audience.STAFF, house.crew[1].id, client=ClientKind.STAFF_APP, scope=Scope(frozenset()),
        permissions=frozenset({Permission.REQUESTS_EDIT, Permission.REQUESTS_COMPLETE}),
    )  # fmt: skip
    for only in ('everything', 'request'):
        lines = read(f'{REQUESTS}/{mine}/activity?only={only}', by=executor)
        assert [(line['kind'], line['number']) for line in lines] == [('request_created', mine)]
    assert call('GET', f'{REQUESTS}/{other}/activity', by=executor).status_code == 404
