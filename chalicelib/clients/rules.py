"""Pure decisions: by what words a client is found, who may see him, what of him is hidden."""

import re

from chalicelib.clients.model import Client, ClientsQuery, ExternalId, Passport, Space
from chalicelib.kit import words
from chalicelib.kit.caller import Scope
from chalicelib.kit.words import MOST_WORDS, tag_key

SHOWN_DIGITS = 4

_PHONE = re.compile(r'\+?[\d\s()-]{3,}')


def indexed(client: Client) -> tuple[str, ...]:
    """The words a client is found by, sorted: of his name, and his phone with and without +7."""
    names = words.words(client.full_name)[:MOST_WORDS]
    digits = (client.phone or '').removeprefix('+')
    phones = {digits, digits.removeprefix('7')} - {''}
    return tuple(sorted({*names, *phones}))


def asked(text: str) -> tuple[str, ...]:
    """The words asked for, the longest first.

    A telephone is one word however it is punctuated; its leading 8 of a call inside Russia is dropped.
    """
    if _PHONE.fullmatch(text):
        digits = re.sub(r'\D', '', text)
        if digits.startswith('8') and (len(digits) == 11 or digits.startswith('89')):
            digits = digits[1:]
        return (digits,) if digits else ()
    return words.asked(text)


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
