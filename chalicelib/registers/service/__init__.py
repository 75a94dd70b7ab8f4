"""The desk of the register."""

from chalicelib.registers.service.entering import enter, follow, rebuild
from chalicelib.registers.service.looking import each_payment, first_payment, list_payments, read_payment
from chalicelib.registers.service.ordering import (
    cancel,
    list_differences,
    list_reconciliations,
    read,
    start,
)
from chalicelib.registers.service.reconciling import know_shop, sweep, work

__all__ = [
    'cancel', 'each_payment', 'enter', 'first_payment', 'follow', 'know_shop', 'list_differences',
    'list_payments', 'list_reconciliations', 'read', 'read_payment', 'rebuild', 'start', 'sweep', 'work',
]  # fmt: skip
