"""The table of what counts as activity, its words, and the rule of the bus that must agree with it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chalicelib.activity import rules
from chalicelib.activity.model import ActivityKind, id_of
from chalicelib.activity.service import wording
from chalicelib.calls import events as of_calls
from chalicelib.clients import events as of_clients
from chalicelib.identity.events import SignedIn
from chalicelib.kit.caller import Scope
from chalicelib.kit.outbox import SYSTEM, Actor, ActorKind
from chalicelib.requests import events as of_requests
from chalicelib.requests.model.request import Place
from chalicelib.staff.model import Permission
from tests.conftest import NOON
from tests.make import activity as make
from tests.make import requests as make_requests
from tests.world import template

AGREED = """
RequestCreated      | request_created     | the_client    | always             | channel
RequestCancelled    | request_cancelled   | the_client    | by_himself         |
RequestReopened     | request_reopened    | the_client    | by_himself         |
ClarificationGiven  | clarification_given | the_client    | by_himself         | answer
RequestRated        | request_rated       | the_client    | by_himself         | points comment
RatingChanged       | rating_changed      | the_client    | by_himself         | was points comment
MessageSent         | message_sent        | the_client    | by_himself         |
InvoicePaid         | invoice_paid        | the_client    | always             | amount_minor
RefundRequested     | refund_asked        | the_client    | always             | amount_minor
ClientAdded         | client_added        | the_client    | always             |
ClientSettled       | home_given          | the_client    | always             | premises_id right
ClientTenureChanged | home_changed        | the_client    | with_another_right | premises_id was right
ClientUnsettled     | home_ended          | the_client    | always             | premises_id
SignedIn            | signed_in           | who_signed_in | as_resident        | client
CallEnded           | called              | the_client    | by_telephone       | call_id duration_seconds talk
CallMissed          | call_missed         | the_client    | by_telephone       | call_id
"""

OWN_DEEDS = [line.event for line in rules.TABLE if line.counts is rules.by_himself]
STRANGER = Actor(kind=ActorKind.RESIDENT, id='neighbour', name='Сидоров')


def _written(line):
    details = line.details(make.event(line.event))
    told = (line.event.__name__, line.kind, line.whose.__name__, line.counts.__name__, ' '.join(details))
    return ' | '.join(told).strip()


def _entry(kind, **changes):
    return rules.entry_of(make.delivered(kind, **changes))


def test_the_table_is_as_agreed():
    agreed = [' | '.join(part.strip() for part in line.split('|')) for line in AGREED.strip().splitlines()]
    assert [_written(line) for line in rules.TABLE] == [line.strip() for line in agreed]


def test_every_event_has_one_line_and_every_kind_is_made():
    assert len(rules.LINES) == len(rules.TABLE)
    assert {line.kind for line in rules.TABLE} == set(ActivityKind)


def test_the_rule_of_the_bus_lists_exactly_the_events_of_the_table():
    pattern = template()['Resources']['ActivityRule']['Properties']['EventPattern']
    assert sorted(pattern['detail-type']) == sorted(rules.LINES)
    assert sorted(pattern['source']) == sorted({f'domovoy.{line.event.source}' for line in rules.TABLE})


@pytest.mark.parametrize('line', rules.TABLE, ids=lambda line: line.event.__name__)
def test_a_clients_own_deed_is_his_in_every_line(line):
    entry = _entry(line.event, at=NOON)
    assert (entry.client_id, entry.kind, entry.at) == ('client', line.kind, NOON)
    about_request = line.event.source in ('billing', 'conversations', 'requests')
    assert (entry.number, entry.offering_name) == ((17, 'Сантехник') if about_request else (None, None))


@pytest.mark.parametrize('kind', OWN_DEEDS, ids=lambda kind: kind.__name__)
def test_what_others_do_to_a_clients_request_is_no_activity_of_his(kind):
    for by in (make.DARYA, SYSTEM, STRANGER):
        assert _entry(kind, by=by) is None


def test_a_request_entered_by_staff_is_the_clients_and_says_by_whom():
    entry = _entry(of_requests.RequestCreated, by=make.DARYA, channel='incoming_call')
    assert (entry.client_id, entry.by.name) == ('client', 'Диспетчер Дарья')
    assert wording.told(entry, 'ru').author == 'Диспетчер Дарья'
    assert wording.told(_entry(of_requests.RequestCreated), 'ru').author is None


@pytest.mark.parametrize('line', rules.TABLE[:6], ids=lambda line: line.event.__name__)
def test_a_request_of_nobody_registered_is_nobodys_activity(line):
    assert _entry(line.event, client_id=None) is None


def test_a_mark_beside_a_home_is_no_activity():
    mark = {'field': 'is_kept_on_integration', 'was': False, 'now': True}
    right = {'field': 'right', 'was': 'tenant', 'now': 'owner'}
    assert _entry(of_clients.ClientTenureChanged, changes=[mark]) is None
    both = _entry(of_clients.ClientTenureChanged, changes=[mark, right])
    assert both.details == {'premises_id': 'p1', 'was': 'tenant', 'right': 'owner'}


def test_an_employee_who_signs_in_is_no_client():
    assert _entry(SignedIn, audience='staff') is None
    assert _entry(SignedIn, audience='resident').client_id == 'client'


@pytest.mark.proves('CALL-008', 'ACTV-002')
@pytest.mark.parametrize('kind', [of_calls.CallEnded, of_calls.CallMissed])
def test_a_call_to_the_client_or_from_nobody_known_is_no_activity(kind):
    assert _entry(kind).client_id == 'client'
    assert _entry(kind, direction='outgoing') is None
    assert _entry(kind, client_id=None) is None


def test_what_is_not_in_the_table_is_passed_over():
    assert _entry(of_requests.RequestStarted) is None


def test_nothing_is_kept_of_what_says_nothing():
    assert _entry(of_requests.RequestRated, comment='').details == {'points': 4}


# The words


TITLES = [
    (of_requests.RequestCreated, {}, 'Создана заявка № 17 «Сантехник»'),
    (
        of_requests.RequestCreated,
        {'by': make.DARYA},
        'Создана заявка № 17 «Сантехник», оформлена сотрудником: Диспетчер Дарья',
    ),
    (of_requests.RequestCancelled, {}, 'Отменена заявка № 17 «Сантехник»'),
    (of_requests.RequestReopened, {}, 'Переоткрыта заявка № 17 «Сантехник»'),
    (of_requests.ClarificationGiven, {}, 'Дан ответ на уточнение по заявке № 17 «Сантехник»'),
    (of_requests.RequestRated, {'points': 1}, 'Оценена заявка № 17 «Сантехник»: 1 балл'),
    (of_requests.RequestRated, {'points': 5}, 'Оценена заявка № 17 «Сантехник»: 5 баллов'),
    (of_requests.RatingChanged, {}, 'Изменена оценка заявки № 17 «Сантехник»: было 3 балла, стало 4'),
    (of_clients.ClientAdded, {}, 'Клиент добавлен'),
    (of_clients.ClientAdded, {'by': make.DARYA}, 'Клиент добавлен сотрудником: Диспетчер Дарья'),
    (of_clients.ClientSettled, {}, 'Клиент привязан к помещению (помещения больше нет): собственник'),
    (
        of_clients.ClientTenureChanged,
        {},
        'Изменено право на помещение (помещения больше нет): теперь собственник',
    ),
    (of_clients.ClientUnsettled, {}, 'Клиент отвязан от помещения (помещения больше нет)'),
    (SignedIn, {}, 'Вход в приложение жителя'),
    (SignedIn, {'client': 'site'}, 'Вход в личный кабинет на сайте'),
    (of_calls.CallEnded, {}, 'Звонок в управляющую компанию, разговор 3:12'),
    (of_calls.CallEnded, {'duration_seconds': 5}, 'Звонок в управляющую компанию, разговор 0:05'),
    (of_calls.CallEnded, {'duration_seconds': None}, 'Звонок в управляющую компанию'),
    (of_calls.CallMissed, {}, 'Звонок в управляющую компанию, на который не ответили'),
]


@pytest.mark.parametrize('kind, changes, title', TITLES)
def test_a_line_says_in_words_what_was_done(kind, changes, title):
    assert wording.told(_entry(kind, **changes), 'ru').title == title


def test_a_line_is_in_the_language_of_who_reads_it():
    rated = _entry(of_requests.RequestRated, points=1)
    assert wording.told(rated, 'en').title == 'Request No. 17 “Сантехник” rated: 1 point'
    titles = {wording.told(_entry(line.event), 'en').title for line in rules.TABLE}
    assert len(titles) == len(rules.TABLE)
    assert not [title for title in titles if '{' in title]


def test_a_home_is_told_by_its_address():
    entry = _entry(of_clients.ClientUnsettled)
    placed = entry.model_copy(update={'details': {'address': 'ул. Мира, 5', 'premises_number': '12'}})
    assert wording.told(placed, 'ru').title == 'Клиент отвязан от помещения (ул. Мира, 5, пом. 12)'


def test_a_number_is_a_name_and_is_not_grouped():
    assert '№ 12345 ' in wording.told(_entry(of_requests.RequestCancelled, number=12345), 'ru').title


# Ids and sight


@given(some.text(), some.text(), some.integers(1, 10**9))
def test_ids_follow_the_time_of_their_events_and_are_the_same_every_time(one, other, later):
    early, late = id_of(one, NOON), id_of(other, NOON + timedelta(milliseconds=later))
    assert early < late
    assert (early == id_of(other, NOON)) == (one == other)


def test_events_of_one_instant_have_ids_of_their_own():
    assert len({id_of(f'demo#17@{version}.0', NOON) for version in range(2000)}) == 2000


PLACES = some.sampled_from(['b1', 'b2'])
SCOPES = some.none() | some.frozensets(PLACES)
RIGHTS = some.frozensets(some.sampled_from([Permission.REQUESTS_VIEW, Permission.CLIENTS_VIEW]), min_size=1)


@given(RIGHTS, SCOPES, PLACES)
def test_who_is_taken_to_see_every_request_sees_each(rights, places, place):
    caller = make_requests.employee(*rights, id='other', scope=Scope(places))
    request = make_requests.request(place=Place(building_id=place, address='ул. Мира, 5'))
    if rules.sees_every_request(caller):
        assert request.is_visible_to_staff(caller, caller.may(Permission.REQUESTS_VIEW))


@given(SCOPES, some.none() | PLACES, some.frozensets(some.integers(16, 18)))
def test_an_entry_is_shown_by_its_request_or_by_the_right_to_see_clients(places, place, seen):
    viewer = make_requests.employee(Permission.CLIENTS_VIEW, scope=Scope(places))
    blind = make_requests.employee(Permission.REQUESTS_VIEW, scope=Scope(places))
    of_request = _entry(of_requests.RequestCancelled)
    for caller in (viewer, blind):
        assert rules.is_shown(of_request, caller, seen) == (17 in seen)
    home = _entry(of_clients.ClientUnsettled).model_copy(update={'building_id': place})
    assert not rules.is_shown(home, blind, seen)
    assert rules.is_shown(home, viewer, seen) == (places is None or place is None or place in places)
