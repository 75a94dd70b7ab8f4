"""By what clients are found: words, marks, and their identifiers elsewhere."""

import pytest

from chalicelib.clients import service
from chalicelib.clients.model import Client, ExternalId, Space
from chalicelib.clients.repository import changing
from chalicelib.kit import dynamo
from tests.clients.desk import CLIENTS, PHONE, surnames
from tests.make import clients as make

pytestmark = pytest.mark.usefixtures('world', 'time')


@pytest.mark.proves('CLI-014')
def test_a_tag_is_spelled_as_at_its_first_use_and_finds_its_clients(call):
    make.client(tags=('Многодетная', 'Пенсионер'))
    again = call('POST', CLIENTS, {'surname': 'Бобров', 'tags': ['МНОГОДЕТНАЯ', 'многодетная']}).json_body
    assert again['tags'] == ['Многодетная']
    assert call('GET', '/v1/staff/client-tags?search=мног').json_body == {'items': ['Многодетная']}
    assert call('GET', '/v1/staff/client-tags', by=make.caller('other')).json_body == {'items': []}
    assert surnames(call('GET', f'{CLIENTS}?tag=многодетная')) == ['Бобров', 'Иванова']
    assert surnames(call('GET', f'{CLIENTS}?tag=пенсионер&search=ив')) == ['Иванова']
    assert surnames(call('GET', f'{CLIENTS}?tag=пенсионер&search=бобр')) == []


@pytest.mark.proves('CLI-002', 'CLI-016', 'CLI-017', 'CLI-020', 'CLI-021')
def test_identifiers_of_this_crm_alone_are_changed(call):
    client = make.client(external_ids=({'value': '1C-7'},))
    path = f'{CLIENTS}/{client.id}'
    _given_in_construction(client, 'S-1')
    both = call('GET', path).json_body['external_ids']
    assert [(one['system'], one['value'], one['note']) for one in both] == [
        ('operation', '1C-7', None),
        ('construction', 'S-1', None),
    ]
    noted = [{**both[0], 'note': 'из 1С'}, both[1], {'value': '1C-8'}]
    changed = call('PATCH', path, {'external_ids': noted}).json_body['external_ids']
    assert [(one['value'], one['note']) for one in changed] == [
        ('1C-7', 'из 1С'),
        ('S-1', None),
        ('1C-8', None),
    ]
    for touched in ([], [{**both[1], 'value': 'S-2'}], [{**both[1], 'note': 'a'}]):
        refused = call('PATCH', path, {'external_ids': touched})
        assert (refused.status_code, refused.json_body['code']) == (422, 'ExternalIdOfAnotherSpace')
    assert call('PATCH', path, {'external_ids': [both[1]]}).json_body['external_ids'] == [both[1]]
    new = call('POST', CLIENTS, {'surname': 'a', 'external_ids': [{'system': 'construction', 'value': 'x'}]})
    assert new.json_body['code'] == 'ExternalIdOfAnotherSpace'


def test_an_identifier_belongs_to_one_client(call):
    client = make.client(external_ids=({'value': '7'},))
    taken = call('POST', CLIENTS, {'surname': 'a', 'external_ids': [{'value': '7'}]})
    assert (taken.status_code, taken.json_body['code']) == (409, 'ExternalIdTaken')
    known = ExternalId(system=Space.OPERATION, value='7')
    assert service.find_by_external_id('demo', known) == client.id
    assert service.find_by_external_id('other', known) is None
    call('PATCH', f'{CLIENTS}/{client.id}', {'external_ids': []})
    assert service.find_by_external_id('demo', known) is None


@pytest.mark.proves('CLI-026', 'PRM-005', 'REQ-058')
@pytest.mark.parametrize(
    'asked, found',
    [
        ('ив', ['Иванов', 'Иванова']),
        ('иванова', ['Иванова']),
        ('Семен ИВ', ['Иванов']),
        ('семён', ['Иванов']),
        ('петровна', ['Иванова']),
        ('мар пет ив', ['Иванова']),
        ('анова', []),
        ('%2B7 916 123', ['Иванова']),
        ('8 (916) 123-45-67', ['Иванова']),
        ('916', ['Иванов', 'Иванова']),
        ('иванов 9160', ['Иванов']),
        ('...', []),
    ],
)
def test_clients_are_found_by_the_beginnings_of_names_and_phones(call, asked, found):
    make.client(phone=PHONE)
    make.client(surname='Иванов', given_name='Семён', patronymic=None, phone='+79160000000')
    make.client('other', phone=PHONE)
    answer = call('GET', f'{CLIENTS}?search={asked}')
    assert (answer.status_code, sorted(surnames(answer))) == (200, found)


def test_clients_are_listed_by_name_and_mark(call):
    for surname, kind in (
        ('Яшин', 'person'),
        ('Ёлкин', 'person'),
        ('Ромашка', 'company'),
        ('Жуков', 'person'),
    ):
        make.client(surname=surname, kind=kind)
    first = call('GET', f'{CLIENTS}?limit=2').json_body
    rest = call('GET', f'{CLIENTS}?limit=2&cursor={first["next_cursor"]}')
    assert [one['surname'] for one in first['items']] + surnames(rest) == [
        'Ёлкин',
        'Жуков',
        'Ромашка',
        'Яшин',
    ]
    assert surnames(call('GET', f'{CLIENTS}?kind=company&state=active')) == ['Ромашка']
    assert surnames(call('GET', f'{CLIENTS}?state=blocked')) == []
    both = call('GET', f'{CLIENTS}?search=а&building_id=b')
    assert (both.status_code, both.json_body['errors'][0]['code']) == (400, 'one_search_only')
    foreign = call('GET', f'{CLIENTS}?limit=2&cursor={first["next_cursor"]}', by=make.caller('other'))
    assert (foreign.status_code, foreign.json_body['code']) == (400, 'CursorInvalid')


def _given_in_construction(client: Client, value: str) -> None:
    foreign = ExternalId(system=Space.CONSTRUCTION, value=value)
    known = client.model_copy(update={'external_ids': (*client.external_ids, foreign), 'version': 2})
    dynamo.commit(*changing(known, client))
