"""The papers of an invoice: the contract for paid services and the act of acceptance, as Word documents.

They are written from what the invoice says when they are asked for, by the template of the offering or by the
one that comes with the house, and never change afterwards. Asks `billing` for the invoice, `requests` for its
request, `staff` for the legal entity and `files` for bytes; what strangers wrote is rendered in a sandbox of
its own. Announces what became of templates and papers; its own queue is the only listener.
"""
