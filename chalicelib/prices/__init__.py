"""The price lists of legal entities: what may stand in an invoice, and what it costs as a rule.

A price that stands in an invoice is copied there, so what changes here never changes what was issued
(PRC-004). A list is told in a workbook and taken from one, whole or not at all. Announces what became of
prices and imports; asks `staff` whether the legal entity exists, and knows nothing of offerings and invoices.
"""
