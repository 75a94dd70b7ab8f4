"""The phones on which a caller wants to be told; `messaging` keeps them."""

from chalicelib.kit.caller import Caller
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import DeviceRegistration


def register_device(device_id: str, registration: DeviceRegistration, *, by: Caller) -> None:
    """The phone listens for the caller, and no longer for whoever held it before."""
    messaging.register_device(
        by.organisation, _recipient(by), device_id, registration.platform, registration.token
    )


def forget_device(device_id: str, *, by: Caller) -> None:
    """The phone no longer listens for the caller."""
    messaging.forget_device(by.organisation, _recipient(by), device_id)


def _recipient(caller: Caller) -> str:
    return f'{caller.audience}:{caller.id}'
