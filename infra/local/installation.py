"""Fetches what the runtime needs into `.local/`: MiniStack in its own environment, and the dynoxide binary.

Does nothing when the pins have not changed since the last time.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

from infra.local.paths import DYNOXIDE, HOUSE, INSTALLED, MINISTACK_PYTHON

STAMP = 'installed'


def install() -> int:
    """MiniStack is installed as pinned, and dynoxide where there is one; 0, or 1 without MiniStack."""
    INSTALLED.mkdir(exist_ok=True)
    # Whatever is put here is a product of the machine; one file keeps it out of every commit.
    (INSTALLED / '.gitignore').write_text('*\n')
    try:
        _once(INSTALLED / 'ministack', [HOUSE / 'requirements.txt'], _ministack)
    except subprocess.CalledProcessError as error:
        print(f'MiniStack could not be installed: {error}', file=sys.stderr)
        return 1
    try:
        _once(INSTALLED / 'dynoxide', [HOUSE / 'package.json', HOUSE / 'package-lock.json'], _dynoxide)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no dynoxide ({error}): the runtime will use MiniStack's own DynamoDB, in memory and slower")
    return 0


def _once(target: Path, pins: list[Path], fetch: Callable[[Path], None]) -> None:
    stamp = target / STAMP
    # The interpreter belongs to the pins: an environment of another one does not start.
    wanted = hashlib.sha256(sys.version.encode() + b''.join(pin.read_bytes() for pin in pins)).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    print(f'installing {target.name} into {target} ...', flush=True)
    fetch(target)
    stamp.write_text(wanted)


def _ministack(target: Path) -> None:
    venv.create(target, with_pip=True)
    pip = [
        str(MINISTACK_PYTHON),
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
    ]
    subprocess.run([*pip, '--requirement', str(HOUSE / 'requirements.txt')], check=True)


def _dynoxide(target: Path) -> None:
    for pin in ('package.json', 'package-lock.json'):
        shutil.copy(HOUSE / pin, target / pin)
    npm = shutil.which('npm')
    if npm is None:
        raise OSError('npm is not installed')
    quiet = ['--no-audit', '--no-fund', '--loglevel=error']
    subprocess.run([npm, 'ci', *quiet], cwd=target, check=True, stdout=subprocess.DEVNULL)
    if not DYNOXIDE.exists():
        raise OSError('the registry has no binary for this platform')
    DYNOXIDE.chmod(0o755)
