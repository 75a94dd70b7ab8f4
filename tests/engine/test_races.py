"""Many hands at once: one wins, nobody's work is lost, what is counted agrees with what there is."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable

import pytest

from chalicelib.identity import gateway, rules
from chalicelib.identity.model import Address, AddressKind, Challenge
from chalicelib.identity.repository import codes
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Audience
from chalicelib.kit.connection import connection, forget_connections
from chalicelib.requests import repository, service
from chalicelib.requests.model.request import Request
from chalicelib.requests.repository.rows import RequestRow
from chalicelib.staff import service as staff
from tests.engine import desk as desks
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, Said, at_once, call

CALLERS = 50


def events_of(number: int) -> list[tuple[str, str]]:
    """The sort key and the type of each event row of the request, in their order."""
    rows = RequestRow.query(
        f'{ORGANISATION}#{number}', RequestRow.sk.startswith('event#'), consistent_read=True
    )
    return [(row.sk, json.loads(row.body or '')['type']) for row in rows]


def requests_there_are() -> list[Request]:
    """Every request, read from its own row."""
    rows = RequestRow.scan(RequestRow.sk == 'request', consistent_read=True)
    return [Request.model_validate_json(row.body or '') for row in rows]


def history_is_whole(request: Request) -> bool:
    """Every version of the request said something, at positions without a gap."""
    positions: dict[int, list[int]] = defaultdict(list)
    for key, _ in events_of(request.number):
        version, _, position = key.removeprefix('event#').partition('.')
        positions[int(version)].append(int(position))
    said_of_each = all(found == list(range(len(found))) for found in positions.values())
    return sorted(positions) == list(range(1, request.version + 1)) and said_of_each


def counters_agree(desk: Desk) -> bool:
    """What is counted as new and as load is what a recount of the rows finds."""
    there = requests_there_are()
    new = Counter(one.place.building_id for one in there if one.standing.is_new)
    loads = Counter(employee for one in there if one.is_open for employee in one.assignee_ids)
    by_place = dynamo.get(
        dynamo.Read(RequestRow, (f'{ORGANISATION}#new', desk.building), lambda row: int(row.tally or 0))
    )
    ids = [employee.id for employee in desk.crew]
    counted = repository.loads(ORGANISATION, ids)
    return (
        service.count_new(by=desk.dispatcher) == new.total()
        and by_place == new[desk.building]
        and counted == {employee: loads[employee] for employee in ids}
    )


def test_of_fifty_who_take_a_request_at_once_one_gets_it(engine):
    with desks.doors_open():
        desk = desks.settle(crew=CALLERS)
        number = desk.create()

        def take(employee: str) -> Callable[[], tuple[str, Said]]:
            token = desks.token_of(Audience.STAFF, employee)
            body = {'assignee_ids': [employee], 'department_id': desk.department}
            return lambda: (employee, call('POST', f'{REQUESTS}/{number}/start', body, token=token))

        answers = at_once([take(employee.id) for employee in desk.crew])
    winners = [employee for employee, said in answers if said.status == 200]
    refused = [said for _, said in answers if said.status != 200]
    assert len(winners) == 1
    assert {said.status for said in refused} == {409}
    assert {said.body['code'] for said in refused} <= {'MoveNotAllowed', 'ChangedMeanwhile'}
    [request] = requests_there_are()
    assert (request.version, request.assignee_ids) == (2, (winners[0],))
    assert [kind for _, kind in events_of(number)].count('RequestStarted') == 1
    assert counters_agree(desk)


def test_a_take_that_names_a_version_is_told_that_it_is_an_old_one(desk):
    number = desk.create(assignee_ids=[desk.crew[0].id])

    def take() -> Said:
        return call('POST', f'{REQUESTS}/{number}/start', {}, token=desk.token, if_match='"1"')

    statuses = Counter(said.status for said in at_once([take] * 20))
    assert statuses == {200: 1, 412: 19}


@pytest.mark.proves('REQ-003')
def test_two_hundred_requests_made_at_once_are_all_there_and_counted(desk):
    draw = random.Random(200)
    crews = [draw.sample([one.id for one in desk.crew], draw.randint(0, 3)) for _ in range(200)]

    def order(chosen: list[str]) -> Callable[[], Said]:
        return lambda: call('POST', REQUESTS, desk.order(assignee_ids=chosen), token=desk.token)

    answers = at_once([order(chosen) for chosen in crews], threads=CALLERS)
    assert {said.status for said in answers} == {201}
    numbers = {said.body['number'] for said in answers}
    there = requests_there_are()
    assert len(numbers) == len(there) == 200
    assert {request.number for request in there} == numbers
    assert service.count_new(by=desk.dispatcher) == 200
    assert counters_agree(desk)
    assert all(history_is_whole(request) for request in there)
    announced = Counter(kind for number in numbers for _, kind in events_of(number))
    assert announced == {'RequestCreated': 200, 'AssigneesChanged': sum(map(bool, crews))}


def test_whatever_twenty_people_do_at_once_no_change_is_lost(desk):
    numbers = [desk.create(assignee_ids=[desk.crew[0].id]) for _ in range(10)]
    draw = random.Random(20)
    assignments: set[tuple[int, int]] = set()
    changes: list[tuple[int, int]] = []

    def act(turn: int) -> Callable[[], Said]:
        number = draw.choice(numbers)
        crew = draw.sample([one.id for one in desk.crew], draw.randint(1, 3))
        acts = {
            'start': {},
            'suspend': {'resume_until': '2099-01-01', 'comment': f'Ждём деталь {turn}'},
            'complete': {},
            'cancel': {'comment': f'Не нужно {turn}'},
            'reopen': {},
            'assign': {'assignee_ids': crew, 'department_id': desk.department},
            'status-comment': {'comment': f'Слово {turn}'},
        }
        name = draw.choices(list(acts), [4, 3, 3, 1, 4, 4, 2])[0]
        method = 'PUT' if name == 'status-comment' else 'POST'

        def done() -> Said:
            said = call(method, f'{REQUESTS}/{number}/{name}', acts[name], token=desk.token)
            if said.status == 200:
                change = (number, said.body['version'])
                # To assign those who are assigned already is no change, and answers the version there is.
                assignments.add(change) if name == 'assign' else changes.append(change)
            return said

        return done

    answers = at_once([act(turn) for turn in range(400)], threads=20)
    assert {said.status for said in answers} <= {200, 409, 422}, Counter(said.status for said in answers)
    assert len(changes) == len(set(changes)) > 40
    there = requests_there_are()
    for request in there:
        versions = {version for number, version in {*changes, *assignments} if number == request.number}
        assert versions | {1} == set(range(1, request.version + 1))
        assert history_is_whole(request)
    assert counters_agree(desk)


def test_the_same_key_from_twenty_threads_makes_one_request_and_gives_one_answer(desk):
    def order() -> Said:
        return call('POST', REQUESTS, desk.order(), token=desk.token, idempotency_key='one and the same')

    answers = at_once([order] * 20)
    assert {said.status for said in answers} == {201}
    assert len({json.dumps(said.body, sort_keys=True) for said in answers}) == 1
    assert sum('Idempotency-Replayed' not in said.headers for said in answers) == 1
    [request] = requests_there_are()
    assert request.number == answers[0].body['number']
    assert counters_agree(desk)


def test_a_code_that_twenty_threads_enter_at_once_opens_one_session(desk):
    address = Address(
        organisation=ORGANISATION, audience=Audience.RESIDENT, kind=AddressKind.PHONE, value='+79161234567'
    )
    key, name = gateway.key_ring().current, f'{ORGANISATION}_challenge'
    challenge = Challenge(
        id=name,
        address=address,
        subject_id=desk.client,
        digest=rules.digest_of_code(key.codes, name, address, '123456'),
        kid=key.kid,
        expires_at=clock.now() + rules.CODE_LIFETIME,
    )
    dynamo.commit(codes.making_challenge(challenge))
    entered = {'challenge_id': name, 'code': '123456', 'client': 'resident-app'}
    answers = at_once([lambda: call('POST', '/v1/auth/otp/verify', entered)] * 20)
    tokens = [said.body['access_token'] for said in answers if said.status == 200]
    assert len(tokens) == 1
    refused = {(said.status, said.body['code']) for said in answers if said.status != 200}
    assert refused <= {(422, 'CodeUsed'), (422, 'TooManyTries')}
    assert call('GET', '/v1/resident/requests', token=tokens[0]).status == 200


def test_threads_that_come_first_share_one_client(desk):
    forget_connections()
    read = staff.reading_organisation(ORGANISATION)

    def look() -> tuple[int, str]:
        return id(connection()), dynamo.get(read).id

    assert len(set(at_once([look] * 20))) == 1
