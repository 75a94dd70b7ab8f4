"""The desk of reports: fields are ticked, reports ordered, written, looked at, cancelled and looked after."""

from chalicelib.reports.service.looking import cancel, list_own, read
from chalicelib.reports.service.ordering import list_fields, order, order_payments
from chalicelib.reports.service.sweeping import sweep
from chalicelib.reports.service.writing import write

__all__ = ['cancel', 'list_fields', 'list_own', 'order', 'order_payments', 'read', 'sweep', 'write']
