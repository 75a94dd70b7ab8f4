"""The money of requests: invoices, what was paid of them, and what went back.

All money of one request is one *ledger*: every change is judged on the whole of it and made on its version,
together with the labels that the request carries. It announces what became of invoices; it copies prices from
`prices`, learns from `requests` who pays and for what, and never asks them to change anything but marks.
"""
