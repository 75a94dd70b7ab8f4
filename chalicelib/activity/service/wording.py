"""The words of an entry, from the catalogue, in the language of who reads it."""

from chalicelib.activity.model import ActivityEntry, Entry
from chalicelib.kit import texts
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import ActorKind

SPOKEN = ('address', 'premises_number', 'right', 'was', 'points', 'client', 'talk')
"""The details that sentences may speak of; what an event does not have is empty."""


def told(entry: Entry, locale: str) -> ActivityEntry:
    """The entry as staff read it; a resident's name is that of the client, and is not said again."""
    author = entry.by.name if entry.by.kind is ActorKind.STAFF else None
    return ActivityEntry(
        id=entry.id,
        kind=entry.kind,
        at=entry.at,
        title=_title(entry, author or '', locale),
        author=author,
        number=entry.number,
        offering_name=entry.offering_name,
        details=entry.details,
    )


def _title(entry: Entry, author: str, locale: str) -> str:
    values: dict[str, str | int] = {
        # A request's number is a name: «№ 1234», never «№ 1 234».
        'number': str(entry.number),
        'offering_name': entry.offering_name or '',
        'actor': entry.by.kind,
        'author': author,
        'length': 'known' if 'talk' in entry.details else 'unknown',
        'home': 'known' if 'address' in entry.details else 'gone',
        'amount': texts.spelled(Money(minor=int(entry.details.get('amount_minor', 0))), locale),
        **{name: entry.details.get(name, '') for name in SPOKEN},
    }
    return texts.say(f'activity-{entry.kind}', locale, **values)
