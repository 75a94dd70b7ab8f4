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
            ['bash', '-c', f'exec 2>&1\n{script}'],
            cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
    assert told.returncode == 0, told.stdout
    for printed in printed_answers(tour):
        assert re.search(spelled(printed, runtime.api), ' '.join(told.stdout.split())), printed
    for expected in ('RatingCommentNeeded', 'RequestRated'):
        assert expected in told.stdout


def printed_answers(tour: str) -> list[str]:
    """The lines that the tour shows as answers."""
    blocks = re.findall(r'```text\n(.*?)```', tour, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def spelled(printed: str, api: str) -> str:
    """What finds the printed answer in one line of all that was told; what ends by `…` is any."""
    here = printed.replace('http://127.0.0.1:8000', api)
    return '.*?'.join(re.escape(' '.join(part.split())) for part in re.split(r'[\w-]*…', here))
