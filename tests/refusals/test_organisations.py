"""People of another organisation, and of another scope, see nothing: what is not theirs is not there."""

import json

import pytest

from chalicelib.kit.caller import Audience
from chalicelib.kit.http import ANY_AUDIENCE
from tests.refusals.doors import changes, doors, has_ids, is_guarded
from tests.refusals.fields import fields_of, put, schema_of
from tests.refusals.samples import body_of, path_of, query_of
from tests.refusals.told import refused
from tests.refusals.town import dweller, employee

pytestmark = pytest.mark.usefixtures('unchanged')

OWN_NAMES = {'device_id', 'page', 'paper'}
"""What callers name themselves: the phone of one is not the phone of another."""
WITHOUT_A_PLACE = {
    'card_id', 'category_id', 'checklist_template_id', 'department_id', 'device_id', 'employee_id',
    'extension', 'file_id', 'group_id', 'import_id', 'legal_entity_id', 'offering_id', 'page', 'paper',
    'price_id', 'quarter_id', 'role_id', 'session_id', 'template_id',
}  # fmt: skip
"""What belongs to the whole organisation and is no building's."""


def told_ids(answer, town):
    """The ids of the town that the answer tells."""
    text = answer.body.decode()
    return sorted(
        name for name, identity in town.ids.items() if f'"{identity}"' in text and name not in OWN_NAMES
    )


def names_others(operation):
    return is_guarded(operation) and set(operation.path_type.model_fields) - OWN_NAMES


@doors(names_others)
def test_a_thing_of_another_organisation_is_not_there(operation, demo, other, call):
    path = path_of(operation, demo) + query_of(operation, demo)
    body = body_of(operation, demo)
    for_whom = [other.by(operation.audience)]
    if operation.audience == ANY_AUDIENCE:
        for_whom.append(other.resident)
    for stranger in for_whom:
        refused(call(operation.method, path, body, by=stranger), 404)


@doors(lambda operation: is_guarded(operation) and not changes(operation))
def test_nothing_of_another_organisation_is_ever_told(operation, demo, other, call):
    stranger, path = other.by(operation.audience), path_of(operation, demo)
    asked = [query_of(operation, demo)]
    for name in operation.query_type.model_fields if operation.query_type else ():
        if name in demo.ids:
            asked.append(query_of(operation, demo, **{name: demo.ids[name]}))
        if name == 'search':
            asked += [
                query_of(operation, demo, **{name: text}) for text in ('Мира', 'Петров', 'Сле', 'Сантехник')
            ]
    for query in asked:
        answer = call('GET', path + query, by=stranger)
        assert answer.status_code in (200, 404), answer.body
        assert told_ids(answer, demo) == []
        assert '"organisation":"demo"' not in answer.body.decode()


SEEKING = {'staff_requests_save_filters', 'staff_reports_order', 'staff_reports_order_payments'}
"""Doors whose body says what is looked for: a stranger's thing may be named there, and nothing is found."""


def names_in_body(operation):
    """Whether its body names things of the organisation by ids."""
    if operation.name in SEEKING:
        return False
    return is_guarded(operation) and operation.body_type is not None and bool(_references(operation))


def _references(operation):
    named = {
        'building_id', 'premises_id', 'client_id', 'department_id', 'controller_id', 'quarter_id', 'group_id',
        'legal_entity_id', 'offering_id', 'category_id', 'role_id', 'file_id', 'executor_id',
        'checklist_template_id',
    }  # fmt: skip
    lists = {'assignee_ids', 'department_ids', 'administrator_ids', 'building_ids'}
    found = []
    for field in fields_of(schema_of(operation)):
        if field.path[-1] in named or (field.path[-1] == 0 and field.path[-2] in lists):
            found.append(field.path)
    return found


FOREIGN = {'assignee_ids': 'crew', 'department_ids': 'department_id', 'administrator_ids': 'crew',
           'building_ids': 'building_id'}  # fmt: skip


@doors(names_in_body)
def test_nothing_of_another_organisation_can_be_named(operation, demo, other, call):
    for path in _references(operation):
        body = body_of(operation, demo)
        name = path[-1] if path[-1] != 0 else path[0]
        value = other.ids[FOREIGN.get(name, name)]
        if path[-1] == 0:
            body[path[0]] = [value]
        else:
            put(value, body, path)
        if operation.name == 'staff_requests_edit' and name in ('building_id', 'premises_id', 'client_id'):
            body = {name: value}
        answer = call(operation.method, path_of(operation, demo), body, by=demo.by(operation.audience))
        refused(answer, 404, 422)


