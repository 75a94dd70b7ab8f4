"""What an operator does to an organisation's data: `python -m infra.ops reindex --organisation demo`.

It works on the deployment that the environment names (`DOMOVOY_STACK`, AWS's own variables), while that goes
on working: nothing is taken away before its replacement stands.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

WIDTH = 40


def main() -> int:
    """The exit code: 0 when everything was gone through."""
    parser = argparse.ArgumentParser(prog='python -m infra.ops')
    commands = parser.add_subparsers(dest='command', required=True)
    reindex = commands.add_parser('reindex', help='make lists, search and activity anew from the requests')
    reindex.add_argument('--organisation', required=True)
    chosen = parser.parse_args()
    return _reindex(chosen.organisation)


def _reindex(organisation: str) -> int:
    from chalicelib.activity import service as activity
    from chalicelib.requests import service as requests

    last = requests.last_number(organisation)
    works: dict[str, Callable[[str], Iterator[int]]] = {
        'lists and search': requests.reindex,
        'activity': activity.rebuild,
    }
    for name, work in works.items():
        done = 0
        for done in work(organisation):
            _show(name, done, last)
        print(f'\r{name:18} {"█" * WIDTH} {done:>9,}')
    return 0


def _show(name: str, done: int, last: int) -> None:
    if done % 20 and done != last:
        return
    filled = min(WIDTH, WIDTH * done // max(1, last))
    print(f'\r{name:18} {"█" * filled}{"·" * (WIDTH - filled)} {done:>9,}', end='', flush=True)


if __name__ == '__main__':
    sys.exit(main())
