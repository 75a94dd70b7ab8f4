"""The desk of files: they are asked for, received, judged, taken by their owners, let go and cleared away.

A house above uses `taking`, `releasing`, `content` and `shown`; its rows keep the `Attached` it was given.
What it makes itself it gives to `keep`, or to `lend` for a day.
"""

from chalicelib.files.rules.kinds import Kind
from chalicelib.files.service.asking import ask, ask_own, read
from chalicelib.files.service.making import content, keep, lend
from chalicelib.files.service.owning import releasing, shown, taking, taking_all
from chalicelib.files.service.receiving import hear, judge, receive
from chalicelib.files.service.sweeping import sweep

__all__ = [
    'Kind', 'ask', 'ask_own', 'content', 'hear', 'judge', 'keep', 'lend', 'read', 'receive', 'releasing',
    'shown', 'sweep', 'taking', 'taking_all',
]  # fmt: skip
