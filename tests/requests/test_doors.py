"""Requests through their doors: what staff and residents do, and what is refused."""

import pytest

from chalicelib.kit.caller import Caller, Scope
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.staff.model import Permission
from tests.requests.conftest import acting

STAFF, OWN = '/v1/staff/requests', '/v1/resident/requests'


@pytest.fixture
def ordered(house, call):
    """A request entered by the dispatcher; returns its number."""

    def order(offering='plumbing', **changes):
        answer = call('POST', STAFF, house.order(offering, **changes), by=house.dispatcher)
        assert answer.status_code == 201, answer.json_body
        return answer.json_body['number']

    return order


@pytest.fixture
def step(house, call):
    """Does an action as the dispatcher, or as `by`; returns the answer."""

    def do(number, action, body=None, by=None, **headers):
        return call('POST', f'{STAFF}/{number}/{action}', body or {}, by=by or house.dispatcher, **headers)

    return do


def stored():
    return [row for row in RequestRow.scan() if row.sk == 'request']


def crew_of(house, *positions):
    return {'department_id': house.plumbers, 'assignee_ids': [house.crew[n].id for n in positions]}


def history(call, house, number):
    entries = call('GET', f'{STAFF}/{number}/history?limit=100', by=house.dispatcher).json_body['items']
    return entries[::-1]


@pytest.mark.proves('REQ-003', 'REQ-051', 'REQ-059', 'REQ-061', 'REQ-090')
def test_staff_enter_a_request_for_a_client_and_get_its_number(house, call):
    answer = call('POST', STAFF, house.order(), by=house.dispatcher)
    assert answer.status_code == 201
    assert answer.headers['ETag'] == '"1"'
    body = answer.json_body
    assert (body['number'], body['status']) == (1, {'code': 'waiting', 'colour': 'red'})
    assert body['client']['id'] == house.client
    assert body['sla']['reaction'] == {'until': '2026-11-23T10:00:00.000Z', 'verdict': 'pending'}
    second = call('POST', STAFF, house.order(), by=house.dispatcher)
    assert second.json_body['number'] == 2


@pytest.mark.proves('REQ-008', 'REQ-053', 'REQ-129', 'REQ-149')
def test_a_resident_orders_and_sees_nothing_internal(house, call, step):
    answer = call(
        'POST',
        OWN,
        {'offering_id': house.offerings['plumbing'], 'premises_id': house.flat},
        by=house.resident,
    )
    assert answer.status_code == 201
    number = answer.json_body['number']
    step(number, 'start', {**crew_of(house, 0), 'comment': 'жилец скандальный'})
    own = call('GET', f'{OWN}/{number}', by=house.resident)
    assert own.json_body['status']['code'] == 'in_progress'
    assert 'скандальный' not in own.body.decode()
    assert not {'management', 'history', 'sla'} & own.json_body.keys()
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['channel'], card['created_by']) == ('app', None)
    assert card['history'][-1]['author'] is None
    started = next(entry for entry in card['history'] if entry['type'] == 'RequestStarted')
    assert started['comment'] == 'жилец скандальный'


@pytest.mark.proves('REQ-091', 'SLA-016')
def test_an_appointment_is_in_work_at_once_with_its_reaction_observed(house, call, ordered):
    number = ordered('visit')
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert card['status']['code'] == 'in_progress'
    assert card['sla']['reaction']['verdict'] == 'observed'
    assert card['sla']['execution']['until'] == '2026-11-23T13:00:00.000Z'
    assert call('GET', f'{STAFF}?tab=new', by=house.dispatcher).json_body['items'] == []


