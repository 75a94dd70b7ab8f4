"""The doors of money: staff in the card of a request, clients in their own, links, providers."""

from chalicelib.billing.routes import hooks, invoices, links, mending, payments, public, refunds, settings

doors = [
    *invoices.doors, *links.doors, *payments.doors, *mending.doors, *refunds.doors, *settings.doors,
    *public.doors, *hooks.doors,
]  # fmt: skip
