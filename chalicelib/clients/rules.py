"""Pure decisions: by what words a client is found, who may see him, what of him is hidden."""

import re

from chalicelib.clients.model import Client, ClientsQuery, ExternalId, Passport, Space
from chalicelib.kit.caller import Scope

LONGEST_WORD = 40
LONGEST_ORDER = 200
"""Characters of a sort key: an index takes 1,024 bytes of it."""
MOST_WORDS = 16
MOST_WORDS_ASKED = 6
SHOWN_DIGITS = 4

_WORD = re.compile(r'[^\W_]+')
_PHONE = re.compile(r'\+?[\d\s()-]{3,}')


def words(text: str) -> tuple[str, ...]:
    """The distinct words of `text` as compared: case folded, «ё» as «е», no punctuation (CLI-026)."""
    folded = text.casefold().replace('ё', 'е')
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded)))


def order(client: Client) -> str:
    """The name as lists are sorted by."""
    return ' '.join(words(client.full_name))[:LONGEST_ORDER]


def indexed(client: Client) -> tuple[str, ...]:
    """The words a client is found by, sorted: of his name, and his phone with and without +7."""
    names = words(client.full_name)[:MOST_WORDS]
    digits = (client.phone or '').removeprefix('+')
    phones = {digits, digits.removeprefix('7')} - {''}
    return tuple(sorted({*names, *phones}))


def asked(text: str) -> tuple[str, ...]:
    """The words asked for, the longest first: the first one chooses the rows, the others filter them.

    A telephone is one word however it is punctuated; its leading 8 of a call inside Russia is dropped.
    """
    if _PHONE.fullmatch(text):
        digits = re.sub(r'\D', '', text)
        if digits.startswith('8') and (len(digits) == 11 or digits.startswith('89')):
            digits = digits[1:]
        return (digits,) if digits else ()
    return tuple(sorted(words(text)[:MOST_WORDS_ASKED], key=len, reverse=True))


def tag_key(tag: str) -> str:
    """A tag as it is compared (CLI-014)."""
    return ' '.join(words(tag)) or tag.casefold()


def is_visible(client: Client, scope: Scope) -> bool:
    """Whether a caller of this scope may know of him: he has no premises, or some within it."""
    return not client.places or any(scope.covers(place) for place in client.places)


def is_wanted(client: Client, query: ClientsQuery) -> bool:
    """Whether he has the marks a list asks for."""
    return (
        query.state in (None, client.state)
        and query.kind in (None, client.kind)
        and (query.tag is None or tag_key(query.tag) in {tag_key(tag) for tag in client.tags})
    )


def foreign(ids: tuple[ExternalId, ...]) -> set[ExternalId]:
    """The identifiers that are changed in the other CRM (CLI-017)."""
    return {one for one in ids if one.system is not Space.OPERATION}


def masked(client: Client) -> Client:
    """The client with the numbers of his documents hidden but for their last digits (152-FZ)."""
    passport = client.passport and Passport(number=hidden(client.passport.number))
    return client.model_copy(
        update={
            'passport': passport,
            'passport_comment': client.passport_comment and hidden(''),
            'inn': client.inn and hidden(client.inn),
            'snils': client.snils and hidden(client.snils),
        }
    )


def hidden(number: str) -> str:
    """A number of which only the end is shown."""
    return '••••' + (number[-SHOWN_DIGITS:] if len(number) > SHOWN_DIGITS else '')
