"""What a newcomer mistypes or forgets is told in a sentence, at once, and ends with 1."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local import speaking

PATH = '/v1/staff/departments'


def told(*command: str, **environment: str) -> str:
    """What the command wrote before it ended with 1."""
    ended = subprocess.run(
        [sys.executable, '-m', 'infra.local', *command],
        capture_output=True, text=True, timeout=60, env=environment,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, '')
    [line] = ended.stderr.splitlines()
    return line


@pytest.fixture
def port() -> Iterator[int]:
    """A port that somebody has, at which nobody answers."""
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        yield one.getsockname()[1]


def test_who_speaks_before_the_system_runs_is_told_where_nobody_answers(port: int):
    address = f'http://127.0.0.1:{port}'
    said = told('as', 'dispatcher', 'GET', PATH, DOMOVOY_API=address)
    assert said.startswith(f'nobody answers at {address} ')


def test_a_port_that_is_taken_is_named_before_anything_is_started(port: int, tmp_path: Path):
    said = told('run', '--port', str(port), '--data', str(tmp_path / 'data'))
    assert said.startswith(f'OSError: port {port} is taken ')
    assert not (tmp_path / 'data').exists()


@pytest.mark.parametrize('pick', ['what', 'items.5', 'items.x', 'items.0.id.more'])
def test_a_pick_that_is_not_there_names_what_there_is(pick, monkeypatch, capsys):
    answer = {'items': [{'id': 'd1'}]}
    monkeypatch.setattr(speaking, '_call', lambda *call: (200, {'access_token': 't', **answer}))
    assert speaking.speak('dispatcher', 'GET', PATH, None, pick) == 1
    said = capsys.readouterr()
    assert said.out == '' and f'of «{pick}» in: ' in said.err
    assert speaking.speak('dispatcher', 'GET', PATH, None, 'items.0.id') == 0
    assert capsys.readouterr().out == 'd1\n'


def test_a_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(speaking, '_call', lambda *call: (200, {'access_token': 't'}))
    with pytest.raises(SystemExit, match=r'nothing\.pdf: No such file'):
        speaking.send('dispatcher', tmp_path / 'nothing.pdf', 'document')
