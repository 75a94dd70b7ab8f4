"""A price list at its doors: what staff keep in it, what they find, and what is told of it."""

import pytest

from chalicelib.kit.outbox import Delivered
from chalicelib.prices.model import Vat
from chalicelib.prices.repository import PriceRow
from chalicelib.staff.model import Permission
from tests.make import prices as make
from tests.make import staff as make_staff
from tests.prices.conftest import TAP, path


def told_of(price_id: str) -> list[tuple[str, dict]]:
    rows = PriceRow.query(f'demo#price#{price_id}', PriceRow.sk.startswith('event#'))
    told = [Delivered.model_validate_json(row.body) for row in rows]
    return [(one.type, one.event) for one in told]


def names(answer) -> list[str]:
    return [price['name'] for price in answer.json_body['items']]


@pytest.mark.proves('PRC-001', 'PRC-002', 'PRC-003')
def test_a_price_is_read_back_as_it_was_added(call, entity):
    made = call('POST', path(entity), TAP)
    assert (made.status_code, made.headers['ETag']) == (201, '"1"')
    assert made.json_body == {
        'id': made.json_body['id'], 'legal_entity_id': entity.id, 'name': 'Замена крана', 'unit': 'piece',
        'tariff': {'minor': 125000, 'currency': 'RUB'}, 'vat': 'vat22', 'state': 'active', 'version': 1,
    }  # fmt: skip
    assert call('GET', path(entity, made.json_body['id'])).json_body == made.json_body
    [(kind, event)] = told_of(made.json_body['id'])
    assert (kind, event['tariff']['minor'], event['name']) == ('PriceAdded', 125000, 'Замена крана')


@pytest.mark.proves('PRC-002')
def test_a_list_has_the_prices_of_its_legal_entity_only_by_name(call, entity):
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    for name in ('Штробление', 'Вынос мусора', 'Ёлка'):
        make.price(entity.id, name=name)
    make.price(other.id, name='Чужое')
    assert names(call('GET', path(entity))) == ['Вынос мусора', 'Ёлка', 'Штробление']
    first = call('GET', path(entity) + '?limit=2').json_body
    assert len(first['items']) == 2
    assert names(call('GET', path(entity) + f'?limit=2&cursor={first["next_cursor"]}')) == ['Штробление']
    refused = call('GET', path(other) + f'?limit=2&cursor={first["next_cursor"]}')
    assert (refused.status_code, refused.json_body['code']) == (400, 'CursorInvalid')


@pytest.mark.proves('PRC-006')
def test_search_finds_by_the_beginnings_of_words_without_case(call, entity):
    make.price(entity.id, name='Замена смесителя на кухне')
    make.price(entity.id, name='Замена крана')
    assert names(call('GET', path(entity) + '?search=КУХ%20зам')) == ['Замена смесителя на кухне']
    assert names(call('GET', path(entity) + '?search=мена')) == []


@pytest.mark.proves('PRC-004')
def test_a_change_is_the_next_version_and_tells_the_former_tariff(call, entity):
    price = make.price(entity.id, name='Замена крана')
    changed = call('PATCH', path(entity, price.id), {'tariff': {'minor': 0}}, if_match='"1"')
    assert (changed.status_code, changed.json_body['version']) == (200, 2)
    assert changed.json_body['tariff']['minor'] == 0
    assert changed.json_body['name'] == 'Замена крана'
    kind, event = told_of(price.id)[-1]
    assert (kind, event['was_tariff']['minor'], event['tariff']['minor']) == ('PriceChanged', 125000, 0)
    assert call('PATCH', path(entity, price.id), {'vat': 'vat5'}, if_match='"1"').status_code == 412
    same = call('PATCH', path(entity, price.id), {'tariff': {'minor': 0}})
    assert (same.json_body['version'], len(told_of(price.id))) == (2, 2)


def test_one_name_has_one_price_in_a_list(call, entity):
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    price = make.price(entity.id, name='Замена крана')
    second = make.price(entity.id, name='Замена трубы')
    for asked, body in (
        (('POST', path(entity)), {**TAP, 'name': 'ЗАМЕНА   крана!'}),
        (('PATCH', path(entity, second.id)), {'name': 'замена крана'}),
    ):
        refused = call(*asked, body)
        assert (refused.status_code, refused.json_body['code']) == (409, 'PriceNameTaken')
        assert refused.json_body['errors'][0]['path'] == 'body.name'
    assert call('POST', path(other), TAP).status_code == 201
    assert call('PATCH', path(entity, price.id), {'name': 'Замена КРАНА'}).json_body['version'] == 2
    assert call('PATCH', path(entity, price.id), {'name': 'Ремонт крана'}).status_code == 200
    assert call('POST', path(entity), TAP).status_code == 201


