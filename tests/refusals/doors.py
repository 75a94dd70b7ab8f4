"""The doors of the application by what they ask for, from the registry the API's description is made of."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import app
from chalicelib.kit import openapi
from chalicelib.kit.operations import Operation, operations

APPLICATION = app.app
PREFIX = '/v1/'


def doors(fits: Callable[[Operation], object] = lambda operation: True) -> pytest.MarkDecorator:
    """One test for every operation of the application that fits, those of later days too."""
    found = [operation for operation in ours() if fits(operation)]
    assert found
    return pytest.mark.parametrize('operation', found, ids=[operation.name for operation in found])


def ours() -> list[Operation]:
    """Every operation of the application; other tests may have declared doors of their own."""
    routes = APPLICATION.routes
    return [
        operation
        for operation in operations()
        if operation.path.startswith(PREFIX) and operation.method in routes.get(operation.path, {})
    ]


def statuses_of(method: str, place: str) -> set[str]:
    """The statuses that the description of the API has for a call there; none where it has no such door."""
    fitting = [path for path in _description() if re.fullmatch(re.sub(r'{\w+}', '[^/]+', path), place)]
    there = _description()[min(fitting, key=lambda path: path.count('{'))] if fitting else {}
    return set(there.get(method.lower(), {}).get('responses', {}))


@cache
def _description() -> dict[str, Any]:
    whole = openapi.document(ours(), title='', version='', description='')
    paths: dict[str, Any] = whole['paths']
    return paths


def is_guarded(operation: Operation) -> bool:
    """Whether it asks for a token."""
    return operation.audience is not None


def has_ids(operation: Operation) -> bool:
    """Whether its path names a thing."""
    return bool(operation.path_type.model_fields)


def changes(operation: Operation) -> bool:
    """Whether it does more than read."""
    return operation.method != 'GET'


def is_list(operation: Operation) -> bool:
    """Whether it gives pages."""
    return operation.query_type is not None and 'limit' in operation.query_type.model_fields


def is_version_known(operation: Operation) -> bool:
    """Whether it changes a thing whose version callers are told."""
    return read_of(operation) is not None


def read_of(operation: Operation) -> Operation | None:
    """The nearest door that reads what the operation changes, if it tells a version."""
    if not is_guarded(operation) or not changes(operation):
        return None
    reads = {read.path: read for read in ours() if read.method == 'GET'}
    parts = operation.path.split('/')
    for length in range(len(parts), 3, -1):
        read = reads.get('/'.join(parts[:length]))
        if read is not None:
            return read if 'version' in getattr(read.answer_type, 'model_fields', {}) else None
    return None
