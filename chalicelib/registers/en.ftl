# The register of payments: refusals.

EntryNotFound = The payment was not found.

input-sums-reversed = The greatest sum is below the least.
