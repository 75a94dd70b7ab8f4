"""The desk of requests: one function a verb, each of four beats: fetch, judge, change, save."""

from chalicelib.requests.service.assigning import assign, candidates
from chalicelib.requests.service.editing import edit
from chalicelib.requests.service.following import follow, stop_reminding, stop_warning
from chalicelib.requests.service.looking import (
    card_of,
    count_new,
    find_own,
    history_of,
    list_own,
    list_requests,
    reading,
    resident_view,
    shown,
)
from chalicelib.requests.service.marking import marking
from chalicelib.requests.service.moving import (
    answer,
    answer_own,
    approve,
    cancel,
    cancel_own,
    check,
    clarify,
    complete,
    put_back,
    reopen,
    reopen_own,
    set_comment,
    start,
    suspend,
)
from chalicelib.requests.service.ordering import order, order_own
from chalicelib.requests.service.rating import rate
from chalicelib.requests.service.watching import (
    drop_dismissed,
    pursue_rating,
    sweep,
    warn_of_resumption,
    watch,
)

__all__ = [
    'answer', 'answer_own', 'approve', 'assign', 'cancel', 'cancel_own', 'candidates', 'card_of', 'check',
    'clarify', 'complete', 'count_new', 'drop_dismissed', 'edit', 'find_own', 'follow', 'history_of',
    'list_own', 'list_requests', 'marking', 'order', 'order_own', 'pursue_rating', 'put_back', 'rate',
    'reading', 'reopen', 'reopen_own', 'resident_view', 'set_comment', 'shown', 'start', 'stop_reminding',
    'stop_warning', 'suspend', 'sweep', 'warn_of_resumption', 'watch',
]  # fmt: skip
