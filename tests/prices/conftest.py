"""The doors of price lists, opened by an employee who may do everything unless told otherwise."""

from io import BytesIO

import boto3
import pytest
from openpyxl import Workbook

from chalicelib.files.model import Purpose
from chalicelib.kit.outbox import Delivered
from chalicelib.prices import routes, workers
from chalicelib.prices.repository import PriceRow
from tests.doors import opening
from tests.make import files as make_files
from tests.make import staff as make
from tests.world import REGION, arn_of, build_buckets

HEADINGS = ['Код', 'Наименование', 'Единица', 'Тариф, ₽', 'НДС']
DOOR = ['', 'Установка двери', 'шт.', 4500.5, 'Без НДС']
TAP = {'name': 'Замена крана', 'unit': 'piece', 'tariff': {'minor': 125000}, 'vat': 'vat22'}


@pytest.fixture
def call(world, time, monkeypatch):
    """`call(method, path, body, by=caller)` on the doors of the house."""
    return opening(routes.doors, monkeypatch, usual=make.caller)


@pytest.fixture
def entity(world, time):
    """The legal entity whose list it is."""
    return make.legal_entity()


@pytest.fixture
def bucket(world, time) -> str:
    """The bucket of files, empty."""
    build_buckets(boto3.client('s3', region_name=REGION))
    return make_files.bucket()


@pytest.fixture
def dispatcher():
    """The employee who sends workbooks: a file is his who sent it."""
    return make.caller()


@pytest.fixture
def give(call, bucket, entity, dispatcher):
    """A workbook of the rows is imported through the door, and the worker has come; the card."""

    def given(rows, *, check=False, by=dispatcher, status=202, **changes):
        body = rows if isinstance(rows, bytes) else workbook(rows, **changes)
        file = make_files.judged(body, by=by, name='прайс.xlsx', purpose=Purpose.IMPORT)
        path = f'/v1/staff/price-lists/{entity.id}/imports' + ('?check=true' if check else '')
        ordered = call('POST', path, {'file_id': file.id}, by=by)
        assert ordered.status_code == status, ordered.json_body
        if status != 202:
            return ordered.json_body
        works()
        card = f'/v1/staff/price-lists/{entity.id}/imports/{ordered.json_body["id"]}'
        return call('GET', card, by=by).json_body

    return given


def workbook(rows, headings=HEADINGS) -> bytes:
    """A workbook as somebody types it into Excel."""
    book, file = Workbook(), BytesIO()
    for row in (headings, *rows):
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def delivered() -> list[Delivered]:
    """The messages that the rule of the bus brings to the queue, in order."""
    rows = sorted(PriceRow.scan(), key=lambda row: (row.pk, row.sk))
    told = [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith('event#')]
    return [one for one in told if one.type in ('PriceImportOrdered', 'PriceImportBegunAnew')]


def works(*messages: Delivered) -> list[str]:
    """The worker has taken the messages, or all there have been; which of them come again."""
    bodies = [one.model_dump_json() for one in messages or delivered()]
    sent = {'receiptHandle': 'r', 'eventSourceARN': arn_of('PricesQueue')}
    records = [{**sent, 'messageId': str(place), 'body': body} for place, body in enumerate(bodies)]
    answer = workers.work({'Records': records}, None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def path(entity, *rest: str) -> str:
    """The door of the list or of a price in it."""
    return '/'.join([f'/v1/staff/price-lists/{entity.id}/prices', *rest])


def listed(call, entity) -> dict[str, tuple]:
    """The active prices as the door tells them, by name."""
    answer = call('GET', path(entity) + '?limit=100').json_body['items']
    return {one['name']: (one['unit'], one['tariff']['minor'], one['vat'], one['version']) for one in answer}


def saved(view) -> bytes:
    """What the link of the file gives."""
    key = view['links']['file'].split('amazonaws.com/')[1].partition('?')[0]
    return make_files.s3().get_object(Bucket=make_files.bucket(), Key=key)['Body'].read()


def problems(card) -> list[tuple]:
    """Row, column and code of everything that is wrong."""
    return [(one['row'], one['column'], one['code']) for one in card['problems']]
