"""Words for people, from catalogues of messages: `ru.ftl` and `en.ftl` beside the code of each house.

Code never holds a sentence a user reads. A message's id is the code of a refusal or the name of a
notification; plurals and variants live in the catalogue (Project Fluent).
"""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.kit.money import Money

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LOCALES = ('ru', 'en')
DEFAULT = 'ru'
NO_BREAK = '\u00a0'
_GLUED = re.compile(r'(?<=[A-Za-z])(?=\d)')
_HOUSES = Path(__file__).parent.parent


class TextMissing(KeyError):
    """No catalogue has this message; a test of the house finds it before a user does."""


def spelled(money: Money, locale: str = DEFAULT) -> str:
    """The amount as people of the locale write it: «1 250,00 ₽», "RUB 1,250.00"."""
    from babel.numbers import format_currency  # only words with sums need it

    written = str(format_currency(Decimal(money.decimal), money.currency, locale=locale))
    # CLDR parts a code of letters from the figures; Babel leaves its rules of spacing out.
    return _GLUED.sub(NO_BREAK, written)


def say(message: str, locale: str = DEFAULT, /, **values: Any) -> str:
    """The message in the locale, `message` as `id` or `id.attribute`; raises TextMissing."""
    text = find(message, locale, **values)
    if text is None:
        raise TextMissing(message)
    return text


def find(message: str, locale: str = DEFAULT, /, **values: Any) -> str | None:
    """The message in the locale, or None where no catalogue has it."""
    bundle = _bundle(locale if locale in LOCALES else DEFAULT)
    name, _, attribute = message.partition('.')
    if not bundle.has_message(name):
        return None
    entry = bundle.get_message(name)
    pattern = entry.attributes.get(attribute) if attribute else entry.value
    if pattern is None:
        return None
    text, _ = bundle.format_pattern(pattern, values)
    return str(text)


def negotiated(header: str | None, otherwise: str) -> str:
    """The first of our locales that an `Accept-Language` header asks for, or `otherwise`."""
    ranked: list[tuple[float, str]] = []
    for part in (header or '')[:200].split(','):
        tag, _, quality = part.partition(';q=')
        try:
            ranked.append((-float(quality or 1), tag.strip().lower()[:2]))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(ranked, key=lambda pair: pair[0]) if tag in LOCALES), otherwise)


@cache
def _bundle(locale: str) -> 'FluentBundle':
    from fluent.runtime import FluentBundle, FluentResource  # 80 ms of import that a good day never needs

    bundle = FluentBundle([locale], use_isolating=False)
    for catalogue in sorted(_HOUSES.glob(f'*/{locale}.ftl')):
        bundle.add_resource(FluentResource(catalogue.read_text(encoding='utf-8')))
    return bundle
