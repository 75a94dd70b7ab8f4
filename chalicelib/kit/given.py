"""What a request brings: its parts, each judged by the schema of its operation before it is believed."""

import contextlib
import json
import re
from collections.abc import Iterator
from typing import Any

from chalice.app import Request
from pydantic import BaseModel, ValidationError

from chalicelib.kit import problems
from chalicelib.kit.caller import Caller
from chalicelib.kit.errors import Malformed
from chalicelib.kit.idempotency import Key
from chalicelib.kit.operations import Operation, Raw
from chalicelib.kit.values import Value

BODY_LIMIT = 256 * 1024
BEYOND = 10**18
"""Larger than any number that we give."""
_VERSION = re.compile(r'(?:W/)?"(\d{1,18})"|(\d{1,18})', re.ASCII)


class IfMatchInvalid(Malformed):
    """`If-Match` holds a version as `ETag` gave it."""

    field = 'header.If-Match'


class BadInput(Exception):
    """A part of the input did not fit its schema. A schema error anywhere else is a fault of ours."""

    def __init__(self, part: str, error: ValidationError) -> None:
        super().__init__(part)
        self.part, self.error = part, error


class _NoParameters(Value):
    """The query of a door that asks for none. What is not ours may be added to links of the public doors."""


@contextlib.contextmanager
def _part(part: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise BadInput(part, error) from error


def _held(value: Any) -> Any:
    # Nothing of ours has so long a number, nor is there a key that could hold it: it is of what is not there.
    return max(-BEYOND, min(value, BEYOND)) if isinstance(value, int) else value


class Given:
    """The parts of one request."""

    def __init__(self, operation: Operation, request: Request, path: dict[str, str]) -> None:
        self._operation, self._request, self._path = operation, request, path

    def arguments(self, caller: Caller | None) -> dict[str, Any]:
        """What the view is called with. Raises BadInput, BodyTooLarge, MediaTypeUnsupported."""
        operation = self._operation
        with _part('path'):
            path = operation.path_type.model_validate(self._path)
            arguments = {name: _held(getattr(path, name)) for name in operation.path_type.model_fields}
        if operation.query_type:
            with _part('query'):
                arguments['query'] = operation.query_type.model_validate(self._query(operation.query_type))
        elif operation.audience is not None:
            with _part('query'):
                _NoParameters.model_validate(self._query(_NoParameters))
        if operation.takes_raw:
            arguments['raw'] = self._raw()
        if operation.body_type:
            with _part('body'):
                arguments['body'] = operation.body_type.validate_json(self._body(), strict=True)
        if operation.takes_caller:
            arguments['caller'] = caller
        return arguments

    def _body(self) -> bytes:
        kind = self._request.headers.get('content-type', 'application/json').partition(';')[0].strip().lower()
        if kind != 'application/json':
            raise problems.MediaTypeUnsupported(kind=kind[:100])
        return self._raw().body or b'{}'

    def _bytes(self) -> bytes:
        body = self._request.raw_body
        return body if isinstance(body, bytes) else body.encode()

    def _raw(self) -> Raw:
        body = self._bytes()
        if len(body) > BODY_LIMIT:
            raise problems.BodyTooLarge(limit=BODY_LIMIT)
        identity = self._request.context.get('identity') or {}
        return Raw(body=body, headers=dict(self._request.headers), source_ip=identity.get('sourceIp', ''))

    def _query(self, model: type[BaseModel]) -> dict[str, Any]:
        given: Any = self._request.query_params or {}
        values: dict[str, Any] = {}
        for name in given:
            field = model.model_fields.get(name)
            several = field is not None and 'list' in str(field.annotation)
            values[name] = given.getlist(name) if several else given[name]
        return values

    def if_match(self) -> int | None:
        """The version the caller speaks of. Raises IfMatchInvalid."""
        text = self._request.headers.get('if-match')
        if text is None or self._operation.method == 'GET':
            return None
        spelled = _VERSION.fullmatch(text.strip())
        if spelled is None:
            raise IfMatchInvalid()
        return int(spelled[1] or spelled[2])

    def key(self, caller: Caller | None) -> Key | None:
        """Under what the answer is remembered. Raises IdempotencyKeyInvalid."""
        text = self._request.headers.get('idempotency-key')
        if text is None or self._operation.method != 'POST' or caller is None:
            return None
        door = '/'.join([self._operation.name, *self._path.values()])
        query = self._operation.query_type and self._query(self._operation.query_type)
        # What is asked for in the address makes it another deed as well as what stands in the body.
        asked = json.dumps(query, sort_keys=True).encode() if query else b''
        return Key(text, caller, door, self._bytes() + asked)