@pytest.mark.proves('REQ-052', 'REQ-054', 'REQ-057', 'REQ-067', 'REQ-068')
@pytest.mark.parametrize(
    'offering, changes, status, code, path',
    [
        ('meters', {}, 400, 'FormInvalid', 'body.form.meters'),
        ('plumbing', {'premises_id': 'OTHER'}, 422, 'ClientNotInPremises', 'body.client_id'),
        ('plumbing', {'client_id': 'NEIGHBOUR'}, 422, 'ClientNotInPremises', 'body.client_id'),
        ('plumbing', {'premises_id': 'OTHER', 'client_id': None, 'unregistered': {'name': 'Гость'}}, 422, 'PremisesNotInBuilding', 'body.premises_id'),
        ('plumbing', {'premises_id': None}, 422, 'PremisesNeeded', 'body.premises_id'),
        ('plumbing', {'client_id': None}, 422, 'CustomerNeeded', 'body.client_id'),
        ('plumbing', {'unregistered': {'name': 'Гость'}}, 400, 'CustomerAmbiguous', 'body.unregistered'),
        ('plumbing', {'channel': 'app'}, 422, 'ChannelNotForStaff', 'body.channel'),
        ('plumbing', {'channel': 'pigeon'}, 400, 'NotDecent', 'body.channel'),
        ('plumbing', {'offering_id': 'unknown'}, 404, 'OfferingNotFound', None),
        ('plumbing', {'building_id': 'unknown'}, 404, 'BuildingNotFound', None),
        ('plumbing', {'client_id': 'unknown'}, 404, 'ClientNotFound', None),
        ('elsewhere', {}, 422, 'OfferingNotAvailable', 'body.offering_id'),
        ('plumbing', {'number': 5}, 400, 'NotDecent', 'body.number'),
        ('plumbing', {'form': {'x': 1}}, 400, 'FormInvalid', 'body.form.x'),
        ('plumbing', {'assignee_ids': ['CLEANER']}, 422, 'EmployeeOutsideDepartment', 'body.assignee_ids[0]'),
    ],
)  # fmt: skip
def test_a_bad_order_is_refused_by_field_and_nothing_is_stored(
    house, call, offering, changes, status, code, path
):
    real = {'OTHER': house.other_flat, 'NEIGHBOUR': house.neighbour, 'CLEANER': house.cleaner.id}
    body = house.order(
        offering,
        **{
            k: [real.get(x, x) for x in v]
            if isinstance(v, list)
            else real.get(v, v)
            if isinstance(v, str)
            else v
            for k, v in changes.items()
        },
    )
    answer = call('POST', STAFF, body, by=house.dispatcher)
    assert (answer.status_code, answer.json_body['code']) == (status, code), answer.json_body
    if path:
        assert path in [error['path'] for error in answer.json_body['errors']]
    assert stored() == []


@pytest.mark.proves('REQ-055', 'REQ-056')
def test_the_order_form_is_kept_with_its_labels(house, call, ordered):
    number = ordered('meters', form={'meters': 3})
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert card['form'] == [{'code': 'meters', 'label': 'Количество счётчиков', 'value': 3}]


@pytest.mark.proves('REQ-067', 'REQ-068')
def test_an_internal_request_needs_no_client_and_an_unregistered_one_no_phone(house, call, ordered):
    ordered('inner', channel='internal', client_id=None, premises_id=None)
    number = ordered(client_id=None, premises_id=None, unregistered={'name': 'Гость'})
    card = call('GET', f'{STAFF}/{number}', by=house.dispatcher).json_body
    assert (card['client']['name'], card['client']['is_registered']) == ('Гость', False)


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
    assert call('GET', f'{OWN}/{number}', by=neighbour).status_code == 404
    assert call('POST', f'{OWN}/{number}/cancel', by=neighbour).status_code == 404


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


@pytest.mark.proves('REQ-123', 'REQ-126', 'REQ-128')
def test_assignment_names_people_and_leaves_the_status(house, call, ordered, step):
    number = ordered()
    answer = step(number, 'assign', {**crew_of(house, 0, 1), 'controller_id': house.cleaner.id})
    assert answer.json_body['status']['code'] == 'waiting'
    assert [p['id'] for p in answer.json_body['management']['assignees']] == [
        house.crew[0].id,
        house.crew[1].id,
    ]
    entries = history(call, house, number)
    assert [e['type'] for e in entries] == ['RequestCreated', 'AssigneesChanged', 'ControllerNamed']
    assert entries[1]['details']['added'] == [house.crew[0].id, house.crew[1].id]
    assert step(number, 'assign', crew_of(house, 0, 1)).headers['ETag'] == answer.headers['ETag']


