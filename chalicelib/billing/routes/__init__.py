"""The doors of money: staff in the card of a request, clients in their own, providers at their addresses."""

from chalicelib.billing.routes import hooks, invoices, payments, refunds, settings

doors = [*invoices.doors, *payments.doors, *refunds.doors, *settings.doors, *hooks.doors]
