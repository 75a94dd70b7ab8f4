"""The README keeps its word: its drawing is the machine, its tour runs as printed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.requests.rules.lifecycle import MOVES
from infra.local.runtime import Runtime

ROOT = Path(__file__).parent.parent
README = (ROOT / 'README.md').read_text()


def test_the_drawing_of_a_requests_life_is_the_table():
    drawing = re.search(r'```mermaid\n(.*?)```', README, re.DOTALL)
    assert drawing
    drawn = set(re.findall(r'(\S+) --> (\S+): (\w+) (R\d+)', drawing[1]))
    assert drawn == {(move.origin or '[*]', move.target, move.action, move.line) for move in MOVES}


@pytest.mark.journey
def test_the_tour_runs_as_printed(tmp_path):
    tour = README.split('## A tour')[1].split('\n## ')[0]
    script = '\n'.join(['set -euo pipefail', *re.findall(r'```sh\n(.*?)```', tour, re.DOTALL)])
    script = script.replace('.venv/bin/python', sys.executable)
    with Runtime(data=tmp_path / 'data') as runtime:
        environment = {
            **runtime.environment(),
            'DOMOVOY_API': runtime.api,
            'PATH': '/usr/bin:/bin:/usr/local/bin',
        }
        load = f'from infra.local import demo; demo.load({runtime.api!r})'
        subprocess.run([sys.executable, '-c', load], check=True, cwd=ROOT, env=environment)
        told = subprocess.run(
            ['bash', '-c', script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
        )
    assert told.returncode == 0, told.stdout + told.stderr
    for expected in (
        "'load': 'green'",
        'ResumptionDateNeeded',
        '2027-01-11T20:59:59.999Z',
        'RatingCommentNeeded',
        'RequestRated',
    ):
        assert expected in told.stdout