def test_a_fifth_assignee_and_a_second_one_of_a_single_offering_are_refused(house, ordered, step):
    refused = step(ordered(), 'assign', crew_of(house, 0, 1, 2, 3, 4))
    assert (refused.status_code, refused.json_body['code']) == (422, 'TooManyAssignees')
    assert refused.json_body['errors'][0]['path'] == 'body.assignee_ids'
    assert step(ordered('single'), 'assign', crew_of(house, 0, 1)).status_code == 422


@pytest.mark.proves('REQ-120', 'REQ-121')
def test_the_load_counts_open_requests_only(house, call, ordered, step):
    for _ in range(6):
        step(ordered(), 'assign', crew_of(house, 0))
    path = f'{STAFF}/candidates?department_id={house.plumbers}'

    def load():
        people = call('GET', path, by=house.dispatcher).json_body['items']
        return next((p['open_requests'], p['load']) for p in people if p['id'] == house.crew[0].id)

    assert load() == (6, 'yellow')
    step(1, 'cancel', {'comment': 'ошибка'})
    assert load() == (5, 'green')
    step(2, 'start')
    step(2, 'complete')
    assert load() == (4, 'green')
    step(2, 'reopen')
    assert load() == (5, 'green')
    step(3, 'assign', crew_of(house, 1))
    assert load() == (4, 'green')


@pytest.mark.proves('REQ-094', 'REQ-096', 'REQ-108', 'REQ-127', 'REQ-132')
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


@pytest.mark.proves('REQ-079', 'REQ-080', 'REQ-083', 'REQ-084', 'REQ-085')
def test_basic_data_change_with_their_differences_recorded(house, call, ordered):
    number = ordered()
    path = f'{STAFF}/{number}'
    edited = call(
        'PATCH', path, {'offering_id': house.offerings['meters'], 'form': {'meters': 2}}, by=house.dispatcher
    )
    assert edited.status_code == 200, edited.json_body
    assert edited.json_body['sla']['reaction_limit'] is None
    last = history(call, house, number)[-1]
    assert last['details']['changes'] == {'form.meters': ['', '2'], 'offering': ['Сантехник', 'Поверка']}
    assert (
        call(
            'PATCH', path, {'offering_id': house.offerings['meters'], 'form': {}}, by=house.dispatcher
        ).status_code
        == 400
    )
    assert call('PATCH', path, {'channel': 'visit'}, by=house.dispatcher).status_code == 400
    moved = call('PATCH', path, {'building_id': house.other_building}, by=house.dispatcher)
    assert (moved.status_code, moved.json_body['code']) == (422, 'PremisesNeeded')
    same = call('PATCH', path, {'form': {'meters': 2}}, by=house.dispatcher)
    assert same.headers['ETag'] == edited.headers['ETag']


@pytest.mark.proves('REQ-082')
def test_basic_data_of_what_is_over_stand_fast(house, call, ordered, step):
    number = ordered()
    step(number, 'cancel', {'comment': 'дубль'})
    refused = call('PATCH', f'{STAFF}/{number}', {'premises_id': None}, by=house.dispatcher)
    assert (refused.status_code, refused.json_body['code']) == (409, 'EditingLocked')


def test_moving_a_request_to_another_building_moves_its_counter(house, call, ordered):
    number = ordered('inner', channel='internal', client_id=None, premises_id=None)
    call('PATCH', f'{STAFF}/{number}', {'building_id': house.other_building}, by=house.dispatcher)
    for building, count in ((house.building, 0), (house.other_building, 1)):
        scoped = acting(house.cleaner, scope=Scope(frozenset({building})))
        assert call('GET', f'{STAFF}/counters', by=scoped).json_body == {'new': count}


@pytest.mark.proves('REQ-112', 'REQ-114')
def test_a_routed_request_is_approved_after_a_question(house, call, ordered, step):
    number = ordered('routed')
    assert step(number, 'start', crew_of(house, 0)).status_code == 409
    assert step(number, 'clarify', {'comment': 'какая стена?'}).json_body['status']['code'] == 'clarification'
    answered = call('POST', f'{OWN}/{number}/answer', {'text': 'несущая'}, by=house.resident)
    assert answered.json_body['status']['code'] == 'approval'
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


