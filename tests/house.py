"""The house as its files show it: which houses, rooms, modules, Lambdas, refusals and words there are."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
CODE = ROOT / 'chalicelib'
LOCALES = ('ru', 'en')
WEBSOCKET = 'websocket'


class Lambda(NamedTuple):
    """One function as it is deployed beside the API."""

    name: str
    handler: str

    @property
    def sample(self) -> Path:
        """Where a sample of its payload lies."""
        house, function = self.name.split('_', 1)
        if house == WEBSOCKET:
            house = self.handler.split('.')[1]
        return ROOT / 'events' / house / 'in' / f'{function}.json'

    @property
    def logical_id(self) -> str:
        """What the template calls it."""
        return ''.join(part[:1].upper() + part[1:] for part in self.name.split('_'))


def houses() -> list[str]:
    """Every capability there is a folder of; the kit is none."""
    return sorted(path.parent.name for path in CODE.glob('*/__init__.py') if path.parent.name != 'kit')


def sources(*folders: str) -> list[Path]:
    """Every Python file below the folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob('*.py'))


def shown(path: Path) -> str:
    """The path as people write it."""
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a file."""
    return ast.parse(path.read_text(encoding='utf-8'))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every module a file imports, or imports from by a dotted name, and the line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f'{node.module}.{alias.name}', node.lineno) for alias in node.names)


@cache
def load() -> None:
    """Every module of the code is imported."""
    for module in pkgutil.walk_packages([str(CODE)], 'chalicelib.'):
        importlib.import_module(module.name)


def below(kind: type[Any]) -> Iterator[type[Any]]:
    """Every class of ours below `kind`, at any depth."""
    load()
    for child in kind.__subclasses__():
        if child.__module__.startswith('chalicelib.'):
            yield child
        yield from below(child)


@cache
def lambdas() -> tuple[Lambda, ...]:
    """Every Lambda function of the application beside the API's own."""
    app = importlib.import_module('app').app
    found = [*app.pure_lambda_functions, *app.event_sources]
    # Chalice names the routes of the socket itself.
    routes = app.websocket_handlers.values()
    of_socket = [Lambda(f'{WEBSOCKET}_{one.name}', one.handler_string) for one in routes]
    return (*(Lambda(one.name, one.handler_string) for one in found), *of_socket)


@cache
def words(locale: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Every message of the locale's catalogues: the house it stands in and the values it speaks of."""
    from fluent.syntax import parse
    from fluent.syntax.ast import Junk, Message

    found: dict[str, tuple[str, frozenset[str]]] = {}
    for path in sorted(CODE.glob(f'*/{locale}.ftl')):
        for entry in parse(path.read_text(encoding='utf-8')).body:
            assert not isinstance(entry, Junk), f'{shown(path)} cannot be read: {entry.content}'
            if not isinstance(entry, Message):
                continue
            for name, pattern in _patterns(entry):
                assert name not in found, f'{name} stands in {found[name][0]} and {path.parent.name}'
                found[name] = (path.parent.name, frozenset(_values(pattern)))
    return found


def _patterns(message: Any) -> Iterator[tuple[str, Any]]:
    if message.value:
        yield message.id.name, message.value
    for attribute in message.attributes:
        yield f'{message.id.name}.{attribute.id.name}', attribute.value


def _values(node: Any) -> Iterator[str]:
    from fluent.syntax.ast import BaseNode, VariableReference

    if isinstance(node, VariableReference):
        yield node.id.name
    elif isinstance(node, list):
        for entry in node:
            yield from _values(entry)
    elif isinstance(node, BaseNode):
        for entry in vars(node).values():
            yield from _values(entry)
