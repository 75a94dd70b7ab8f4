"""Prints what pages of lists narrowed by filters and words cost in a small house and in a large one.

    python -m tests.bench.lists [--small 1000] [--large 5000] [--file PATH]

Calls to DynamoDB and read units at the door, on the local engine, in one run. `--large 100000` takes minutes
and `--large 1000000` more than an hour, with a file: a thousand requests are 20 MB. Both are done by hand.
Exits with 1 where a promise is not kept.
"""

import argparse
import os
import sys
import time
from typing import Any

from tests.bench.surroundings import settle

MOST_GROWTH = 0.1
"""How far from one the ratio of units may be between the houses."""


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.lists')
    parser.add_argument('--small', type=int, default=1000)
    parser.add_argument('--large', type=int, default=5000)
    parser.add_argument('--file', help='where the database lies; without it in memory')
    chosen = parser.parse_args()
    settle()
    from chalicelib.kit.connection import forget_connections
    from infra.local.engine import Engine
    from tests.engine import desk as desks
    from tests.world import build_tables

    with Engine(chosen.file) as engine, desks.doors_open():
        os.environ['AWS_ENDPOINT_URL_DYNAMODB'] = engine.url
        build_tables(engine.client(), with_streams=False)
        forget_connections()
        return _table(desks.settle(), chosen.small, chosen.large)


def _table(desk: Any, small: int, large: int) -> int:
    from tests.engine.filling import fill
    from tests.engine.operations import AUTHENTICATION, NARROWED, order_for_a_rare_client

    fill(desk, small, is_indexed=True)
    order_for_a_rare_client(desk)
    before = _costs(desk)
    began = time.monotonic()
    fill(desk, large - small, is_indexed=True)
    print(f'{large - small} requests were put in {time.monotonic() - began:.0f} s')
    after = _costs(desk)
    print(f'{"":28}{"calls":>6}{"most":>6}{f"units@{small}":>14}{f"units@{large}":>14}{"ratio":>7}{"ms":>8}')
    broken = False
    for one in NARROWED:
        calls, units, spent = after[one.name]
        calls -= AUTHENTICATION
        ratio = units / before[one.name][1]
        broken = broken or calls > one.most_calls or abs(ratio - 1) > MOST_GROWTH
        line = f'{one.name:28}{calls:6}{one.most_calls:6}{before[one.name][1]:14.1f}{units:14.1f}{ratio:7.2f}'
        print(f'{line}{spent:8.1f}')
    print('calls beside the one that finds out who is calling; units with it; milliseconds of this machine')
    if broken:
        print('A PROMISE IS BROKEN')
    return 1 if broken else 0


def _costs(desk: Any) -> dict[str, tuple[int, float, float]]:
    from chalicelib.requests import repository
    from tests.engine.operations import NARROWED, measured

    repository.forget_sizes()
    found = {}
    for one in NARROWED:
        measured(desk, one)  # now sizes of its lists are known
        began = time.perf_counter()
        seen = measured(desk, one)
        spent = (time.perf_counter() - began) * 1000
        found[one.name] = len(seen.calls), seen.read_units, spent
    return found


if __name__ == '__main__':
    sys.exit(main())