@pytest.mark.parametrize('points', [0, 6, 2.5, '5', None])
def test_a_rating_is_a_whole_number_from_one_to_five(house, call, ordered, points):
    answer = call('POST', f'{OWN}/{ordered()}/rate', {'points': points}, by=house.resident)
    assert (answer.status_code, answer.json_body['errors'][0]['path']) == (400, 'body.points')


def test_a_blocked_client_orders_nothing(house, call):
    blocked = Caller('demo', house.resident.audience, house.client, is_blocked=True)
    answer = call(
        'POST', OWN, {'offering_id': house.offerings['plumbing'], 'premises_id': house.flat}, by=blocked
    )
    assert (answer.status_code, answer.json_body['code']) == (403, 'ClientBlocked')
    assert stored() == []


def test_a_resident_orders_only_what_is_offered_and_only_at_home(house, call):
    inner = call(
        'POST', OWN, {'offering_id': house.offerings['inner'], 'premises_id': house.flat}, by=house.resident
    )
    assert (inner.status_code, inner.json_body['code']) == (422, 'OfferingNotAvailable')
    foreign = call(
        'POST',
        OWN,
        {'offering_id': house.offerings['plumbing'], 'premises_id': house.other_flat},
        by=house.resident,
    )
    assert (foreign.status_code, foreign.json_body['errors'][0]['path']) == (422, 'body.premises_id')
    assert stored() == []


@pytest.mark.proves('REQ-103', 'REQ-098', 'REQ-112')
@pytest.mark.parametrize(
    'action, needed',
    [
        ('start', 'requests.edit'),
        ('suspend', 'requests.edit'),
        ('check', 'requests.edit'),
        ('reopen', 'requests.edit'),
        ('cancel', 'requests.cancel'),
        ('complete', 'requests.complete'),
    ],
)
def test_each_action_needs_its_permission_and_changes_nothing_without(
    house, call, ordered, step, action, needed
):
    number = ordered()
    if action in ('suspend', 'check', 'complete', 'reopen'):
        step(number, 'start', crew_of(house, 0))
    if action == 'reopen':
        step(number, 'complete')
    before = stored()[0].version
    others = [p for p in Permission if p != needed]
    refused = step(number, action, {'comment': 'x'}, by=acting(house.cleaner, *others))
    assert (refused.status_code, refused.json_body['params']) == (403, {'permission': needed})
    assert stored()[0].version == before


def test_a_stale_version_changes_nothing(house, call, ordered, step):
    number = ordered()
    step(number, 'assign', crew_of(house, 0))
    stale = step(number, 'start', if_match='"1"')
    assert (stale.status_code, stale.json_body['code']) == (412, 'StaleVersion')
    assert step(number, 'start', if_match='"2"').headers['ETag'] == '"3"'


def test_the_same_key_orders_once(house, call):
    answers = [
        call('POST', STAFF, house.order(), by=house.dispatcher, idempotency_key='one') for _ in range(2)
    ]
    assert [a.json_body['number'] for a in answers] == [1, 1]
    assert len(stored()) == 1
    assert call('GET', f'{STAFF}/counters', by=house.dispatcher).json_body == {'new': 1}


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


@pytest.mark.proves('REQ-072', 'REQ-074', 'REQ-077', 'REQ-078', 'REQ-025')
def test_the_card_has_its_blocks(house, call, ordered):
    card = call('GET', f'{STAFF}/{ordered()}', by=house.dispatcher).json_body
    assert (card['client']['name'], card['client']['phone']) == ('Петров Пётр', '+79161234567')
    assert (card['place']['address'], card['place']['premises_number']) == ('ул. Мира, 5', '12')
    assert card['management']['actions'] == ['cancel', 'start']
    assert card['organisation'] == {'organisation': 'demo', 'quarter': None, 'group': None}
    assert call('GET', f'{STAFF}/abc', by=house.dispatcher).status_code == 400
    assert call('GET', f'{STAFF}/999', by=house.dispatcher).status_code == 404
