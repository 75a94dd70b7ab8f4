"""The fields of an input as its JSON schema shows them: where they stand, what is decent, what is not."""

import re
import re._parser as regex  # type: ignore[import-not-found]
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from chalicelib.kit.operations import Operation

Json = dict[str, Any]
Path = tuple[str | int, ...]
BOUNDED_FORMATS = frozenset({'date-time', 'date', 'duration'})


@dataclass(frozen=True)
class Field:
    """One field at any depth: its path, its schema without null, and whether null fits."""

    path: Path
    schema: Json
    is_nullable: bool
    hint: str

    @property
    def named(self) -> str:
        """The path as the errors of a problem spell it, without the part of the input."""
        return ''.join(f'[{step}]' if isinstance(step, int) else f'.{step}' for step in self.path)

    @property
    def kind(self) -> str:
        """The JSON type; `enum` for words of a closed list, `any` for what another rule judges."""
        if 'enum' in self.schema or 'const' in self.schema:
            return 'enum'
        if any(branch.get('type') == 'string' for branch in self.schema.get('anyOf', ())):
            return 'string'
        return str(self.schema.get('type', 'any'))

    @property
    def formats(self) -> set[str]:
        """The formats a text of the field may have."""
        branches = [self.schema, *self.schema.get('anyOf', ())]
        return {branch['format'] for branch in branches if 'format' in branch}


_schemas: dict[str, Json] = {}


def schema_of(operation: Operation) -> Json:
    """The JSON schema of the operation's body."""
    if operation.name not in _schemas:
        assert operation.body_type
        _schemas[operation.name] = operation.body_type.json_schema()
    return _schemas[operation.name]


def schema_of_query(operation: Operation) -> Json:
    """The JSON schema of the operation's query."""
    return TypeAdapter(operation.query_type).json_schema()


def fields_of(schema: Json) -> list[Field]:
    """Every field of the schema, containers and what is in them; lists are looked at by their first entry."""
    return list(_walk(schema, schema, (), ''))


def _walk(schema: Json, root: Json, path: Path, hint: str) -> Iterator[Field]:
    schema, is_nullable = _plain(schema, root)
    if path:
        yield Field(path, schema, is_nullable, hint)
    for name, field in schema.get('properties', {}).items():
        yield from _walk(field, root, (*path, name), name)
    if 'items' in schema:
        yield from _walk(schema['items'], root, (*path, 0), hint)
    values = schema.get('additionalProperties')
    if isinstance(values, dict) and values:
        words = _plain(schema['propertyNames'], root)[0].get('enum', ['key'])
        yield from _walk(values, root, (*path, words[0]), hint)


def _plain(schema: Json, root: Json) -> tuple[Json, bool]:
    while '$ref' in schema:
        schema = {**root['$defs'][schema['$ref'].rpartition('/')[2]]}
    branches = schema.get('anyOf')
    if not branches:
        return schema, False
    left = [branch for branch in branches if branch.get('type') != 'null']
    is_nullable = len(left) < len(branches)
    if len(left) > 1:
        return {**schema, 'anyOf': left}, is_nullable
    return _plain(left[0], root)[0], is_nullable


def unbounded(schema: Json) -> Iterator[str]:
    """Every field of the schema that would take a text, a list, a dictionary or a number of any size."""
    for field in fields_of(schema):
        if field.kind == 'string' and not _is_bounded_text(field.schema):
            yield f'{field.named}: text'
        elif field.kind == 'array' and not _is_bounded_list(field.schema):
            yield f'{field.named}: list'
        elif (
            field.kind == 'object'
            and 'properties' not in field.schema
            and not _is_bounded_dict(field.schema, schema)
        ):
            yield f'{field.named}: dictionary'
        elif field.kind in ('integer', 'number') and not _has_ends(field.schema):
            yield f'{field.named}: number'


def _is_bounded_text(schema: Json) -> bool:
    if 'maxLength' in schema or schema.get('format') in BOUNDED_FORMATS:
        return True
    if 'anyOf' in schema:
        return all(_is_bounded_text(branch) for branch in schema['anyOf'])
    return 'pattern' in schema and longest(schema['pattern']) < regex.MAXREPEAT


def _is_bounded_list(schema: Json) -> bool:
    is_set_of_words = schema.get('uniqueItems') and ('$ref' in schema['items'] or 'enum' in schema['items'])
    return 'maxItems' in schema or bool(is_set_of_words)


def _is_bounded_dict(schema: Json, root: Json) -> bool:
    names = _plain(schema.get('propertyNames', {}), root)[0]
    return 'maxProperties' in schema or 'enum' in names


def _has_ends(schema: Json) -> bool:
    has_least = 'minimum' in schema or 'exclusiveMinimum' in schema
    return has_least and ('maximum' in schema or 'exclusiveMaximum' in schema)


def longest(pattern: str) -> int:
    """The length of the longest text the pattern takes."""
    assert pattern.startswith('^') and pattern.endswith('$'), pattern
    return int(regex.parse(pattern).getwidth()[1])


def put(value: Any, body: Any, path: Path) -> None:
    """In the body, what stands at the path is `value`."""
    *way, last = path
    for step in way:
        body = body[step]
    body[last] = value


def too_long(schema: Json) -> str | None:
    """A text longer than the schema takes, of characters it would take."""
    if 'maxLength' in schema:
        return 'я' * (schema['maxLength'] + 1)
    if 'pattern' in schema:
        return ('1' if re.match(schema['pattern'], '1' * 6) else 'a') * (longest(schema['pattern']) + 1)
    return None
