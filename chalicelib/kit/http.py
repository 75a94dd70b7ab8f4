"""The HTTP door: typed arguments in, a typed answer or a problem out.

One call is one unit of work: what the services commit is sent together when the answer is known, with the
answer itself where the caller gave an `Idempotency-Key`.
"""

import contextlib
import functools
import json
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from chalice.app import Blueprint, Chalice, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib.kit import dynamo, problems, telemetry, texts
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.connection import pause
from chalicelib.kit.errors import ChangedMeanwhile, DomainError, Malformed, StaleVersion, Unauthenticated
from chalicelib.kit.html import Page
from chalicelib.kit.idempotency import AlreadyAnswered, Key
from chalicelib.kit.operations import Operation, Plain, Raw, register
from chalicelib.kit.values import Value

BODY_LIMIT = 256 * 1024
TRIES_OF_A_LOST_RACE = 8
# Chalice would refuse other types itself, in its own words: all come as far as our own refusal.
_CONTENT_TYPES = ['*/*']
_VERSION = re.compile(r'(?:W/)?"(\d{1,18})"|(\d{1,18})', re.ASCII)


class IfMatchInvalid(Malformed):
    """`If-Match` holds a version as `ETag` gave it."""

    field = 'header.If-Match'


class TokenMissing(Unauthenticated):
    """The door asks for `Authorization: Bearer <access token>`."""


class TokenForAnotherDoor(Unauthenticated):
    """The token opens the door of another audience."""


Authenticator = Callable[[str], Caller]
_authenticator: list[Authenticator] = []

ANY_AUDIENCE = 'any'
"""The audience of doors that every token opens."""


def authenticate_with(authenticator: Authenticator) -> None:
    """Tokens are read by `authenticator` from now on; `app.py` names it once."""
    _authenticator[:] = [authenticator]


class _NoParameters(Value):
    """The query of a door that asks for none. What is not ours may be added to links of the public doors."""


class _BadInput(Exception):
    """A part of the input did not fit its schema. A schema error anywhere else is a fault of ours."""

    def __init__(self, part: str, error: ValidationError) -> None:
        super().__init__(part)
        self.part, self.error = part, error


@contextlib.contextmanager
def _part(part: str) -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        raise _BadInput(part, error) from error


