"""The people whose homes are looked after: who they are, where they live and by what right.

A client with a telephone may sign in: his login is kept in `identity` by the same transaction. What he
may not do when blocked is decided by the houses above. Announces clients added, changed, blocked, settled
and every reading of their documents. Asks `premises` for places and tells it who moves in and out.
"""
