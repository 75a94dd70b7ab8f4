"""Prints how long deferred messages that are due in one minute take to leave.

    python -m tests.bench.deferred [--messages 1000]

They are spread over fifty requests and leave in one run of the sweep on the local engine. Exits with 1 where
one is left, one left twice, or the run took a minute.
"""

import argparse
import os
import sys
import time
from datetime import timedelta
from typing import Any

from tests.bench.surroundings import settle

REQUESTS = 50
MINUTE = 60


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.deferred')
    parser.add_argument('--messages', type=int, default=1000)
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
        return _measured(desks.settle(), chosen.messages)


def _measured(desk: Any, messages: int) -> int:
    from chalicelib.conversations import service
    from chalicelib.kit import clock
    from tests.engine.watching import watched
    from tests.make import conversations as make

    numbers = [desk.create() for _ in range(REQUESTS)]
    with clock.stopped(clock.now() - timedelta(days=2)):
        for turn in range(messages):
            make.deferred(numbers[turn % REQUESTS], desk.dispatcher, text=f'Слово {turn}')
    began, cpu = time.monotonic(), time.process_time()
    with watched() as seen:
        left = service.sweep()
    took, cpu = time.monotonic() - began, time.process_time() - cpu
    again = service.sweep()
    units = (seen.read_units + seen.write_units) / max(left, 1)
    print(f'{left} of {messages} messages left in {took:.1f} s ({cpu:.1f} s of CPU), then {again}')
    print(f'{len(seen.calls) / max(left, 1):.2f} calls and {units:.1f} units of capacity a message')
    return 0 if (left, again) == (messages, 0) and took < MINUTE else 1


if __name__ == '__main__':
    sys.exit(main())
