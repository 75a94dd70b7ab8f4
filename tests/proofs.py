"""Which lines of `tests/requirements.md` are proved, by the marks `proves('REQ-104')` of tests that passed.

A run of the whole suite writes the table to `build/proved.md`. A mark that names no line fails its test.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / 'tests' / 'requirements.md'
TABLE = ROOT / 'build' / 'proved.md'
_LINE = re.compile(r'^- \*\*((?!AMB-)[A-Z]+-\d+)\*\* (.+)$', re.MULTILINE)
_AMBIGUITY = re.compile(r'^- \*\*(AMB-\d+)\*\*', re.MULTILINE)
_MOVE = re.compile(r'^\| ([A-Z]{1,2}\d+) \|', re.MULTILINE)


@cache
def lines() -> dict[str, str]:
    """The numbered lines of the requirements, by id."""
    return dict(_LINE.findall(REQUIREMENTS.read_text(encoding='utf-8')))


@cache
def known() -> frozenset[str]:
    """Everything a test may say it proves: lines, settled ambiguities and moves of the status machines."""
    text = REQUIREMENTS.read_text(encoding='utf-8')
    return frozenset([*lines(), *_AMBIGUITY.findall(text), *_MOVE.findall(text)])


def table(proved: dict[str, set[str]]) -> str:
    """The table of lines proved and not yet proved, by group; `proved` are the tests of each line."""
    groups: dict[str, list[str]] = defaultdict(list)
    for line in lines():
        groups[line.partition('-')[0]].append(line)
    done = sum(line in proved for line in lines())
    report = [f'# Proved: {done} of {len(lines())} lines', '', '| Group | Proved | Of |', '|---|---|---|']
    for group, named in groups.items():
        report.append(f'| {group} | {sum(line in proved for line in named)} | {len(named)} |')
    report += ['', '## Proved', '']
    report += [f'- **{line}** {", ".join(sorted(proved[line]))}' for line in lines() if line in proved]
    beside = sorted(set(proved) - set(lines()))
    report += [f'- **{name}** {", ".join(sorted(proved[name]))}' for name in beside]
    report += ['', '## Not yet proved', '']
    report += [f'- **{line}** {text}' for line, text in lines().items() if line not in proved]
    return '\n'.join(report) + '\n'


class _Ledger:
    """What each test says it proves, and whether the test kept its word."""

    def __init__(self) -> None:
        self.claims: dict[str, set[str]] = defaultdict(set)
        self.broken: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        claimed = dict(report.user_properties).get('proves')
        if report.failed or report.skipped:
            self.broken.add(report.nodeid)
        elif report.when == 'call' and isinstance(claimed, str):
            for line in claimed.split():
                self.claims[line].add(report.nodeid.partition('[')[0])

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        config, asked = session.config, session.config.option
        is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not asked.keyword
        if not is_whole or asked.collectonly or hasattr(config, 'workerinput'):
            return
        broken = {name.partition('[')[0] for name in self.broken}
        proved = {line: tests - broken for line, tests in self.claims.items() if tests - broken}
        TABLE.parent.mkdir(exist_ok=True)
        TABLE.write_text(table(proved), encoding='utf-8')


def pytest_configure(config: pytest.Config) -> None:
    """The ledger is open."""
    config.pluginmanager.register(_Ledger(), 'proofs-ledger')


def pytest_itemcollected(item: pytest.Item) -> None:
    """What the test claims goes with its report, also from a worker of xdist."""
    claimed = sorted({line for mark in item.iter_markers('proves') for line in mark.args})
    if claimed:
        item.user_properties.append(('proves', ' '.join(claimed)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A claim to prove what nobody requires fails."""
    unknown = set(dict(item.user_properties).get('proves', '').split()) - known()
    if unknown:
        pytest.fail(f'no such line in tests/requirements.md: {", ".join(sorted(unknown))}')
