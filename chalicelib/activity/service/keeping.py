"""Events become entries, as they are announced or told anew.

An entry's key is made of the event's id and instant: so it may stop after any line, and the next delivery, or
the next rebuilding, writes the same row again.
"""

from collections.abc import Iterator
from itertools import chain

from chalicelib.activity import repository, rules
from chalicelib.activity.model import Entry
from chalicelib.clients import service as clients
from chalicelib.conversations import service as conversations
from chalicelib.kit.outbox import Delivered
from chalicelib.premises import service as premises
from chalicelib.requests import service as requests


def note(delivered: Delivered) -> None:
    """What the event tells of a client stands in his activity, if its line says that it counts (ACTV-001)."""
    entry = rules.entry_of(delivered)
    if entry is not None:
        repository.keep(_placed(entry))


def rebuild(organisation: str) -> Iterator[int]:
    """The activity holds all that requests and clients ever announced, from before this house too.

    Tells after each request and client how many were gone through; what is announced meanwhile comes by the
    bus as ever. Sign-ins of the past are not told anew: what there was before this house is on the card.
    """
    for done, told in enumerate(_told_anew(organisation), 1):
        for delivered in told:
            note(delivered)
        yield done


def _told_anew(organisation: str) -> Iterator[Iterator[Delivered]]:
    for request in requests.everything(organisation):
        yield chain(
            requests.retold(organisation, request.number), conversations.retold(organisation, request.number)
        )
    for client_id in clients.everybody(organisation):
        yield clients.retold(organisation, client_id)


def _placed(entry: Entry) -> Entry:
    """The entry with the words for the home it speaks of, as far as that still exists."""
    premises_id = entry.details.get('premises_id')
    found = premises.find_placed(entry.organisation, [str(premises_id)]) if premises_id else []
    named = {
        name: text
        for placed in found
        for name, text in (('address', placed.building.address), ('premises_number', placed.premises.number))
    }
    return entry.model_copy(update={'details': entry.details | named})
