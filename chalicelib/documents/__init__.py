"""Documents of a request («Документы»): photographs, receipts, tables of staff that residents never see.

Up to fifteen a request, whoever attaches at once. Asks `requests` who may see a request and `files` for the
bytes; tells the request, in the same transaction, whether it has a document, which a strict offering asks
before completion. Announces what was attached and deleted.
"""
