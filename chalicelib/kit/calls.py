"""One call at a door, from the raw request to the response.

It is one unit of work: what the services commit is sent together when the answer is known, with the answer
itself where the caller gave an `Idempotency-Key`.
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from chalice.app import Request, Response

from chalicelib.kit import dynamo, problems, telemetry, texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.connection import pause
from chalicelib.kit.errors import ChangedMeanwhile, DomainError, StaleVersion, Unauthenticated
from chalicelib.kit.given import BadInput, Given
from chalicelib.kit.idempotency import AlreadyAnswered, Key
from chalicelib.kit.operations import Operation, Plain

TRIES_OF_A_LOST_RACE = 8
ANY_AUDIENCE = 'any'
"""The audience of doors that every token opens."""


class TokenMissing(Unauthenticated):
    """The door asks for `Authorization: Bearer <access token>`."""


class TokenForAnotherDoor(Unauthenticated):
    """The token opens the door of another audience."""


Authenticator = Callable[[str], Caller]
_authenticator: list[Authenticator] = []


def authenticate_with(authenticator: Authenticator) -> None:
    """Tokens are read by `authenticator` from now on; `app.py` names it once."""
    _authenticator[:] = [authenticator]


class Call:
    """One call of a view, whose answer is given once."""

    def __init__(
        self, operation: Operation, view: Callable[..., Any], request: Request, path: dict[str, str]
    ) -> None:
        self._operation, self._view, self._request, self._path = operation, view, request, path
        self._given = Given(operation, request, path)
        self._locale = texts.negotiated(request.headers.get('accept-language'), texts.DEFAULT)
        self._caller: Caller | None = None

    def answer(self) -> Response:
        """The view's answer, or the problem in the caller's language; whatever happens there is one."""
        with telemetry.correlated(self._request.headers.get('x-request-id')) as request_id:
            try:
                response = self._judged()
            except BadInput as bad:
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
        arguments = self._given.arguments(self._caller)
        if_match = self._given.if_match()
        key = self._given.key(self._caller)
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
