"""Bytes for houses above: those of a file they own, and those of a file they have made themselves."""

from chalicelib.files import gateway
from chalicelib.files.model import Attached
from chalicelib.files.rules import names
from chalicelib.files.rules.kinds import Kind


def content(attached: Attached) -> bytes:
    """All bytes of a file, for its owner; of what was sent, exactly those the scanner has judged.

    Raises FileNotFound where it was thrown away meanwhile.
    """
    return gateway.read(attached.key)


def keep(organisation: str, house: str, made_id: str, name: str, kind: Kind, body: bytes) -> Attached:
    """What the house has made lies in the bucket for good; put there again, it is the same file."""
    return _put(gateway.MADE, organisation, house, made_id, name, kind, body)


def lend(organisation: str, house: str, made_id: str, name: str, kind: Kind, body: bytes) -> Attached:
    """What the house has made for somebody who asked lies in the bucket until tomorrow."""
    return _put(gateway.LENT, organisation, house, made_id, name, kind, body)


def _put(
    room: str, organisation: str, house: str, made_id: str, name: str, kind: Kind, body: bytes
) -> Attached:
    key = f'{room}/{organisation}/{house}/{made_id}'
    name = names.safe(name)
    gateway.put(key, body, kind, name)
    return Attached(file_id=made_id, name=name, size=len(body), content_type=kind.value, key=key)
