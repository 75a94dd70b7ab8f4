"""The work in figures («Дашборд»): how many requests there are, what came and went, what was kept in time.

Listens to `requests` and keeps counters beside a ledger of what each request has added to them, so that a
dashboard reads counters only and whatever is told twice, late or in another order is counted once. Asks
`requests` for the truth, and `catalogue`, `premises` and `staff` for names. Announces nothing; all of it can
be counted anew.
"""
