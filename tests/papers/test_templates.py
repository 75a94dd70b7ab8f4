"""Templates in the settings of an offering: given, tried, in force, and taken away."""

import pytest

from chalicelib.papers import service
from chalicelib.papers.rules import life
from chalicelib.staff.model import Permission
from tests.make import files as make_files
from tests.make import papers as make
from tests.make import staff as make_staff
from tests.papers.conftest import OFFERINGS, announced, paper, saved, works


def door(shop, kind=''):
    return f'{OFFERINGS}/{shop.offering}/paper-templates' + (f'/{kind}' if kind else '')


@pytest.mark.proves('ACT-002', 'ACT-004', 'SET-011')
def test_an_offering_writes_its_papers_by_the_presets_at_first(call, shop):
    cards = call('GET', door(shop)).json_body['items']
    assert [(one['kind'], one['is_preset'], one['file'], one['trial']) for one in cards] == [
        ('contract', True, None, None), ('act', True, None, None),
    ]  # fmt: skip


@pytest.mark.proves('ACT-005', 'SVC-017')
def test_a_template_of_its_own_replaces_the_preset_once_it_has_passed(call, shop, papers):
    file = make.sent(make.template('Свой акт {{ document.number }}'), shop.dispatcher)
    given = call('PUT', door(shop, 'act'), {'file_id': file.id})
    assert given.json_body['is_preset'] and given.json_body['trial']['status'] == 'waiting'
    works()
    contract, act = call('GET', door(shop)).json_body['items']
    assert (act['is_preset'], act['trial'], act['author']) == (False, None, 'Диспетчер Дарья')
    assert act['file']['name'] == 'шаблон.docx'
    assert make.text(saved(act['file'])) == 'Свой акт {{ document.number }}'
    assert contract['is_preset']
    card = papers()
    assert paper(card) == f'Свой акт {card["invoice_id"]}'
    assert 'возмездного оказания услуг' in paper(card, 'contract')
    assert [one.type for one in announced()][:2] == ['PapersOrdered', 'PapersReady']
    assert [one.type for one in announced('PaperTemplateGiven', 'PaperTemplateAccepted')] == [
        'PaperTemplateGiven', 'PaperTemplateAccepted',
    ]  # fmt: skip


def test_a_template_that_fails_its_trial_leaves_the_one_in_force(call, shop, give):
    give(make.template('Первый {{ document.number }}'))
    card = give(make.template('Второй {{ client.passport }} {{ price }}'))
    assert make.text(saved(card['file'])) == 'Первый {{ document.number }}'
    assert card['trial']['status'] == 'refused'
    told = [(one['code'], one['text'], one['message']) for one in card['trial']['problems']]
    assert sorted(told) == [
        ('unknown_placeholder', 'client.passport', 'Такого поля нет: client.passport'),
        ('unknown_placeholder', 'price', 'Такого поля нет: price'),
    ]
    third = give(make.template('Третий'))
    assert (make.text(saved(third['file'])), third['trial']) == ('Третий', None)


def test_a_document_with_macros_or_an_attack_is_never_in_force(call, shop, give):
    card = give(make.with_parts(make.template('Акт'), **{'word/vbaProject.bin': b'x'}))
    assert (card['is_preset'], card['trial']['problems'][0]['code']) == (True, 'macros')
    card = give(make.template("{{ cycler.__init__.__globals__.os.popen('id').read() }}"))
    assert (card['is_preset'], card['trial']['status']) == (True, 'refused')


def test_files_of_templates_that_are_no_longer_wanted_are_let_go(call, shop, give):
    door_of_act = door(shop, 'act')
    files = [make.sent(make.template(f'Акт {n}'), shop.dispatcher) for n in range(3)]
    bad = make.sent(make.template('{{ nothing }}'), shop.dispatcher)
    for file in (files[0], files[1], bad):
        call('PUT', door_of_act, {'file_id': file.id})
        works()
    released = [make_files.kept(file.id).is_released for file in (*files[:2], bad)]
    assert released == [True, False, True]
    call('PUT', door_of_act, {'file_id': files[2].id})
    assert call('PUT', door_of_act, {'file_id': files[2].id}).json_body['trial']['status'] == 'waiting'
    assert call('DELETE', door_of_act).status_code == 204
    assert all(make_files.kept(file.id).is_released for file in files)
    assert works() == []
    assert call('GET', door(shop)).json_body['items'][1]['is_preset']
    refused = call('DELETE', door_of_act)
    assert (refused.status_code, refused.json_body['code']) == (409, 'TemplateIsPreset')


def test_a_template_is_changed_on_the_version_it_was_read_at(call, shop):
    file = make.sent(make.template('Акт'), shop.dispatcher)
    given = call('PUT', door(shop, 'act'), {'file_id': file.id}, if_match='"0"')
    assert (given.status_code, given.headers['ETag']) == (200, '"1"')
    assert call('DELETE', door(shop, 'act'), if_match='"7"').status_code == 412
    works()
    assert call('DELETE', door(shop, 'act'), if_match='"2"').status_code == 204


def test_the_preset_is_saved_with_the_names_of_all_fields(call, shop):
    card = call('GET', '/v1/staff/paper-templates/act').json_body
    assert card['name'] == 'Шаблон акта.docx'
    assert '{{ total.words }}' in make.text(saved(card))
    named = {one['name']: one['example'] for one in card['fields']}
    assert named['total.words'] == 'Две тысячи сто сорок рублей 63 копейки'
    assert named['positions.discount'] == '12,5%'
    every = ' '.join(f'{{{{ {name} }}}}' for name in named if not name.startswith('positions'))
    service.trying.gateway.judge(make.template(every), service.trying.fields.example())


@pytest.mark.parametrize('kind', ['invoice', 'ACT'])
def test_there_are_two_kinds_of_papers(call, shop, kind):
    file = make.sent(make.template('Акт'), shop.dispatcher)
    assert call('PUT', door(shop, kind), {'file_id': file.id}).status_code == 400


def test_who_may_not_edit_offerings_gives_no_templates(call, shop):
    reader = make_staff.caller(permissions=frozenset(Permission) - {Permission.OFFERINGS_EDIT})
    file = make.sent(make.template('Акт'), reader)
    for asked in (('PUT', door(shop, 'act'), {'file_id': file.id}), ('DELETE', door(shop, 'act'))):
        refused = call(*asked, by=reader)
        assert (refused.status_code, refused.json_body['code']) == (403, 'PermissionMissing')
    stranger = make_staff.caller('other')
    for asked in (('GET', door(shop)), ('PUT', door(shop, 'act'), {'file_id': file.id})):
        assert call(*asked, by=stranger).status_code == 404


def test_a_trial_that_no_worker_came_to_is_begun_anew_and_given_up_in_the_end(call, shop, time):
    file = make.sent(make.template('Акт'), shop.dispatcher)
    call('PUT', door(shop, 'act'), {'file_id': file.id})
    assert service.sweep() == 0
    for _ in range(life.MOST_ATTEMPTS - 1):
        time.advance(minutes=10)
        assert service.sweep() == 1
    assert len(announced('PaperTemplateBegunAnew')) == life.MOST_ATTEMPTS - 1
    time.advance(minutes=10)
    assert service.sweep() == 1
    assert call('GET', door(shop)).json_body['items'][1]['trial']['status'] == 'failed'
    time.advance(minutes=10)
    assert service.sweep() == 0