@doors(lambda operation: operation.audience == Audience.STAFF and has_ids(operation))
def test_a_thing_of_another_building_is_not_there(operation, demo, call):
    names = set(operation.path_type.model_fields)
    if names <= WITHOUT_A_PLACE:
        return
    elsewhere = employee(demo.people['cleaner'], places=frozenset({demo.ids['other_building']}))
    path = path_of(operation, demo) + query_of(operation, demo)
    refused(call(operation.method, path, body_of(operation, demo), by=elsewhere), 404)


def absent(operation, town):
    """The operation's path with ids that nothing in the town has."""
    values = {'number': 10**6, 'position': 10**6, 'invoice_id': f'{10**6}-1', 'payment_id': f'{10**6}-1-1'}
    names = {name: values.get(name, 'nowhere') for name in operation.path_type.model_fields}
    return operation.path.format(**names) + query_of(operation, town)


def said(problem):
    """What the refusal says, whichever thing it is about."""
    told = {name: value for name, value in problem.items() if name not in ('request_id', 'params')}
    return told, sorted(problem['params'])


@doors(
    lambda operation: (
        operation.audience in (Audience.STAFF, Audience.RESIDENT)
        and bool(set(operation.path_type.model_fields) - WITHOUT_A_PLACE)
    )
)
def test_what_may_not_be_seen_is_refused_in_the_words_of_what_is_not_there(operation, demo, call):
    if operation.audience == Audience.STAFF:
        stranger = employee(demo.people['cleaner'], places=frozenset({demo.ids['other_building']}))
    else:
        stranger = dweller(demo.people['neighbour'])
    body, hidden = body_of(operation, demo), path_of(operation, demo) + query_of(operation, demo)
    about_hidden = refused(call(operation.method, hidden, body, by=stranger), 404)
    about_nothing = refused(call(operation.method, absent(operation, demo), body, by=stranger), 404)
    assert said(about_hidden) == said(about_nothing)


@doors(lambda operation: operation.audience == Audience.STAFF and not changes(operation))
def test_nothing_of_another_building_is_ever_told(operation, demo, call):
    elsewhere = employee(demo.people['cleaner'], places=frozenset({demo.ids['other_building']}))
    queries = [query_of(operation, demo)]
    for name in operation.query_type.model_fields if operation.query_type else ():
        if name in ('building_id', 'quarter_id', 'group_id'):
            queries.append(query_of(operation, demo, **{name: demo.ids[name]}))
        if name == 'search':
            queries += [query_of(operation, demo, **{name: text}) for text in ('Мира', 'Мира 5 12', 'Петров')]
    for query in queries:
        answer = call('GET', path_of(operation, demo) + query, by=elsewhere)
        assert answer.status_code in (200, 404), answer.body
        hidden = {'building_id', 'premises_id', 'client_id', 'empty'} & set(told_ids(answer, demo))
        assert not hidden
        if 'requests' in operation.path and operation.name != 'staff_requests_list_candidates':
            assert json.loads(answer.body).get('items', []) == []


@doors(
    lambda operation: (
        operation.audience == Audience.RESIDENT and has_ids(operation) and 'offering' not in operation.path
    )
)
def test_a_neighbour_finds_nothing_of_the_resident(operation, demo, call):
    neighbour = dweller(demo.people['neighbour'])
    path = path_of(operation, demo) + query_of(operation, demo)
    refused(call(operation.method, path, body_of(operation, demo), by=neighbour), 404)


def test_a_resident_orders_nothing_for_premises_of_others(demo, call):
    body = {'offering_id': demo.ids['offering_id'], 'premises_id': demo.ids['elsewhere']}
    refused(call('POST', '/v1/resident/requests', body, by=demo.resident), 404, 422)


def test_a_resident_looks_for_offerings_in_premises_of_his_own_only(demo, call):
    path = f'/v1/resident/offerings?premises_id={demo.ids["elsewhere"]}'
    refused(call('GET', path, by=demo.resident), 404)


def test_a_session_of_another_person_cannot_be_ended(demo, call):
    path = f'/v1/auth/sessions/{demo.ids["staff_session"]}'
    for stranger in (demo.resident, employee(demo.people['cleaner'])):
        refused(call('DELETE', path, by=stranger), 404, code='SessionNotFound')