class Api(Blueprint):
    """A blueprint of the routes of one audience; `audience` None is for doors without a token."""

    def __init__(self, import_name: str, prefix: str, audience: Audience | str | None = None) -> None:
        super().__init__(import_name)
        self._prefix = prefix
        self._audience = audience
        self._views: list[tuple[str, str, Callable[..., Any]]] = []

    def register(self, app: Chalice, options: dict[str, Any]) -> None:
        """The views are routes of the app; a second app may have them too."""
        # Chalice takes a route's methods out of the declaration when it registers it: declare it anew.
        self._deferred_registrations = []
        for method, path, view in self._views:
            self.route(path, methods=[method], content_types=_CONTENT_TYPES)(view)
        super().register(app, options)

    def get(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that reads."""
        return self._typed('GET', path, HTTPStatus.OK, **options)

    def post(self, path: str = '', status: int = HTTPStatus.OK, **options: Any) -> Callable[..., Any]:
        """A view that does or makes; it honours `Idempotency-Key`."""
        return self._typed('POST', path, status, **options)

    def put(self, path: str = '', status: int = HTTPStatus.OK, **options: Any) -> Callable[..., Any]:
        """A view that sets the whole."""
        return self._typed('PUT', path, status, **options)

    def patch(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that changes some fields."""
        return self._typed('PATCH', path, HTTPStatus.OK, **options)

    def delete(self, path: str = '', **options: Any) -> Callable[..., Any]:
        """A view that removes."""
        return self._typed('DELETE', path, HTTPStatus.NO_CONTENT, **options)

    def _typed(
        self, method: str, path: str, status: int, *, permission: str | None = None, tag: str = '',
        page: Page | None = None,
    ) -> Callable[..., Any]:
        full = self._prefix + path

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            operation = Operation.of(view, method, full, status, self._audience, permission, tag, page)
            register(operation)

            @functools.wraps(view)
            def guarded(**path_values: str) -> Response:
                return _Call(operation, view, self.current_request, path_values).answer()

            self._views.append((method, full, guarded))
            return view

        return decorate


class _Call:
    """One call at a door, from the raw request to the response."""

    def __init__(
        self, operation: Operation, view: Callable[..., Any], request: Request, path: dict[str, str]
    ) -> None:
        self._operation, self._view, self._request, self._path = operation, view, request, path
        self._locale = texts.negotiated(request.headers.get('accept-language'), texts.DEFAULT)
        self._caller: Caller | None = None

    def answer(self) -> Response:
        with telemetry.correlated(self._request.headers.get('x-request-id')) as request_id:
            try:
                response = self._judged()
            except _BadInput as bad:
                response = problems.of_input(bad.error, bad.part, self._locale, request_id)
            except DomainError as error:
                telemetry.log.info(str(error), door=self._operation.name)
                response = problems.of_refusal(error, self._locale, request_id)
            except Exception:
                telemetry.log.exception('view failed', door=self._operation.name)
                telemetry.count('DoorFaults', door=self._operation.name)
                response = problems.of_fault(self._locale, request_id)
            if self._operation.page:
                response = self._operation.page.answered(response, self._request, self._path, self._locale)
            response.headers['X-Request-Id'] = request_id
            return response

    def _judged(self) -> Response:
        self._admit()
        arguments = self._arguments()
        if_match = self._if_match()
        key = self._key()
        try:
            return self._done(arguments, if_match, key)
        except AlreadyAnswered:
            pass
        except DomainError:
            if key is None or key.answer() is None:
                raise
        return self._replayed(key)

    def _admit(self) -> None:
        operation = self._operation
        if operation.audience is None:
            return
        scheme, _, token = self._request.headers.get('authorization', '').partition(' ')
        if scheme.lower() != 'bearer' or not token:
            raise TokenMissing()
        caller = _authenticator[0](token.strip())
        self._locale = texts.negotiated(self._request.headers.get('accept-language'), caller.locale)
        if operation.audience not in (caller.audience, ANY_AUDIENCE):
            raise TokenForAnotherDoor()
        if operation.permission:
            caller.needs(operation.permission)
        self._caller = caller.spoken_to_in(self._locale)

    def _arguments(self) -> dict[str, Any]:
        operation = self._operation
        with _part('path'):
            path = operation.path_type.model_validate(self._path)
            arguments = {name: getattr(path, name) for name in operation.path_type.model_fields}
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
            arguments['caller'] = self._caller
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

    def _if_match(self) -> int | None:
        text = self._request.headers.get('if-match')
        if text is None or self._operation.method == 'GET':
            return None
        spelled = _VERSION.fullmatch(text.strip())
        if spelled is None:
            raise IfMatchInvalid()
        return int(spelled[1] or spelled[2])

    def _key(self) -> Key | None:
        text = self._request.headers.get('idempotency-key')
        if text is None or self._operation.method != 'POST' or self._caller is None:
            return None
        door = '/'.join([self._operation.name, *self._path.values()])
        return Key(text, self._caller, door, self._bytes())

    def _done(self, arguments: dict[str, Any], if_match: int | None, key: Key | None) -> Response:
        for attempt in range(TRIES_OF_A_LOST_RACE):
            with dynamo.unit_of_work(if_match) as unit:
                given = self._view(**arguments)
                answer = self._answered(given)
                writes = list(unit.writes)
                if key is not None:
                    writes.append(key.remembering(answer.status_code, answer.body))
                try:
                    dynamo.send(writes)
                except ChangedMeanwhile as lost:
                    # Nothing was written: judge again by what the winner left, unless a version was named.
                    if if_match is not None:
                        raise StaleVersion(version=if_match) from lost
                    if attempt + 1 == TRIES_OF_A_LOST_RACE:
                        raise
                    pause(attempt)
                else:
                    return answer
        raise ChangedMeanwhile

    def _answered(self, given: Any) -> Response:
        if isinstance(given, Response):
            return given
        if isinstance(given, Plain):
            return Response(given.text, {'Content-Type': 'text/plain; charset=utf-8', **given.headers})
        if given is None:
            return Response('', status_code=HTTPStatus.NO_CONTENT)
        headers = _headers(getattr(given, 'version', None))
        return Response(given.model_dump_json(), status_code=self._operation.status, headers=headers)

    def _replayed(self, key: Key | None) -> Response:
        kept = key.answer() if key else None
        if kept is None:
            raise ChangedMeanwhile
        status, body = kept
        headers = _headers(json.loads(body).get('version')) if body else {}
        return Response(body, status_code=status, headers={**headers, 'Idempotency-Replayed': 'true'})


def _headers(version: int | None) -> dict[str, str | list[str]]:
    headers: dict[str, str | list[str]] = {'Content-Type': 'application/json'}
    if version is not None:
        headers['ETag'] = f'"{version}"'
    return headers
