"""The papers of an invoice: when there are any, what they say, and that they never change."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest

from chalicelib.billing import service as billing
from chalicelib.kit.caller import Scope
from chalicelib.papers import service
from chalicelib.papers.rules import life
from chalicelib.staff.model import LegalEntityChanges
from chalicelib.staff.service import legal_entities
from tests.make import billing as make_billing
from tests.make import files as make_files
from tests.make import papers as make
from tests.make import staff as make_staff
from tests.papers.conftest import INVOICES, announced, paper, saved, works


@pytest.mark.proves('ACT-001', 'ACT-002', 'ACT-003', 'ACT-004', 'ACT-007')
def test_an_issued_invoice_has_a_contract_and_an_act_in_one_archive(call, shop, invoice, papers):
    ordered = call('POST', f'{INVOICES}/{invoice.id}/papers')
    assert (ordered.status_code, ordered.json_body['status'], ordered.json_body['documents']) == (
        202, 'waiting', [],
    )  # fmt: skip
    card = papers()
    assert (card['status'], card['invoice_id']) == ('ready', invoice.id)
    assert [one['name'] for one in card['documents']] == [
        f'Договор {invoice.id}.docx', f'Акт {invoice.id}.docx',
    ]  # fmt: skip
    with ZipFile(BytesIO(saved(card['archive']))) as archive:
        assert archive.namelist() == [one['name'] for one in card['documents']]
        assert [archive.read(name) for name in archive.namelist()] == [
            saved(one) for one in card['documents']
        ]
    for kind in ('contract', 'act'):
        text = paper(card, kind)
        for told in (
            f'№ {invoice.id}', 'Петров Пётр', 'ООО «Домовой»', 'Кран', 'Труба', '1\u00a0583,33',
            'Одна тысяча пятьсот восемьдесят три рубля 33 копейки', '23 ноября 2026 г.', 'ул. Мира, 5',
            'НДС 22% — 225,41 руб., остальное без НДС', 'именуемое(ый)',
        ):  # fmt: skip
            assert told in text, told


@pytest.mark.proves('ACT-001', 'AMB-61')
def test_a_draft_has_no_papers_and_a_paid_invoice_has(call, shop):
    drawn = make_billing.drawn(shop.order(), shop.dispatcher, shop.tap)
    refused = call('POST', f'{INVOICES}/{drawn.id}/papers')
    assert (refused.status_code, refused.json_body['code']) == (409, 'InvoiceNotIssued')
    billing.mark_paid(drawn.id, by=shop.dispatcher)
    assert call('POST', f'{INVOICES}/{drawn.id}/papers').status_code == 202
    billing.make_unpaid(drawn.id, by=shop.dispatcher)
    assert call('POST', f'{INVOICES}/{drawn.id}/papers').status_code == 409


@pytest.mark.proves('AMB-61')
def test_asked_for_again_they_are_the_same_papers_until_something_is_different(call, shop, papers):
    first = papers()
    before = [saved(one) for one in (*first['documents'], first['archive'])]
    assert papers()['id'] == first['id']
    assert len(announced('PapersOrdered')) == 1
    legal_entities.change(
        shop.entity, LegalEntityChanges.model_validate({'name': 'ООО «Новое имя»'}), by=shop.dispatcher
    )
    second = papers()
    assert second['id'] != first['id']
    assert 'ООО «Новое имя»' in paper(second)
    again = call('GET', f'{INVOICES}/{first["invoice_id"]}/papers/{first["id"]}').json_body
    assert [saved(one) for one in (*again['documents'], again['archive'])] == before
    assert 'ООО «Домовой»' in paper(again)


def test_papers_ordered_before_a_change_say_what_was_settled_when_they_were_asked_for(call, shop, invoice):
    ordered = call('POST', f'{INVOICES}/{invoice.id}/papers').json_body
    legal_entities.change(
        shop.entity, LegalEntityChanges.model_validate({'name': 'ООО «Новое имя»'}), by=shop.dispatcher
    )
    billing.withdraw(invoice.id, by=shop.dispatcher)
    works()
    card = call('GET', f'{INVOICES}/{invoice.id}/papers/{ordered["id"]}').json_body
    assert (card['status'], 'ООО «Домовой»' in paper(card)) == ('ready', True)


@pytest.mark.proves('ACT-006', 'INV-038')
def test_each_invoice_of_a_request_has_papers_of_its_own(call, shop, invoice, papers):
    first = papers()
    billing.mark_paid(invoice.id, by=shop.dispatcher)
    second = papers(make_billing.issued(invoice.number, shop.dispatcher, shop.pipe).id)
    assert (first['invoice_id'], second['invoice_id']) == (f'{invoice.number}-1', f'{invoice.number}-2')
    assert 'Кран' in paper(first) and 'Кран' not in paper(second)
    assert (
        first['archive']['links']['file'].partition('?')[0]
        != second['archive']['links']['file'].partition('?')[0]
    )
    strange = call('GET', f'{INVOICES}/{second["invoice_id"]}/papers/{first["id"]}')
    assert (strange.status_code, strange.json_body['code']) == (404, 'PackageNotFound')


def test_an_act_of_work_that_is_not_done_leaves_its_day_to_be_filled_by_hand(papers):
    assert paper(papers()).startswith('АКТ')
    assert '«___» ______________ 20__ г.' in paper(papers())


def test_who_does_not_see_the_request_sees_no_papers(call, shop, invoice, papers):
    card = papers()
    path = f'{INVOICES}/{invoice.id}/papers'
    elsewhere = replace(shop.dispatcher, scope=Scope(frozenset({shop.house.other_building})))
    for stranger in (make_staff.caller('other'), elsewhere):
        for asked in (('POST', path), ('GET', f'{path}/{card["id"]}')):
            assert call(*asked, by=stranger).status_code == 404


def test_a_worker_that_comes_twice_writes_nothing_new(invoice, papers, call):
    card = papers()
    assert works(*announced('PapersOrdered'), *announced('PapersOrdered')) == []
    assert papers() | {'documents': 0, 'archive': 0} == card | {'documents': 0, 'archive': 0}
    assert len(announced('PapersReady')) == 1


def test_papers_whose_template_fails_on_real_values_say_so_and_can_be_asked_for_again(
    call, shop, invoice, papers, give
):
    give(make.template('{% if client.name == "Петров Пётр" %}{{ client.name.x }}{% endif %}Акт'))
    card = papers()
    assert (card['status'], card['documents']) == ('failed', [])
    assert card['problems'][0]['code'] in ('unknown_placeholder', 'forbidden')
    again = call('POST', f'{INVOICES}/{invoice.id}/papers').json_body
    assert (again['id'], again['status'], again['version']) == (card['id'], 'waiting', 3)
    give(make.template('Акт {{ client.name }}'))
    fresh = papers()
    assert (fresh['status'], paper(fresh)) == ('ready', 'Акт Петров Пётр')


def test_papers_whose_template_was_thrown_away_meanwhile_say_so(call, shop, invoice, give):
    template = give(make.template('Акт'))
    ordered = call('POST', f'{INVOICES}/{invoice.id}/papers').json_body
    key = template['file']['links']['file'].split('amazonaws.com/')[1].partition('?')[0]
    make_files.s3().delete_object(Bucket=make_files.bucket(), Key=key)
    assert works() == []
    card = call('GET', f'{INVOICES}/{invoice.id}/papers/{ordered["id"]}').json_body
    assert (card['status'], card['problems'][0]['code']) == ('failed', 'gone')


def test_papers_that_no_worker_came_to_are_begun_anew_and_given_up_in_the_end(call, invoice, time):
    ordered = call('POST', f'{INVOICES}/{invoice.id}/papers').json_body
    path = f'{INVOICES}/{invoice.id}/papers'
    for attempts in range(life.MOST_ATTEMPTS - 1):
        assert service.sweep() == 0
        time.advance(minutes=10)
        assert service.sweep() == 1
        assert len(announced('PapersBegunAnew')) == attempts + 1
    time.advance(minutes=10)
    assert service.sweep() == 1
    card = call('GET', f'{path}/{ordered["id"]}').json_body
    assert (card['status'], card['problems']) == ('failed', [])
    assert call('POST', path).json_body['status'] == 'waiting'
    assert works() == []
    assert call('GET', f'{path}/{ordered["id"]}').json_body['status'] == 'ready'


def test_what_is_announced_names_nobody(papers):
    papers()
    for one in announced():
        assert 'Петров' not in one.model_dump_json()
