"""The desk of the register."""

from chalicelib.registers.service.entering import enter, follow, rebuild
from chalicelib.registers.service.looking import each_payment, first_payment, list_payments, read_payment

__all__ = ['each_payment', 'enter', 'first_payment', 'follow', 'list_payments', 'read_payment', 'rebuild']
