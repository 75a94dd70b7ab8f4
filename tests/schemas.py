"""The JSON schemas of what the houses announce: `python -m tests.schemas` writes them into `events/`."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

from chalicelib.kit.outbox import Event

ROOT = Path(__file__).parent.parent


def announced() -> dict[str, type[Event]]:
    """Every event of every house, by the path of its schema; a class that others extend is none."""
    for room in sorted(ROOT.glob('chalicelib/*/events*')):
        if room.stem == 'events' and room.name != '__pycache__':
            importlib.import_module(f'chalicelib.{room.parent.name}.events')
    ours = (kind for kind in _below(Event) if kind.__module__.startswith('chalicelib.'))
    return {
        f'{kind.__module__.split(".")[1]}/out/{kind.__name__}.json': kind
        for kind in ours
        if not kind.__subclasses__()
    }


def schema(kind: type[Event]) -> str:
    """The schema of an event as its file holds it."""
    return json.dumps(kind.model_json_schema(), ensure_ascii=False, indent=2, sort_keys=True) + '\n'


def write() -> None:
    """Every event has its schema in a file."""
    for path, kind in announced().items():
        target = ROOT / 'events' / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(schema(kind), encoding='utf-8')


def _below(kind: type[Event]) -> Iterator[type[Event]]:
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)


if __name__ == '__main__':
    write()
