"""A house with an invoice that is issued, the doors of papers, and the worker."""

import boto3
import pytest

from chalicelib.billing import routes as billing_routes
from chalicelib.kit.outbox import Delivered
from chalicelib.papers import routes, workers
from chalicelib.papers.repository import PaperRow
from tests.billing.conftest import Shop, stocked
from tests.doors import opening
from tests.make import billing as make_billing
from tests.make import files as make_files
from tests.make import papers as make
from tests.pictures import once
from tests.world import REGION, arn_of, build_buckets

INVOICES, OFFERINGS = '/v1/staff/invoices', '/v1/staff/offerings'


@pytest.fixture
def shop(world, time) -> Shop:
    """What is sold, at noon, and an empty bucket of files."""
    build_buckets(boto3.client('s3', region_name=REGION))
    return once(stocked)


@pytest.fixture
def invoice(shop):
    """An invoice of two positions that the client may pay."""
    return make_billing.issued(shop.order(), shop.dispatcher, shop.tap, shop.pipe)


@pytest.fixture
def call(monkeypatch, shop):
    """`call(method, path, body, by=caller)` on these doors; by the dispatcher if left out."""
    return opening([*routes.doors, *billing_routes.doors], monkeypatch, usual=lambda: shop.dispatcher)


@pytest.fixture
def give(call, shop):
    """A document is given as a template of the offering, and the worker has come; the card."""

    def given(body: bytes, kind='act'):
        file = make.sent(body, shop.dispatcher)
        door = f'{OFFERINGS}/{shop.offering}/paper-templates'
        answer = call('PUT', f'{door}/{kind}', {'file_id': file.id})
        assert answer.status_code == 200, answer.json_body
        assert works() == []
        cards = call('GET', door).json_body['items']
        return next(card for card in cards if card['kind'] == kind)

    return given


@pytest.fixture
def papers(call, invoice):
    """The papers of the invoice are ordered, and the worker has come; the card."""

    def written(invoice_id=invoice.id):
        ordered = call('POST', f'{INVOICES}/{invoice_id}/papers')
        assert ordered.status_code == 202, ordered.json_body
        assert works() == []
        return call('GET', f'{INVOICES}/{invoice_id}/papers/{ordered.json_body["id"]}').json_body

    return written


def announced(*kinds: str) -> list[Delivered]:
    """What the house has announced so far, in order."""
    rows = sorted(PaperRow.scan(), key=lambda row: (row.pk, row.sk))
    told = [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith('event#')]
    return [one for one in told if not kinds or one.type in kinds]


def works(*messages: Delivered) -> list[str]:
    """The worker has taken the messages, or all there have been; which of them come again."""
    waiting = ('PaperTemplateGiven', 'PaperTemplateBegunAnew', 'PapersOrdered', 'PapersBegunAnew')
    bodies = [one.model_dump_json() for one in messages or announced(*waiting)]
    sent = {'receiptHandle': 'r', 'eventSourceARN': arn_of('PapersQueue')}
    records = [{**sent, 'messageId': str(place), 'body': body} for place, body in enumerate(bodies)]
    answer = workers.work({'Records': records}, None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def saved(view) -> bytes:
    """What the link of a file gives."""
    key = view['links']['file'].split('amazonaws.com/')[1].partition('?')[0]
    return make_files.s3().get_object(Bucket=make_files.bucket(), Key=key)['Body'].read()


def paper(card, kind='act') -> str:
    """The words of the paper."""
    [one] = [document for document in card['documents'] if document['kind'] == kind]
    return make.text(saved(one))
