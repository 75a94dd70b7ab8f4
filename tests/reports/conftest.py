"""A house whose dispatcher makes reports, the worker that writes them, and the workbooks that come of it."""

import io
import urllib.request
from collections.abc import Callable
from dataclasses import replace

import boto3
import pytest
from openpyxl import load_workbook

from chalicelib.kit.outbox import EVENT_PREFIX, Delivered
from chalicelib.reports import routes, workers
from chalicelib.reports.repository import ReportRow
from chalicelib.requests import repository as requests_repository
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import NewRequest
from tests.doors import opening
from tests.make import reports as make
from tests.pictures import once
from tests.requests.conftest import House, inhabited
from tests.world import REGION, build_buckets, name_of

REPORTS = '/v1/staff/reports'
"""The doors of the house."""


@pytest.fixture
def house(world, time) -> House:
    """A house where people live and work at noon, and a bucket for the files."""
    requests_repository.forget_sizes()
    build_buckets(boto3.client('s3', region_name=REGION))
    return once(inhabited)


@pytest.fixture
def call(monkeypatch, house):
    """`call(method, path, body, by=caller)` on the doors of this house; by the dispatcher if left out."""
    return opening(routes.doors, monkeypatch, usual=lambda: house.dispatcher)


@pytest.fixture
def order(call) -> Callable[..., str]:
    """A report is ordered through the door; its id."""

    def ordered(by=None, **changes) -> str:
        body = {'fields': ['number', 'status'], 'tab': 'all', **changes}
        answer = call('POST', REPORTS, body, by=by)
        assert answer.status_code == 202, answer.json_body
        return answer.json_body['id']

    return ordered


@pytest.fixture
def look(call) -> Callable[..., dict]:
    """The job as its author reads it."""

    def looked(report_id, by=None) -> dict:
        answer = call('GET', f'{REPORTS}/{report_id}', by=by)
        assert answer.status_code == 200, answer.json_body
        return answer.json_body

    return looked


@pytest.fixture
def rows(order, look) -> Callable[..., list]:
    """The rows of the workbook that comes of an order, the header first."""

    def written(**changes) -> list:
        report_id = order(**changes)
        works()
        return [[cell.value for cell in row] for row in sheet_of(look(report_id)).iter_rows()]

    return written


def enters(house: House, offering: str = 'plumbing', **changes) -> int:
    """The dispatcher has entered a request, and lists show it; the number."""
    number = requests.order(NewRequest(**house.order(offering, **changes)), by=house.dispatcher).number
    appears(number)
    return number


def appears(*numbers: int) -> None:
    """The stream has brought the requests to the lists, as they are now."""
    for request in requests.everything('demo'):
        if not numbers or request.number in numbers:
            requests.index(request)


def announced(*kinds: str) -> list[Delivered]:
    """What the house has announced so far, in order."""
    rows = sorted(ReportRow.scan(), key=lambda row: (row.pk, row.sk))
    told = [Delivered.model_validate_json(row.body) for row in rows if row.sk.startswith(EVENT_PREFIX)]
    return [delivered for delivered in told if not kinds or delivered.type in kinds]


def delivered() -> list[Delivered]:
    """The messages that the rule of the bus brings to the queue."""
    return announced('ReportOrdered', 'ReportBegunAnew')


def works(*messages: Delivered) -> list[str]:
    """The worker has taken the messages, or all there have been; which of them come again."""
    answer = workers.write(make.payload(*(messages or delivered())), None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def saved(report: dict):
    """What the link of the report gives: the file, and what it is called."""
    with urllib.request.urlopen(report['links']['file']) as answer:
        return answer.read(), answer.headers


def sheet_of(report: dict):
    """The only sheet of the workbook behind the link."""
    answer = boto3.client('s3', region_name=REGION).get_object(Bucket=bucket(), Key=key_of(report))
    [sheet] = load_workbook(io.BytesIO(answer['Body'].read())).worksheets
    return sheet


def key_of(report: dict) -> str:
    """The key that the link of the report names."""
    return report['links']['file'].split('amazonaws.com/')[1].partition('?')[0]


def bucket() -> str:
    """The name of the bucket of files."""
    return name_of('ReportsBucket')


def files() -> list[str]:
    """The keys of all files there are."""
    found = boto3.client('s3', region_name=REGION).list_objects_v2(Bucket=bucket()).get('Contents', [])
    return [one['Key'] for one in found]


def acts(caller, **changes):
    """The same caller, otherwise."""
    return replace(caller, **changes)
