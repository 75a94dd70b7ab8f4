"""The template of an unchanged project, remembered: making it is the longest part of a start."""

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.local.paths import INSTALLED

Template = dict[str, Any]

# What a template is not made from. Everything else in the project counts, whatever its kind.
IGNORED = {'__pycache__', 'tests', 'local', 'node_modules', 'build', 'deployments', 'deployed'}


def fingerprint(project: Path) -> str:
    """Changes when anything a template is made from does."""
    digest = hashlib.sha256(sys.version.encode())
    for path in _sources(project):
        digest.update(str(path.relative_to(project)).encode() + b'\0' + path.read_bytes() + b'\0')
    return digest.hexdigest()


def recall(project: Path, key: str) -> Template | None:
    """The template made when the fingerprint was `key`, if that was the last one."""
    try:
        kept = json.loads(_memory(project).read_text())
    except (OSError, ValueError):
        return None
    template: Template = kept['template']
    return template if kept['key'] == key else None


def remember(project: Path, key: str, template: Template) -> None:
    """`recall` finds the template from now on."""
    memory = _memory(project)
    memory.parent.mkdir(parents=True, exist_ok=True)
    half = memory.with_suffix('.half')
    half.write_text(json.dumps({'key': key, 'template': template}, default=str))
    half.replace(memory)


def _memory(project: Path) -> Path:
    return INSTALLED / 'templates' / f'{hashlib.sha256(str(project).encode()).hexdigest()[:12]}.json'


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in IGNORED or (path.name.startswith('.') and path.name != '.chalice'):
            continue
        if path.is_dir():
            yield from _sources(path)
        else:
            yield path
