"""Telephone calls, as the exchange of an organisation tells them: who called, who answered, about what.

An exchange speaks by signed webhooks, in any order and as often as it likes. Asks `staff` whose internal
number it is, `clients` whose telephone, and pushes a line onto the history of a request that a call was
about. Announces how calls go (`CallRang`, `CallAnswered`, `CallEnded`, `CallMissed`, `CallRecorded`), what
they were about (`RequestAttached`, `RequestDetached`), and changes of its settings.
"""
