"""Lists narrowed by filters and words: they show exactly what fits, in order, page after page."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller, Scope
from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests import repository, service
from chalicelib.requests.model.filters import Filters, RequestsQuery, Selection, Tab
from chalicelib.requests.model.request import PaidStanding, Person, Place, Rating, RefundSum
from chalicelib.requests.model.status import Channel, PaidState, RefundStatus, Status
from chalicelib.requests.rules import listing, narrowing
from tests.conftest import NOON
from tests.make import incidents as make_incidents
from tests.make.requests import request as made
from tests.make.requests import terms
from tests.requests.conftest import STAFF, acting, crew_of


@pytest.fixture(autouse=True)
def unknown_sizes():
    repository.forget_sizes()


def catch_up(organisation='demo'):
    """The stream has brought everything."""
    for request in service.everything(organisation):
        service.index(request)


def numbers(answer):
    assert answer.status_code == 200, answer.json_body
    return [line['number'] for line in answer.json_body['items']]


@pytest.fixture
def listed(house, call):
    def listed(query='', by=None):
        catch_up()
        return numbers(call('GET', f'{STAFF}?{query}', by=by or house.dispatcher))

    return listed


@pytest.mark.proves('REQ-039', 'REQ-045', 'AMB-34')
def test_filters_are_combined_and_of_several_values_any_fits(house, ordered, step, listed):
    plumbing, electric, later = ordered(), ordered('single'), ordered()
    step(later, 'start', crew_of(house, 0))
    of_both = f'offering_id={house.offerings["plumbing"]}&offering_id={house.offerings["single"]}'
    assert set(listed(f'tab=all&{of_both}')) == {plumbing, electric, later}
    assert listed(f'tab=all&{of_both}&status=in_progress&status=done') == [later]
    assert listed(f'tab=all&status=waiting&offering_id={house.offerings["single"]}') == [electric]
    assert listed(f'tab=new&{of_both}&status=in_progress') == []
    assert listed(f'tab=all&assignee_id={house.crew[0].id}&building_id={house.building}') == [later]
    assert listed('tab=all&channel=visit') == []


@pytest.mark.proves('REQ-142', 'SLA-015', 'AMB-23')
def test_overdue_and_badly_rated_requests_are_found(house, ordered, step, listed, call, time):
    late, rated = ordered(), ordered()
    for number in (late, rated):
        step(number, 'start', crew_of(house, 0))
    step(rated, 'complete')
    call('POST', f'/v1/resident/requests/{rated}/rate', {'points': 2, 'comment': 'грязь'}, by=house.resident)
    time.advance(hours=5)
    service.sweep()
    assert listed('tab=all&is_overdue=true') == [late]
    assert listed('tab=all&is_overdue=false') == [rated]
    assert listed('tab=all&rating=1&rating=2') == [rated]
    assert listed('tab=all&label=execution_breached') == [late]
    assert listed('tab=all&done_since=2026-11-23&done_until=2026-11-23') == [rated]
    assert listed('tab=all&created_since=2026-11-24') == []


@pytest.mark.proves('REQ-003', 'REQ-038')
@pytest.mark.parametrize(
    'words',
    ['ПЕТРО', 'сант петр', 'мира 5', '12 петров', 'Сантехник', '№ 1', '1', 'пётр', 'петр', 'мира, 5, кв. 12'],
)
def test_a_request_is_found_by_its_number_and_by_beginnings_of_words(house, ordered, listed, words):
    first, _ = ordered(), ordered('single')
    assert listed(f'tab=all&search={words}')[0] in (first, 2)
    assert first in listed(f'tab=all&search={words}')
    assert listed('tab=all&search=етров') == []
    assert listed('tab=all&search=петров лифт') == []
    assert listed('tab=all&search=!!!') == []


def test_what_the_scope_hides_is_in_no_list_and_no_search(house, ordered, listed):
    ordered()
    elsewhere = acting(house.cleaner, scope=Scope(frozenset({house.other_building})))
    there = acting(house.cleaner, scope=Scope(frozenset({house.building, house.other_building})))
    for query in ('tab=all', 'tab=new', 'tab=all&search=петров', 'tab=all&search=1',
                  f'tab=all&building_id={house.building}', 'tab=all&status=waiting'):  # fmt: skip
        assert listed(query, by=elsewhere) == [], query
        assert listed(query, by=there) == [1], query


def changed(number, **changes):
    """The request as a house above will have left it."""
    before = dynamo.get(service.reading('demo', number))
    return repository.save(before, before.model_copy(update=changes))


@pytest.mark.proves('REQ-046', 'REQ-047', 'REQ-049', 'INC-007', 'AMB-29', 'AMB-30', 'AMB-31')
def test_attached_requests_are_left_out_unless_asked_for(house, call, ordered, listed):
    plain, attached = ordered(), ordered()
    make_incidents.standing('water')
    changed(attached, incident_id='water')
    assert listed('tab=new') == listed('tab=all') == listed('tab=all&status=waiting') == [plain]
    assert listed(f'tab=all&search={attached}') == []
    assert listed('tab=all&is_attached=true') == listed('tab=new&is_attached=true') == [attached]
    assert listed('tab=all&incident_id=water') == [attached]
    assert listed('tab=all&incident_id=fire') == []
    assert call('GET', f'{STAFF}/counters', by=house.dispatcher).json_body == {'new': 1}
    assert call('GET', f'{STAFF}/{attached}', by=house.dispatcher).status_code == 200


def important(number, at):
    request = dynamo.get(service.reading('demo', number))
    dynamo.commit(*service.marking_important(request, at, by=SYSTEM))


@pytest.mark.proves('REQ-024', 'REQ-030', 'AMB-33')
def test_an_important_comment_pins_inside_what_fits_the_newest_first(house, ordered, listed, time):
    first, second, third = (ordered() for _ in range(3))
    important(first, time.at)
    important(second, time.advance(minutes=1))
    time.advance(minutes=1)
    changed(third)
    for query in ('tab=all', 'tab=new', 'tab=all&status=waiting'):
        assert listed(query) == [second, first, third], query
    time.advance(minutes=1)
    important(second, None)
    # Whoever looked at it changed nothing: it stands where its comment was written.
    assert listed('tab=all') == [first, third, second]


@pytest.mark.proves('REQ-027', 'REQ-031', 'REQ-035', 'REQ-037')
def test_labels_of_money_and_the_sum_of_a_refund_stand_in_the_list(house, call, ordered, listed):
    number = ordered()
    refund = RefundSum(status=RefundStatus.REQUESTED, amount_minor=125000)
    states = frozenset({PaidState.PAID, PaidState.REFUND_REQUESTED})
    paid = PaidStanding(states=states, refund=refund)
    for _ in range(2):  # told twice, it is so once
        dynamo.commit(*service.marking_paid(dynamo.get(service.reading('demo', number)), paid, by=SYSTEM))
    [line] = call('GET', f'{STAFF}?tab=all', by=house.dispatcher).json_body['items']
    assert line['labels'] == ['invoice_paid', 'refund_requested']
    assert line['refund'] == {'status': 'requested', 'amount_minor': 125000, 'currency': 'RUB'}
    assert listed('tab=all&paid=refund_requested&label=invoice_paid') == [number]
    assert listed('tab=all&paid=invoice_unpaid') == []
    entries = call('GET', f'{STAFF}/{number}/history', by=house.dispatcher).json_body['items']
    [told] = [entry for entry in entries if entry['type'] == 'LabelsChanged']
    assert told['details']['added'] == ['invoice_paid', 'refund_requested']


@pytest.mark.parametrize('query', ['color=red', 'status=lost', 'rating=6', 'tab=old', 'sort=number'])
def test_an_unknown_filter_or_value_is_named(house, call, query):
    refused = call('GET', f'{STAFF}?{query}', by=house.dispatcher)
    assert refused.status_code == 400
    assert refused.json_body['errors'][0]['path'].startswith(f'query.{query.partition("=")[0]}')


def test_a_long_search_a_reversed_period_and_a_cursor_of_other_filters_are_refused(house, call, ordered):
    for _ in range(3):
        ordered()
    catch_up()
    refused = call('GET', f'{STAFF}?search={"я" * 101}', by=house.dispatcher)
    assert (refused.status_code, refused.json_body['errors'][0]['path']) == (400, 'query.search')
    refused = call('GET', f'{STAFF}?created_since=2026-11-02&created_until=2026-11-01', by=house.dispatcher)
    assert (refused.status_code, refused.json_body['errors'][0]['code']) == (400, 'period_reversed')
    page = call('GET', f'{STAFF}?tab=all&status=waiting&limit=1', by=house.dispatcher).json_body
    cursor = page['next_cursor']
    for query in ('status=done', 'status=waiting&search=петров', 'status=waiting&channel=visit'):
        refused = call('GET', f'{STAFF}?tab=all&{query}&cursor={cursor}', by=house.dispatcher)
        assert (refused.status_code, refused.json_body['code']) == (400, 'CursorInvalid'), query


@pytest.mark.proves('REQ-041', 'REQ-042', 'REQ-044', 'REQ-048', 'AMB-32', 'SET-001')
def test_filters_are_saved_for_the_employee_the_page_and_the_client(house, call, ordered, listed):
    ordered()
    path = '/v1/staff/me/filters/all'
    wanted = {'status': ['done'], 'is_attached': True, 'created_since': '2026-11-01',
              'created_until': '2026-11-30'}  # fmt: skip
    assert call('PUT', path, wanted, by=house.dispatcher).json_body['count'] == 3
    saved = call('GET', path, by=house.dispatcher).json_body
    assert (saved['count'], saved['filters']['status']) == (3, ['done'])
    assert listed('tab=all&is_saved=true') == []
    assert listed('tab=all&is_saved=true&status=waiting&is_attached=false') == [1]
    in_the_app = acting(house.cleaner, client='staff-app')
    for by, page in ((in_the_app, 'all'), (acting(house.cleaner), 'all'), (house.dispatcher, 'mine')):
        assert call('GET', f'/v1/staff/me/filters/{page}', by=by).json_body['count'] == 0
    assert call('DELETE', path, by=house.dispatcher).status_code == 204
    assert call('GET', path, by=house.dispatcher).json_body['count'] == 0
    assert call('PUT', path, {'colour': 'red'}, by=house.dispatcher).status_code == 400


@pytest.mark.proves('REQ-018', 'REQ-020', 'REQ-021', 'REQ-022', 'REQ-023', 'SET-002')
def test_columns_are_chosen_and_ordered_by_each_employee(house, call):
    path = '/v1/staff/me/list-layout'
    default = call('GET', path, by=house.dispatcher).json_body['columns']
    assert [column['code'] for column in default if column['is_visible']] == [
        'status', 'number', 'offering', 'address', 'client', 'assignees', 'labels', 'updated_at',
    ]  # fmt: skip
    chosen = [{'code': 'execute_until'}, {'code': 'labels', 'is_visible': False}, {'code': 'number'}]
    call('PUT', path, {'columns': chosen}, by=house.dispatcher)
    kept = call('GET', path, by=house.dispatcher).json_body['columns']
    assert [(c['code'], c['is_visible']) for c in kept[:3]] == [
        ('execute_until', True), ('labels', False), ('number', True),
    ]  # fmt: skip
    assert len(kept) == len(default)
    assert call('GET', path, by=acting(house.cleaner)).json_body['columns'] == default
    nobody = Caller('demo', house.dispatcher.audience, 'nobody')
    assert call('PUT', path, {'columns': chosen}, by=nobody).status_code == 200
    twice = call('PUT', path, {'columns': [{'code': 'number'}] * 2}, by=house.dispatcher)
    assert (twice.status_code, twice.json_body['errors'][0]['code']) == (400, 'column_twice')


BUILDINGS, OFFERINGS, PEOPLE = ('b1', 'b2'), ('o1', 'o2', 'o3'), ('ivan', 'olga')


@st.composite
def standing_requests(draw):
    found = []
    for number in range(1, draw(st.integers(5, 14)) + 1):
        at = NOON.replace(year=draw(st.integers(2024, 2026)), minute=draw(st.integers(0, 3)))
        status = draw(st.sampled_from(Status))
        done = status is Status.DONE or draw(st.booleans())
        found.append(
            made(
                status,
                number=number,
                terms=terms().model_copy(update={'offering_id': draw(st.sampled_from(OFFERINGS))}),
                place=Place(building_id=draw(st.sampled_from(BUILDINGS)), address='ул. Мира, 5'),
                assignees=tuple(
                    Person(id=one, name=one) for one in draw(st.sets(st.sampled_from(PEOPLE)))
                ),
                channel=draw(st.sampled_from([Channel.VISIT, Channel.EMAIL])),
                incident_id=draw(st.sampled_from([None, None, 'i1'])),
                rating=Rating(points=draw(st.integers(1, 5)), at=at) if done else None,
                created_at=at,
                updated_at=NOON.replace(minute=draw(st.integers(4, 50))),
                done_at=at if done else None,
                important_at=draw(st.sampled_from([None, None, None, NOON])),
            )
        )
    return found


some_filters = st.builds(
    Filters,
    offering_id=st.lists(st.sampled_from(OFFERINGS), max_size=2),
    status=st.lists(st.sampled_from(Status), max_size=4),
    assignee_id=st.lists(st.sampled_from(PEOPLE), max_size=1),
    building_id=st.lists(st.sampled_from(BUILDINGS), max_size=1),
    channel=st.lists(st.sampled_from([Channel.VISIT]), max_size=1),
    rating=st.lists(st.integers(1, 5), max_size=3),
    is_attached=st.sampled_from([None, None, True]),
    created_since=st.sampled_from([None, NOON.date().replace(year=2025)]),
    done_until=st.sampled_from([None, NOON.date().replace(year=2025)]),
)


@pytest.mark.proves('REQ-040')
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(standing_requests(), some_filters, st.sampled_from([Tab.ALL, Tab.NEW, Tab.MINE]), st.integers(1, 5))
def test_pages_together_show_exactly_what_fits_in_order(house, requests, filters, tab, limit):
    organisation = f'org-{next(_organisations)}'
    repository.forget_sizes()
    make_incidents.standing('i1', organisation)
    for request in requests:
        kept = request.model_copy(update={'organisation': organisation})
        repository.next_number(organisation)
        repository.save(None, kept.model_copy(update={'version': 0}))
    catch_up(organisation)
    present = list(service.everything(organisation))
    chief = house.dispatcher
    by = Caller(organisation, chief.audience, 'ivan', permissions=chief.permissions)
    what = narrowing.wanted(filters, tab, employee_id='ivan', scope=Scope(), zone=by.zoneinfo)
    fitting = [one for one in present if narrowing.fits(one, what)]
    expected = [one.number for one in sorted(fitting, key=listing.rank, reverse=True)]

    shown, cursor = [], None
    for _ in range(100):
        query = RequestsQuery(**filters.model_dump(), tab=tab, limit=limit, cursor=cursor)
        page = service.list_requests(query, by=by)
        shown += [line.number for line in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert shown == expected
    chosen = service.select(Selection(tab=tab, filters=filters), by=by)
    assert [request.number for request in service.each_chosen(chosen, by=by)] == expected


_organisations = itertools.count()
