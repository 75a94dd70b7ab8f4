"""The register of payments («Платежи»), and its daily comparison with what the providers of payments hold.

Follows what the house of money announces: each payment, and each sum that goes back of one, is an entry of
the register, made anew from the ledger it belongs to. Asks `billing` for ledgers and for what a provider
holds, and `catalogue` whether what is paid for is sold on the marketplace. Announces what a reconciliation
found.
"""
