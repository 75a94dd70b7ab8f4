"""Prints what pages of lists narrowed by filters and words cost in a small house and in a large one.

    python -m tests.bench.lists [--small 1000] [--large 5000] [--directory PATH]

Calls to DynamoDB and read units at the door, on the local engine, in one run. `--large 1000000` is done by
hand: it takes half an hour, more on a busy machine, and up to 42 GB in the directory.
Exits with 1 where a promise is not kept.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.surroundings import settle

Costs = dict[str, tuple[int, float, float]]
"""Calls, read units and milliseconds by the name of what was done."""

MOST_GROWTH = 0.1
"""How far from one the ratio of units may be between the houses."""


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.lists')
    parser.add_argument('--small', type=int, default=1000)
    parser.add_argument('--large', type=int, default=5000)
    parser.add_argument('--directory', type=Path, help='where the large house is laid down')
    chosen = parser.parse_args()
    settle()
    from chalicelib.kit.connection import forget_connections
    from infra.local.engine import Engine
    from tests.bench.export import grown
    from tests.engine import desk as desks
    from tests.engine.filling import begin, fill
    from tests.engine.operations import order_for_a_rare_client
    from tests.world import build_tables

    def enter(engine: Engine) -> None:
        os.environ['AWS_ENDPOINT_URL_DYNAMODB'] = engine.url
        forget_connections()

    with tempfile.TemporaryDirectory(dir=chosen.directory) as directory, desks.doors_open():
        with Engine() as engine:
            enter(engine)
            build_tables(engine.client(), with_streams=False)
            desk = desks.settle()
            fill(desk, chosen.small, is_indexed=True)
            order_for_a_rare_client(desk)
            before = _costs(desk)
            began = time.monotonic()
            series = begin(desk, chosen.large - chosen.small, is_indexed=True)
            database = grown(engine.client(), series, Path(directory))
        size = database.stat().st_size / 1e9
        print(f'{chosen.large} requests were laid down in {time.monotonic() - began:.0f} s, {size:.1f} GB')
        with Engine(database) as engine:
            enter(engine)
            desk.sign_in_again()
            return _table(before, _costs(desk), chosen.small, chosen.large)


def _table(before: Costs, after: Costs, small: int, large: int) -> int:
    from tests.engine.operations import AUTHENTICATION, NARROWED

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


def _costs(desk: Any) -> Costs:
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
