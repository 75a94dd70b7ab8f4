"""Imports and papers under many hands: a list is never mixed, papers are written once; and what they cost."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from chalicelib.files import service as files
from chalicelib.files.model import Attached, Purpose
from chalicelib.files.rules.kinds import Kind
from chalicelib.kit.outbox import Delivered
from chalicelib.papers import service as papers
from chalicelib.papers.events import PackageEvent
from chalicelib.papers.repository import PaperRow
from chalicelib.prices import service as prices
from chalicelib.prices.events import PriceImportEvent
from chalicelib.prices.model import Price
from chalicelib.prices.repository import PriceRow, active_for_import
from tests.engine.desk import ORGANISATION, Desk, Said, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import Seen, watched
from tests.make import billing as make_billing
from tests.make import catalogue as make_catalogue
from tests.make import files as make_files
from tests.make import prices as make_prices
from tests.make import staff as make_staff
from tests.prices.conftest import workbook


@dataclass
class Shop:
    """A price list, and who changes it."""

    desk: Desk
    entity: str

    @property
    def path(self) -> str:
        """The door of the list."""
        return f'/v1/staff/price-lists/{self.entity}'

    def importing(self) -> Callable[[], Said]:
        """A workbook is about to be imported."""
        file = make_files.clean(self.desk.dispatcher, Purpose.IMPORT, content_type=Kind.XLSX.value)
        body = {'file_id': file.id}
        return lambda: call('POST', f'{self.path}/imports', body, token=self.desk.token)

    def adding(self, name: str) -> Callable[[], Said]:
        """A price is about to be added by hand."""
        body = {'name': name, 'tariff': {'minor': 1}}
        return lambda: call('POST', f'{self.path}/prices', body, token=self.desk.token)

    def listed(self) -> list[Price]:
        """The prices there are."""
        return active_for_import(ORGANISATION, self.entity)


@pytest.fixture
def shop(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A legal entity with an empty list; every workbook that is sent has a hundred rows."""
    body = workbook([['', f'Работа {n}', 'шт.', n, '5%'] for n in range(100)])
    monkeypatch.setattr(files, 'content', lambda attached: body)
    return Shop(desk, make_staff.legal_entity(ORGANISATION).id)


def told(row: type, kind: str) -> list[Delivered]:
    """The messages of the kind that have been announced."""
    rows = [one for one in row.scan(consistent_read=True) if one.sk.startswith('event#')]
    every = [Delivered.model_validate_json(one.body or '') for one in rows]
    return [one for one in every if one.type == kind]


def tables(seen: Seen) -> set[str]:
    """The tables that were asked and changed: the role of the worker names no others."""
    writes = [one for each in seen.parameters for one in each.get('TransactItems', ())]
    named = [*seen.parameters, *(act for write in writes for act in write.values())]
    return {one['TableName'] for one in named if 'TableName' in one}


def working() -> list[Callable[[], None]]:
    """Workers are about to take the imports that were ordered."""
    asked = [PriceImportEvent.model_validate(one.event) for one in told(PriceRow, 'PriceImportOrdered')]
    return [lambda one=one: prices.work(one) for one in asked]  # type: ignore[misc]


def test_of_ten_workbooks_at_once_one_is_imported_and_no_hand_comes_between(shop):
    hands = [shop.importing() for _ in range(10)]
    answers = at_once(hands)
    assert Counter(said.status for said in answers) == {202: 1, 409: 9}
    assert {said.body['code'] for said in answers if said.status == 409} == {'PriceListBusy'}
    refused = at_once([shop.adding(f'Вручную {n}') for n in range(5)])
    assert {(said.status, said.body['code']) for said in refused} == {(409, 'PriceListBusy')}
    [work] = working()
    work()
    assert len(shop.listed()) == 100
    assert shop.adding('Вручную')().status == 201


def test_who_adds_while_a_workbook_is_given_is_before_it_or_refused(shop):
    for turn in range(8):
        hands = [shop.importing(), *(shop.adding(f'Вручную {turn} {n}') for n in range(4))]
        _, *added = at_once(hands)
        assert {said.status for said in added} <= {201, 409}
        before = {price.name for price in shop.listed()}
        by_hand = {said.body['name'] for said in added if said.status == 201}
        assert by_hand <= before
        for work in working():
            work()
        assert {price.name for price in shop.listed()} == before | {f'Работа {n}' for n in range(100)}


def test_two_workers_at_once_bring_about_one_list(shop):
    assert shop.importing()().status == 202
    [work] = working()

    def works() -> bool:
        try:
            work()
        except Exception:
            return False  # the queue brings it again
        return True

    at_once([works, works])
    work()
    assert Counter(price.version for price in shop.listed()) == {1: 100}
    assert len({price.name for price in shop.listed()}) == len(shop.listed()) == 100
    assert len(told(PriceRow, 'PriceAdded')) == 100
    assert len(told(PriceRow, 'PriceImportApplied')) == 1


def test_an_import_is_ordered_in_three_calls_and_takes_one_for_a_dozen_rows(shop):
    order = shop.importing()
    with watched() as seen:
        assert order().status == 202
    assert len(seen.calls) == AUTHENTICATION + 3, seen.calls
    [work] = working()
    with watched() as seen:
        work()
    assert len(seen.calls) <= 12, seen.calls


@pytest.mark.proves('ACT-006')
def test_twenty_who_ask_for_papers_at_once_get_the_same_and_they_are_written_once(desk, monkeypatch):
    entity = make_staff.legal_entity(ORGANISATION).id
    offering = make_catalogue.offering(ORGANISATION, legal_entity_id=entity)
    tap = make_prices.price(entity, ORGANISATION)
    invoice = make_billing.issued(desk.create(offering_id=offering.id), desk.dispatcher, tap)
    path = f'/v1/staff/invoices/{invoice.id}/papers'
    answers = at_once([lambda: call('POST', path, token=desk.token)] * 20)
    assert {said.status for said in answers} == {202}
    assert len({said.body['id'] for said in answers}) == 1
    [ordered] = told(PaperRow, 'PapersOrdered')
    kept: list[str] = []

    def keep(organisation: str, house: str, made: str, name: str, kind: Kind, body: bytes) -> Attached:
        kept.append(made)
        return Attached(file_id=made, name=name, size=len(body), content_type=kind, key=made)

    monkeypatch.setattr(files, 'keep', keep)
    event = PackageEvent.model_validate(ordered.event)
    with watched() as seen:
        papers.write(event)
        papers.write(event)
    assert seen.calls == ['GetItem', 'TransactWriteItems', 'GetItem']
    assert tables(seen) == {PaperRow.Meta.table_name}
    assert len(kept) == 3
    assert len(told(PaperRow, 'PapersReady')) == 1
    with watched() as seen:
        assert call('POST', path, token=desk.token).body['status'] == 'ready'
    assert len(seen.calls) == AUTHENTICATION + 5, seen.calls
