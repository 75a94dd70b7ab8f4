"""Prints what a whole Excel report costs: requests found, read, and written into the bucket.

    python -m tests.bench.report [--requests 5000]

The job is ordered at the desk and written by a process of its own, as by a Lambda, on the local engine. The
bucket is moto's, in that same process, so that its memory counts too. Beside it openpyxl's write-only mode
writes the same cells, read back from the file, and does nothing else: the promise against it is of the
writing alone (`tests.bench.sheets`), what is printed here is the whole job. Exits with 1 where memory exceeds
the promise or the file does not tell each request once. `--requests 100000` takes some ten minutes.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.surroundings import settle

COLUMNS = 20
MOST_MEGABYTES = 256
BUCKET = 'reports'


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.report')
    parser.add_argument('--requests', type=int, default=5000)
    parser.add_argument('--step', choices=STEPS, help='one step of the bench, in a process of its own')
    parser.add_argument('--file', type=Path)
    parser.add_argument('--report', default='')
    chosen = parser.parse_args()
    settle()
    if chosen.step:
        print(json.dumps(STEPS[chosen.step](chosen)))
        return 0
    with TemporaryDirectory() as folder:
        return _table(chosen.requests, Path(folder) / 'report.xlsx')


def _table(requests: int, file: Path) -> int:
    from infra.local.engine import Engine

    with Engine() as engine:
        os.environ['AWS_ENDPOINT_URL_DYNAMODB'] = engine.url
        ordered = _in_a_process('order', requests, file)
        job = _in_a_process('write', requests, file, ordered['report'])
    peer = _in_a_process('peer', requests, file)
    print(f'{requests} requests, {COLUMNS} columns{"CPU s":>12}{"peak MB":>10}')
    print(f'{"the whole job":30}{job["seconds"]:10.2f}{job["peak"]:10.0f}')
    print(f'{"openpyxl, the cells alone":30}{peer["seconds"]:10.2f}')
    calls, units = (job[what] * 1000 / requests for what in ('calls', 'units'))
    print(f'ratio {job["seconds"] / peer["seconds"]:.2f}; a file of {job["size"] / 1e6:.1f} MB')
    print(f'per 1,000 requests {calls:.0f} calls to DynamoDB and {units:.0f} read units')
    if job['peak'] > MOST_MEGABYTES or peer['numbers'] != requests or peer['rows'] != requests:
        print('A PROMISE IS BROKEN')
        return 1
    return 0


def _in_a_process(step: str, requests: int, file: Path, report: str = '') -> dict[str, Any]:
    command = [sys.executable, '-m', 'tests.bench.report', '--step', step, '--requests', str(requests)]
    command += ['--file', str(file), '--report', report]
    told: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return told


def _order(chosen: argparse.Namespace) -> dict[str, Any]:
    """The house is full, and its dispatcher has pressed «Сформировать»."""
    from dataclasses import replace

    from chalicelib.kit.caller import ClientKind
    from chalicelib.kit.connection import connection
    from chalicelib.reports import service
    from chalicelib.reports.model import EVERY_FIELD, NewReport
    from chalicelib.requests.model.filters import Filters
    from tests.engine import desk as desks
    from tests.engine.filling import fill
    from tests.world import build_tables

    build_tables(connection().client, with_streams=False)
    with desks.doors_open():
        desk = desks.settle()
        fill(desk, chosen.requests, is_indexed=True)
    wanted = NewReport(fields=list(EVERY_FIELD[:COLUMNS]), tab='all', filters=Filters())
    by = replace(desk.dispatcher, client=ClientKind.CRM)
    return {'report': service.order(wanted, by=by).id}


def _write(chosen: argparse.Namespace) -> dict[str, Any]:
    """The worker has written the file."""
    import boto3
    from moto import mock_aws

    from chalicelib.kit import clock, dynamo
    from chalicelib.kit.outbox import SYSTEM
    from chalicelib.reports import repository, service
    from chalicelib.reports.events import ReportBegunAnew
    from tests.engine.desk import ORGANISATION
    from tests.engine.watching import watched

    asked = ReportBegunAnew(
        organisation=ORGANISATION, at=clock.now(), by=SYSTEM, report_id=chosen.report, attempts=0
    )
    os.environ['REPORTS_BUCKET'] = BUCKET
    with mock_aws(config={'core': {'mock_credentials': False, 'passthrough': {'services': ['dynamodb']}}}):
        s3 = boto3.client('s3')
        where = {'LocationConstraint': os.environ['AWS_REGION']}
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
        with watched() as seen:
            began = time.process_time()
            service.write(asked)
            seconds = time.process_time() - began
        file = dynamo.get(repository.reading(ORGANISATION, chosen.report)).file
        assert file is not None
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        s3.download_file(BUCKET, file.key, str(chosen.file))
    return {
        'seconds': seconds,
        'peak': peak,
        'size': file.size,
        'calls': len(seen.calls),
        'units': seen.read_units,
    }


def _peer(chosen: argparse.Namespace) -> dict[str, Any]:
    """openpyxl has read the file, and written its cells anew."""
    from openpyxl import Workbook, load_workbook

    book = load_workbook(chosen.file, read_only=True)
    lines = [tuple(cell for cell in row) for row in book.worksheets[0].iter_rows(values_only=True)]
    assert all(len(line) == COLUMNS for line in lines)
    head, *rows = lines
    number = head.index('Номер')
    numbers = {row[number] for row in rows}
    began = time.process_time()
    peer = Workbook(write_only=True)
    sheet = peer.create_sheet('Заявки')
    for line in lines:
        sheet.append(line)
    peer.save(chosen.file.with_suffix('.peer.xlsx'))
    seconds = time.process_time() - began
    return {'seconds': seconds, 'rows': len(rows), 'numbers': len(numbers)}


STEPS = {'order': _order, 'write': _write, 'peer': _peer}


if __name__ == '__main__':
    sys.exit(main())
