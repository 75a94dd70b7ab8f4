"""What other houses ask of this one: send this, this phone listens, this is our SMS centre."""

from chalicelib.messaging.service.devices import forget_device, forget_devices, register_device
from chalicelib.messaging.service.sending import outcomes, send
from chalicelib.messaging.service.sms import (
    check_sms,
    configure_sms,
    estimate_sms,
    need_sms,
    sms_balance,
    sms_settings,
)

__all__ = [
    'check_sms',
    'configure_sms',
    'estimate_sms',
    'forget_device',
    'forget_devices',
    'need_sms',
    'outcomes',
    'register_device',
    'send',
    'sms_balance',
    'sms_settings',
]
