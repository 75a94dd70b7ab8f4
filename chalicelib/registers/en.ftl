# The register of payments and reconciliations: refusals and words.

EntryNotFound = The payment was not found.
ReconciliationNotFound = The reconciliation was not found.
ReconciliationOfAllPlaces = A reconciliation covers payments of all places, and not all are open to you.
ReconciliationUnderWay = That day is already being reconciled.
ReconciliationOver = The reconciliation is finished: there is nothing to cancel.
DayNotOver = Only a day that is over can be reconciled.
DayTooLongAgo = Only a day at most { $days } days ago can be reconciled.

input-sums-reversed = The largest amount is below the smallest.

reconciliation-failure-keys_refused = The payment provider does not accept the key of the shop. Check the payment settings.
reconciliation-failure-provider_away = The payment provider did not respond for too long. Start the reconciliation again.

difference-missing_here = Missing here
difference-missing_there = Missing at the provider
difference-other_sum = Another amount
difference-other_state = Another state
difference-refund_unknown = Unknown refund