@pytest.mark.proves('PRC-006')
def test_an_archived_price_is_found_by_nobody_until_it_is_brought_back(call, entity):
    price = make.price(entity.id, name='Замена крана')
    gone = call('POST', path(entity, price.id, 'archive'))
    assert gone.json_body['state'] == 'archived'
    assert names(call('GET', path(entity))) == names(call('GET', path(entity) + '?search=замена')) == []
    assert names(call('GET', path(entity) + '?state=archived')) == ['Замена крана']
    for asked in (
        ('PATCH', path(entity, price.id), {'vat': 'vat5'}),
        ('POST', path(entity, price.id, 'archive')),
    ):
        refused = call(*asked)
        assert (refused.status_code, refused.json_body['code']) == (409, 'PriceNotActive')
    back = call('POST', path(entity, price.id, 'restore'))
    assert (back.json_body['state'], back.json_body['version']) == ('active', 3)
    assert names(call('GET', path(entity) + '?search=замена')) == ['Замена крана']
    again = call('POST', path(entity, price.id, 'restore'))
    assert (again.status_code, again.json_body['code']) == (409, 'PriceActive')
    assert [kind for kind, _ in told_of(price.id)] == ['PriceAdded', 'PriceArchived', 'PriceRestored']


def test_a_price_comes_back_only_where_its_name_is_free(call, entity):
    price = make.price(entity.id, name='Замена крана')
    call('POST', path(entity, price.id, 'archive'))
    assert call('POST', path(entity), TAP).status_code == 201
    refused = call('POST', path(entity, price.id, 'restore'))
    assert (refused.status_code, refused.json_body['code']) == (409, 'PriceNameTaken')
    assert call('GET', path(entity, price.id)).json_body['state'] == 'archived'


def test_a_price_is_read_only_in_its_own_list_and_organisation(call, entity):
    other = make_staff.legal_entity(name='ООО «Второе»', inn='5024002119')
    price = make.price(entity.id)
    for asked in (path(other, price.id), path(entity, 'nothing')):
        refused = call('GET', asked)
        assert (refused.status_code, refused.json_body['code']) == (404, 'PriceNotFound')
    stranger = make_staff.caller('other')
    assert call('GET', path(entity, price.id), by=stranger).status_code == 404
    for asked in (('GET', path(entity)), ('POST', path(entity), TAP)):
        refused = call(*asked, by=stranger)
        assert (refused.status_code, refused.json_body['code']) == (404, 'LegalEntityNotFound')


def test_who_may_not_edit_offerings_reads_only(call, entity):
    price = make.price(entity.id, name='Замена крана')
    reader = make_staff.caller(permissions=frozenset(Permission) - {Permission.OFFERINGS_EDIT})
    assert names(call('GET', path(entity), by=reader)) == ['Замена крана']
    refused = call('PATCH', path(entity, price.id), {'vat': 'vat5'}, by=reader)
    assert (refused.status_code, refused.json_body['code']) == (403, 'PermissionMissing')
    assert call('GET', path(entity, price.id)).json_body['vat'] == Vat.NONE


@pytest.mark.parametrize(
    ('field', 'value'),
    [
        ('name', '  '), ('name', 'x' * 201), ('unit', 'bucket'), ('vat', 'vat18'), ('tariff', 1250),
        ('tariff', {'minor': -1}), ('tariff', {'minor': 1.5}), ('tariff', {'minor': 1, 'currency': 'USD'}),
        ('tariff', {'minor': 100_000_000_001}), ('discount', 1),
    ],
)  # fmt: skip
def test_what_is_no_price_is_refused_and_nothing_is_kept(call, entity, field, value):
    refused = call('POST', path(entity), {**TAP, field: value})
    assert refused.status_code == 400
    assert refused.json_body['errors'][0]['path'].startswith(f'body.{field}')
    assert names(call('GET', path(entity))) == []
