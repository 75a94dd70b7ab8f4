"""Refusals as the HTTP door tells them: RFC 9457 problem details with our code and the bad fields."""

from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from chalice.app import Response
from pydantic import BaseModel, Field, ValidationError

from chalicelib.kit import errors, texts

STATUS: dict[type[errors.DomainError], HTTPStatus] = {
    errors.Malformed: HTTPStatus.BAD_REQUEST,
    errors.Unauthenticated: HTTPStatus.UNAUTHORIZED,
    errors.Forbidden: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.Conflict: HTTPStatus.CONFLICT,
    errors.Stale: HTTPStatus.PRECONDITION_FAILED,
    errors.Refused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.Throttled: HTTPStatus.TOO_MANY_REQUESTS,
    errors.Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
}
RETRY_AFTER_SECONDS = 5
_WAITS = ((7200, 3600, 'hours'), (120, 60, 'minutes'), (0, 1, 'seconds'))
"""From how many seconds on a wait is told in which unit, and how many seconds that has."""


class FieldProblem(BaseModel):
    """One bad field of the input."""

    path: str = Field(description='Where it stands: `body.phone`, `query.limit`, `path.number`.')
    code: str = Field(description='What is wrong with it, for programs.')
    message: str = Field(description="What is wrong with it, in the caller's language.")


class Problem(BaseModel):
    """Why a call was refused."""

    type: str = Field(description='A URI that stays the same for this kind of problem.')
    title: str = Field(description='The kind of refusal.')
    status: int
    detail: str = Field(description="What happened, in the caller's language.")
    code: str = Field(description='The name of the refusal, for programs: `MoveNotAllowed`.')
    errors: list[FieldProblem] = Field(default_factory=list, description='The bad fields, if any.')
    params: dict[str, Any] = Field(default_factory=dict, description='The values the sentence speaks of.')
    request_id: str = ''


class NotDecent(errors.Malformed):
    """The input does not fit the schema; the errors name each bad field."""


class BodyTooLarge(errors.Refused):
    """The body is larger than the door takes."""


class MediaTypeUnsupported(errors.Refused):
    """The door takes JSON only."""


_STATUS_OF_CODE: dict[type[errors.DomainError], HTTPStatus] = {
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    MediaTypeUnsupported: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}


def status_of(kind: type[errors.DomainError]) -> HTTPStatus:
    """The status a refusal leaves with."""
    known = {**_STATUS_OF_CODE, **STATUS}
    return next(known[base] for base in kind.__mro__ if base in known)


def of_refusal(error: errors.DomainError, locale: str, request_id: str) -> Response:
    """The answer that tells a refusal."""
    status = status_of(type(error))
    detail = _words(error, locale)
    wrong = error.problems if isinstance(error, errors.BadFields) else (error,)
    fields = [_refused(each, locale) for each in wrong if each.path]
    headers: dict[str, str | list[str]] = {}
    if isinstance(error, errors.Throttled):
        headers['Retry-After'] = str(error.retry_after)
    elif status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers['Retry-After'] = str(RETRY_AFTER_SECONDS)
    elif status is HTTPStatus.UNAUTHORIZED:
        headers['WWW-Authenticate'] = 'Bearer'
    return _response(status, error.code, detail, locale, request_id, fields, error.details, headers)


def of_input(error: ValidationError, part: str, locale: str, request_id: str) -> Response:
    """The answer that names each bad field of `part` (`body`, `query`, `path`) of the input."""
    fields = [_field(detail, part, locale) for detail in error.errors(include_url=False, include_input=False)]
    detail = texts.say('NotDecent', locale, count=len(fields))
    return _response(HTTPStatus.BAD_REQUEST, 'NotDecent', detail, locale, request_id, fields)


def of_fault(locale: str, request_id: str) -> Response:
    """The answer to a fault of ours: nothing of the inside is told."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _response(status, 'InternalError', texts.say('InternalError', locale), locale, request_id, [])


def _refused(error: errors.DomainError, locale: str) -> FieldProblem:
    return FieldProblem(path=error.path or '', code=error.code, message=_words(error, locale))


def _words(error: errors.DomainError, locale: str) -> str:
    values = dict(error.details)
    if permission := str(values.get('permission', '')):
        # People know a permission by what the settings of roles call it; programs read its code in `params`.
        name = texts.find(f'permission-{permission.replace(".", "-")}', locale)
        values['permission'] = name or permission
    if isinstance(error, errors.Throttled):
        values |= _wait(error.retry_after)
    return texts.say(error.code, locale, **values)


def _wait(seconds: int) -> dict[str, str | int]:
    # Nobody counts in tens of thousands of seconds. Rounded up: who comes too early is refused again.
    size, unit = next((size, unit) for least, size, unit in _WAITS if seconds >= least)
    return {'wait': ceil(seconds / size), 'wait_unit': unit}


def _field(detail: Any, part: str, locale: str) -> FieldProblem:
    path = part
    for step in detail['loc']:
        path += f'[{step}]' if isinstance(step, int) else f'.{step}'
    values = {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in (detail.get('ctx') or {}).items()
    }
    if 'expected' in values:  # `'ru' or 'en'`, and a word of English has no place among others
        values['expected'] = str(values['expected']).replace(' or ', ', ').replace("'", '')
    code: str = detail['type']
    message = texts.find('input-' + code.replace('_', '-'), locale, **values)
    return FieldProblem(path=path, code=code, message=message or texts.say('input-invalid', locale))


def _response(
    status: HTTPStatus,
    code: str,
    detail: str,
    locale: str,
    request_id: str,
    fields: list[FieldProblem],
    params: Mapping[str, Any] | None = None,
    headers: Mapping[str, str | list[str]] | None = None,
) -> Response:
    problem = Problem(
        type=f'urn:domovoy:problem:{code}',
        title=texts.say(f'status-{status.value}', locale),
        status=status.value,
        detail=detail,
        code=code,
        errors=fields,
        params=dict(params or {}),
        request_id=request_id,
    )
    return Response(
        problem.model_dump_json(exclude_defaults=False),
        status_code=status.value,
        headers={'Content-Type': 'application/problem+json', 'Content-Language': locale, **(headers or {})},
    )
