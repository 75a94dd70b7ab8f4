"""Prints what a cold start imports, in CPU beside bare chalice, pynamodb, pydantic and the logger.

    python -m tests.bench.cold [--rounds 7]

Each import is a process of its own, all in turns, so that they meet the same weather; of each the least is
taken, less that of a Python that imports nothing. Exits with 1 where the API function takes more than it
should.
"""

import argparse
import os
import sys
from pathlib import Path

from tests.bench.surroundings import settle

MOST_TIMES = 4.0
"""The API function beside the floor."""

NOTHING, FLOOR, API = 'nothing', 'bare libraries', 'the API function'
BARE = """
import chalice, pydantic, pynamodb.models
from aws_lambda_powertools import Logger
Logger(service='bench')
"""
HOUSES = Path(__file__).parents[2] / 'chalicelib'


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.cold')
    parser.add_argument('--rounds', type=int, default=7)
    rounds = parser.parse_args().rounds
    settle()
    from tests.world import environment

    os.environ.update({name: value for name, value in environment().items() if name not in os.environ})
    programs = {NOTHING: '', FLOOR: BARE, API: 'import app'}
    for workers in sorted(HOUSES.glob('*/workers.py')):
        programs[f'{workers.parent.name} workers'] = f'import chalicelib.{workers.parent.name}.workers'
    seen: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            seen[name].append(_spent(program))
    least = {name: min(times) - min(seen[NOTHING]) for name, times in seen.items()}
    for name, seconds in least.items():
        if name != NOTHING:
            print(f'{name:24}{seconds * 1000:8.0f} ms of CPU{seconds / least[FLOOR]:8.2f} times the floor')
    return 1 if least[API] / least[FLOOR] > MOST_TIMES else 0


def _spent(program: str) -> float:
    """Seconds of CPU of a new Python that runs it."""
    pid = os.posix_spawn(sys.executable, [sys.executable, '-c', program], os.environ)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f'it did not run:\n{program}')
    return used.ru_utime + used.ru_stime


if __name__ == '__main__':
    sys.exit(main())
