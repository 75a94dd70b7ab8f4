"""Which phones listen for whom."""

from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.messaging import repository
from chalicelib.messaging.gateway import push
from chalicelib.messaging.model import Device, Platform

MOST_PHONES = 20
"""The phones of one recipient; the one seen longest ago makes room."""


def register_device(
    organisation: str, recipient: str, device_id: str, platform: Platform, token: str
) -> Device:
    """The phone listens for the recipient and for nobody else, in no other organisation either.

    Apps call it at every start: it mends what became stale (NTF-021..025, NTF-028).
    Raises PushTokenInvalid, PushNotConfigured, PushAway.
    """
    token_hash = repository.hash_of(token)
    known = repository.find_device(organisation, token_hash)
    owner = f'{organisation}:{device_id}'
    endpoint, before = push.endpoint_of(platform, token, owner, known.endpoint if known else '')
    device = Device(
        organisation=organisation,
        recipient=recipient,
        id=device_id,
        platform=platform,
        token_hash=token_hash,
        endpoint=endpoint,
        seen_at=clock.now(),
    )
    dropped = [
        repository.dropping(organisation, other.token_hash)
        for other in _outdated(repository.devices(organisation, recipient), device)
    ]
    organisation_before = before.partition(':')[0]
    if organisation_before not in ('', organisation):
        dropped.append(repository.dropping(organisation_before, token_hash))
    dynamo.commit(repository.keeping(device), *dropped)
    return device


def _outdated(phones: list[Device], fresh: Device) -> list[Device]:
    """Rows that a registration makes needless: earlier tokens of the phone, phones beyond the limit."""
    others = [phone for phone in phones if phone.token_hash != fresh.token_hash]
    same = [phone for phone in others if phone.id == fresh.id]
    rest = sorted((phone for phone in others if phone.id != fresh.id), key=lambda phone: phone.seen_at)
    return same + rest[: max(0, len(rest) + 1 - MOST_PHONES)]


def forget_device(organisation: str, recipient: str, device_id: str) -> None:
    """The phone listens for the recipient no more; nothing happens where it did not."""
    dynamo.commit(*_dropping(organisation, repository.devices(organisation, recipient, device_id)))


def forget_devices(organisation: str, recipient: str) -> list[Write]:
    """No phone will listen for the recipient: prepared for the caller's own transaction."""
    return _dropping(organisation, repository.devices(organisation, recipient))


def _dropping(organisation: str, phones: list[Device]) -> list[Write]:
    return [repository.dropping(organisation, phone.token_hash) for phone in phones]
