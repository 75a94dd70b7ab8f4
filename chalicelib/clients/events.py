"""What happened to clients. Numbers of documents are never told."""

from typing import Any, ClassVar

from chalicelib.clients.model import SENSITIVE, Client
from chalicelib.kit.outbox import Event
from chalicelib.kit.values import Stored


class Change(Stored):
    """One field that became different, for people who read the history; values of documents are left out."""

    field: str
    was: Any = None
    now: Any = None


class _OfClient(Event):
    source: ClassVar[str] = 'clients'

    client_id: str


class ClientAdded(_OfClient):
    """A client is known."""

    full_name: str
    phone: str | None


class ClientChanged(_OfClient):
    """A client is different."""

    changes: tuple[Change, ...]


class ClientBlocked(_OfClient):
    """A client may only sign in, read and pay (AMB-78)."""


class ClientUnblocked(_OfClient):
    """A client may use the whole application again."""


class ClientSettled(_OfClient):
    """A client is attached to premises."""

    premises_id: str
    building_id: str
    right: str


class ClientTenureChanged(_OfClient):
    """A client's right to premises, or the mark beside it, is different."""

    premises_id: str
    building_id: str
    changes: tuple[Change, ...]


class ClientUnsettled(_OfClient):
    """A client is no longer attached to premises."""

    premises_id: str
    building_id: str


class PersonalDataRead(_OfClient):
    """Somebody was shown the documents of a client (152-FZ)."""

    fields: tuple[str, ...]


def changes(was: Stored, now: Stored) -> tuple[Change, ...]:
    """The fields in which two states of one thing differ; of documents only that they do."""
    before, after = was.model_dump(mode='json'), now.model_dump(mode='json')
    different = [field for field in after if field != 'version' and before[field] != after[field]]
    return tuple(
        Change(field=field)
        if isinstance(now, Client) and field in SENSITIVE
        else Change(field=field, was=before[field], now=after[field])
        for field in different
    )
