"""What is said of the API once and pointed to from everywhere: headers in and out, kinds of refusal."""

from http import HTTPStatus
from typing import Any

Json = dict[str, Any]

PARAMETERS: dict[str, Json] = {
    'AcceptLanguage': {
        'name': 'Accept-Language',
        'in': 'header',
        'description': 'The language of words for people: `ru` or `en`.',
        'schema': {'type': 'string'},
    },
    'RequestId': {
        'name': 'X-Request-Id',
        'in': 'header',
        'description': 'A name for this call; it comes back, and stands in every log line the call causes.',
        'schema': {'type': 'string', 'pattern': '^[A-Za-z0-9._:-]{1,128}$'},
    },
    'IdempotencyKey': {
        'name': 'Idempotency-Key',
        'in': 'header',
        'description': 'The same key with the same body gets the first answer and does nothing again.',
        'schema': {'type': 'string', 'minLength': 1, 'maxLength': 255},
    },
    'IfMatch': {
        'name': 'If-Match',
        'in': 'header',
        'description': 'The version as `ETag` gave it: the change is refused if there is a newer one.',
        'schema': {'type': 'string'},
    },
}
HEADERS: dict[str, Json] = {
    'ETag': {'description': 'The version, quoted, for `If-Match`.', 'schema': {'type': 'string'}},
    'RequestId': {'description': 'The name of this call.', 'schema': {'type': 'string'}},
    'RetryAfter': {'description': 'Seconds to wait.', 'schema': {'type': 'integer'}},
    'IdempotencyReplayed': {
        'description': '`true` where this is the first answer once more.',
        'schema': {'type': 'string'},
    },
}
REFUSALS: dict[HTTPStatus, str] = {
    HTTPStatus.BAD_REQUEST: 'The input is not of the form asked for; `errors` names each bad field.',
    HTTPStatus.UNAUTHORIZED: 'There is no token, key or signature, or not one for this door.',
    HTTPStatus.FORBIDDEN: 'The caller lacks the permission named in `params`.',
    HTTPStatus.NOT_FOUND: 'There is no such thing, or none the caller may know of.',
    HTTPStatus.CONFLICT: 'Its state does not allow this, or somebody else was faster.',
    HTTPStatus.PRECONDITION_FAILED: 'There is a newer version than `If-Match` names.',
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: 'The body is larger than doors take.',
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: 'The body is not `application/json`.',
    HTTPStatus.UNPROCESSABLE_ENTITY: 'A rule of the business refuses.',
    HTTPStatus.TOO_MANY_REQUESTS: 'Too often.',
    HTTPStatus.SERVICE_UNAVAILABLE: 'Something needed is away for the moment.',
}
