"""The doors of the API's own description: for programs, for people, and for whoever asks whether we live."""

import hashlib
import json
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from chalice.app import Response

from chalicelib.kit import settings
from chalicelib.kit.http import Api
from chalicelib.kit.operations import Raw, operations
from chalicelib.kit.values import Value

_PAGE = Path(__file__).with_name('docs.html')
_FRESH_SECONDS = 300
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ABOUT = """\
The backend of a property-management company: requests of residents and everything around them.

Each audience has its own doors (`/v1/staff`, `/v1/resident`) and its own tokens, which `/v1/auth` gives;
`/v1/public` asks for a link and `/v1/hooks` for a signature.
Unknown fields are refused. Instants are RFC 3339 in UTC, dates `YYYY-MM-DD`, durations ISO 8601, telephones
E.164. Refusals are `application/problem+json` (RFC 9457) with a `code` for programs and words in the caller's
language. Lists take `limit` and `cursor`; `next_cursor` is null on the last page."""

description = Api(__name__, '')
doors = [description]


class Health(Value):
    """That the API answers, and which deployment it is."""

    status: str
    stage: str


class _Kept(NamedTuple):
    body: str
    etag: str


@description.get('/health', tag='description')
def health() -> Health:
    """Say whether the API answers."""
    return Health(status='ok', stage=settings.optional('DOMOVOY_STAGE', 'dev'))


@description.get('/openapi.json', tag='description')
def openapi(raw: Raw) -> Response:
    """Describe the API for programs, by OpenAPI 3.1."""
    return _served(_description(), 'application/json', raw)


@description.get('/docs', tag='description')
def page(raw: Raw) -> Response:
    """Describe the API for people."""
    return _served(_page(), 'text/html; charset=utf-8', raw)


@cache
def _description() -> _Kept:
    from chalicelib.kit.openapi import document  # a cold start does not pay for it

    whole = document(operations(), title='Domovoy', version='1', description=_ABOUT)
    return _kept(json.dumps(whole, ensure_ascii=False, separators=(',', ':')))


@cache
def _page() -> _Kept:
    return _kept(_PAGE.read_text(encoding='utf-8'))


def _kept(body: str) -> _Kept:
    return _Kept(body, f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"')


def _served(kept: _Kept, kind: str, raw: Raw) -> Response:
    asked = next((value for name, value in raw.headers.items() if name.lower() == 'if-none-match'), '')
    known = {tag.strip().removeprefix('W/') for tag in asked.split(',')}
    is_known = kept.etag in known or '*' in known
    return Response(
        '' if is_known else kept.body,
        status_code=HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK,
        headers={
            'Content-Type': kind,
            'ETag': kept.etag,
            'Cache-Control': f'public, max-age={_FRESH_SECONDS}',
            'Content-Security-Policy': _POLICY,
            'X-Content-Type-Options': 'nosniff',
        },
    )
