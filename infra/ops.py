"""What an operator does to an organisation's data: `python -m infra.ops reindex --organisation demo`.

It works on the deployment that the environment names (`DOMOVOY_STACK`, AWS's own variables), while that goes
on working: nothing is taken away before its replacement stands.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

WIDTH = 40

Work = Callable[[str], Iterator[int]]


def main() -> int:
    """The exit code: 0 when everything was gone through, 1 where a check found something, 2 without any."""
    parser = argparse.ArgumentParser(prog='python -m infra.ops')
    commands = parser.add_subparsers(dest='command', required=True)
    for name, said in (
        ('reindex', 'make lists, search, activity and the register of payments anew from what there is'),
        ('recount', 'take out what stands in lists for no request, and make all counters say what there is'),
        ('check', 'compare lists, search, counters and figures with the requests'),
    ):
        commands.add_parser(name, help=said).add_argument('--organisation', required=True)
    chosen = parser.parse_args()
    if trouble := _trouble(chosen.organisation):
        print(trouble, file=sys.stderr)
        return 2
    if chosen.command == 'check':
        return _check(chosen.organisation)
    for name, work in _works(chosen.command).items():
        _do(name, work, chosen.organisation)
    return 0


def _trouble(organisation: str) -> str:
    """Why there is nothing to work on, or nothing: of a name that is mistyped all would be found in order."""
    from pynamodb.exceptions import PynamoDBException

    from chalicelib.kit import aws, dynamo, settings
    from chalicelib.staff import service as staff

    try:
        found = dynamo.find(staff.reading_organisation(organisation))
    except (*aws.Fault, PynamoDBException) as error:
        return f'the tables of {settings.stack()} cannot be read: {error}'
    return '' if found else f'there is no organisation {organisation} in {settings.stack()}'


def _works(command: str) -> dict[str, Work]:
    from chalicelib.activity import service as activity
    from chalicelib.figures import service as figures
    from chalicelib.registers import service as registers
    from chalicelib.requests import service as requests

    if command == 'recount':
        return {'counters of lists': requests.tidy_index, 'figures': figures.recount}
    return {
        'lists and search': requests.reindex,
        'activity': activity.rebuild,
        'payments': registers.rebuild,
    }


def _do(name: str, work: Work, organisation: str) -> None:
    from chalicelib.requests import service as requests

    last, done = requests.last_number(organisation), 0
    for done in work(organisation):
        if done % 20 == 0:
            filled = min(WIDTH, WIDTH * done // max(1, last))
            print(f'\r{name:18} {"█" * filled}{"·" * (WIDTH - filled)} {done:>9,}', end='', flush=True)
    print(f'\r{name:18} {"█" * WIDTH} {done:>9,}')


def _check(organisation: str) -> int:
    from chalicelib.figures import service as figures
    from chalicelib.requests import service as requests

    found = requests.check_index(organisation)
    for wrong in figures.check(organisation):
        slot = wrong.cell.slot
        where = f'{slot.place} {slot.kind} {slot.value} {slot.period} {wrong.cell.measure}'
        found.append(f'{where}: says {wrong.counted}, should say {wrong.true}')
    print(*found, f'{len(found)} differences', sep='\n')
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
