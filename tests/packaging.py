"""What would be deployed: the template that `chalice package --merge-template` writes, without its zip."""

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from infra import compact, merge
from infra.local.template import generate

ROOT = Path(__file__).parent.parent


@cache
def template() -> dict[str, Any]:
    """The template of the whole deployment.

    Made in a process of its own: Chalice puts the settings of a stage into the environment it stands in.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [sys.executable, '-m', 'tests.packaging', str(ROOT), folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise RuntimeError(made.stderr)
        whole: dict[str, Any] = json.loads((Path(folder) / 'sam.json').read_text())
    return whole


def lint(whole: dict[str, Any]) -> str:
    """What cfn-lint finds wrong with the template, empty if nothing; warnings are passed over."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / 'sam.json'
        target.write_text(compact.text(whole))
        command = [
            str(Path(sys.executable).with_name('cfn-lint')),
            '--template', str(target), '--ignore-checks', 'W', 'I', '--regions', 'eu-central-1',
        ]  # fmt: skip
        found = subprocess.run(command, capture_output=True, text=True)
    return found.stdout + found.stderr if found.returncode else ''


def _write(project: str, folder: str) -> None:
    merged, _ = generate(Path(project), merge.write(Path(folder) / 'merge.json'))
    (Path(folder) / 'sam.json').write_text(json.dumps(merged, default=str))


if __name__ == '__main__':
    _write(*sys.argv[1:])
