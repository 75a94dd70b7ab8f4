"""Prints the bench table: calls, capacity and how it grows, and CPU beside the bare calls it is made of.

    python -m tests.bench [--requests 5000]

Everything is measured on the local engine in one run. Of the figures only ratios and counts mean anything on
another machine. `--requests 100000` takes some minutes and is done by hand.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.bench.surroundings import settle

SMALL = 100
RUNS = 40


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench')
    parser.add_argument('--requests', type=int, default=5000, help='how large the large house is')
    chosen = parser.parse_args()
    settle()
    from chalicelib.kit.connection import forget_connections
    from infra.local.engine import Engine
    from tests.engine import desk as desks
    from tests.world import build_tables

    with Engine() as engine, desks.doors_open():
        os.environ['AWS_ENDPOINT_URL_DYNAMODB'] = engine.url
        build_tables(engine.client(), with_streams=False)
        forget_connections()
        return _table(desks.settle(), engine.client(), chosen.requests)


def _table(desk: Any, bare: Any, large: int) -> int:
    from tests.engine.filling import fill
    from tests.engine.operations import AUTHENTICATION, OPERATIONS, measured

    fill(desk, SMALL)
    before = {one.name: measured(desk, one) for one in OPERATIONS}
    fill(desk, large - SMALL)
    after = {one.name: measured(desk, one) for one in OPERATIONS}
    at = f'{f"units@{SMALL}":>12}{f"units@{large}":>14}'
    print(f'{"":22}{"calls":>6}{"most":>6}{at}{"ratio":>7}{"CPU / bare":>12}')
    broken = False
    for one in OPERATIONS:
        calls = len(after[one.name].calls) - AUTHENTICATION
        small, big = (seen.read_units + seen.write_units for seen in (before[one.name], after[one.name]))
        ratio = big / small
        cpu = _cpu(desk, one, bare)
        broken = broken or calls > one.most_calls or not 0.9 <= ratio <= 1.1
        print(f'{one.name:22}{calls:6}{one.most_calls:6}{small:12.1f}{big:14.1f}{ratio:7.2f}{cpu:12.2f}')
    print('calls beside the one that finds out who is calling; units and CPU with it')
    if broken:
        print('A PROMISE IS BROKEN')
    return 1 if broken else 0


def _cpu(desk: Any, operation: Any, bare: Any) -> float:
    """The CPU time of the call at the door beside that of its DynamoDB calls made by a bare boto3 client."""
    from tests.engine.watching import watched

    ours, floor = [], []
    for _ in range(RUNS):
        number = operation.prepare(desk)
        with watched() as seen:
            operation.do(desk, number)
        number = operation.prepare(desk)
        ours.append(_spent(lambda number=number: operation.do(desk, number)))
        again = [
            (_snake(call), _unconditional(given))
            for call, given in zip(seen.calls, seen.parameters, strict=True)
        ]
        floor.append(_spent(lambda again=again: [getattr(bare, name)(**given) for name, given in again]))
    return statistics.median(ours) / statistics.median(floor)


def _spent(act: Callable[[], object]) -> float:
    began = time.thread_time()
    act()
    return time.thread_time() - began


def _snake(operation: str) -> str:
    return ''.join(f'_{letter.lower()}' if letter.isupper() else letter for letter in operation).lstrip('_')


def _unconditional(given: dict[str, Any]) -> dict[str, Any]:
    """The parameters without the conditions of puts, which held only once."""
    items = []
    for item in given.get('TransactItems', []):
        put = item.get('Put')
        items.append({'Put': {key: put[key] for key in ('TableName', 'Item')}} if put else item)
    return {**given, 'TransactItems': items} if items else given


if __name__ == '__main__':
    sys.exit(main())
