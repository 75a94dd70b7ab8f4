"""Pages for people's browsers: made of the same answer that a program gets, in no index and no cache.

They need nothing from elsewhere and run nothing: what is shown is escaped, styles are known by their hash.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qsl

from chalice.app import Request, Response
from pydantic import BaseModel

from chalicelib.kit import texts
from chalicelib.kit.errors import Malformed

if TYPE_CHECKING:
    from jinja2 import Template

    from chalicelib.kit.operations import Raw

Draw = Callable[[Response, Mapping[str, str], str], Response]
"""The page for an answer or a refusal, by the values of the path and the language."""

Answer = Response
"""What a door answers, for rooms that do not know the framework."""
Form = TypeVar('Form', bound=BaseModel)

MOST_FIELDS = 20

_STYLE = re.compile(r'<style>(.*?)</style>', re.DOTALL)
# A form leads to the page of a provider by way of ours, and browsers judge where it ends.
_POLICY = (
    "default-src 'none'; style-src {styles}; img-src data:; base-uri 'none'; frame-ancestors 'none'; "
    "form-action 'self' https: http://localhost:* http://127.0.0.1:*"
)


class FormUnfit(Malformed):
    """What was filled in on a page does not fit its fields."""


@dataclass(frozen=True, slots=True)
class Page:
    """How a door answers a person's browser: always, or when HTML is what is asked for."""

    drawn: Draw
    is_always: bool = False

    def answered(
        self, response: Response, request: Request, path: Mapping[str, str], locale: str
    ) -> Response:
        """The answer for whoever asked."""
        if self.is_always or is_wanted(request.headers.get('accept', '')):
            return self.drawn(response, path, locale)
        # The same address is a page for others, and neither is to be kept on the way.
        response.headers.update({'Vary': 'Accept', 'Cache-Control': 'no-store'})
        return response


def is_wanted(accept: str) -> bool:
    """Whether a browser asks, and no program that would take JSON as well by name."""
    return 'text/html' in accept and 'application/json' not in accept


def served(template: Path, locale: str, status: int, **values: Any) -> Response:
    """The page; its template has `say(message, ...)`, `spelled(money)`, `counted(number)`."""
    words = {'say': partial(_said, locale), 'spelled': partial(_spelled, locale)}
    body = _template(template).render(locale=locale, counted=partial(_counted, locale), **words, **values)
    hashes = (b64encode(sha256(style.encode()).digest()).decode() for style in _STYLE.findall(body))
    styles = ' '.join(f"'sha256-{one}'" for one in hashes) or "'none'"
    return Response(
        body,
        status_code=status,
        headers={
            'Content-Type': 'text/html; charset=utf-8',
            'Content-Language': locale,
            'Content-Security-Policy': _POLICY.format(styles=styles),
            'Cache-Control': 'no-store',
            # The address is the secret: nobody whom the page leads to is told it.
            'Referrer-Policy': 'no-referrer',
            'X-Content-Type-Options': 'nosniff',
            'X-Robots-Tag': 'noindex, nofollow, noarchive',
            'Vary': 'Accept, Accept-Language',
        },
    )


def form_of(raw: 'Raw', model: type[Form]) -> Form:
    """What somebody filled in on a page of ours; an empty field is none.

    Raises FormUnfit.
    """
    try:
        pairs = parse_qsl(raw.body.decode(), max_num_fields=MOST_FIELDS)
        return model.model_validate(dict(pairs))
    except ValueError as fault:  # what pydantic raises is one too
        raise FormUnfit() from fault


def elsewhere(address: str) -> Response:
    """The browser goes on there, and does not send again what it sent here."""
    headers: dict[str, Any] = {
        'Location': address,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
    }
    return Response('', status_code=303, headers=headers)


def _said(locale: str, message: str, **values: Any) -> str:
    return texts.say(message, locale, **values)


def _spelled(locale: str, money: Any) -> str:
    return texts.spelled(money, locale)


def _counted(locale: str, number: Any) -> str:
    from babel.numbers import format_decimal  # as for sums

    return str(format_decimal(number, locale=locale))


@cache
def _template(path: Path) -> 'Template':
    from jinja2 import StrictUndefined  # 30 ms of import that only pages need
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(path.read_text(encoding='utf-8'))
