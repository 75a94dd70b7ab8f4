"""The desk of requests: one function a verb, each of four beats: fetch, judge, change, save."""

from chalicelib.requests.repository import (
    attached_after,
    incident_changing,
    incident_opening,
    reading_incident,
)
from chalicelib.requests.service.assigning import assign, candidates
from chalicelib.requests.service.attaching import (
    attach,
    attach_all,
    detach_all,
    is_visible,
    list_attached,
)
from chalicelib.requests.service.cascading import carrying
from chalicelib.requests.service.checking import check as check_index
from chalicelib.requests.service.checking import tidy as tidy_index
from chalicelib.requests.service.editing import edit
from chalicelib.requests.service.following import follow, stop_reminding, stop_warning
from chalicelib.requests.service.indexing import index, reindex
from chalicelib.requests.service.listing import Chosen, each_chosen, list_requests, select, similar
from chalicelib.requests.service.looking import (
    card_of,
    count_new,
    find_own,
    history_of,
    list_own,
    reading,
    resident_view,
    shown,
)
from chalicelib.requests.service.marking import (
    attaching_call,
    detaching_call,
    marking,
    marking_important,
    marking_paid,
    noting_checklist,
    noting_link,
    noting_task,
)
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
from chalicelib.requests.service.opening import seen
from chalicelib.requests.service.ordering import order, order_own
from chalicelib.requests.service.preferences import (
    clear_filters,
    list_layout,
    save_filters,
    save_layout,
    saved_filters,
    show_filters,
)
from chalicelib.requests.service.rating import rate
from chalicelib.requests.service.retelling import retold
from chalicelib.requests.service.walking import everything, last_number
from chalicelib.requests.service.watching import (
    drop_dismissed,
    pursue_rating,
    sweep,
    warn_of_resumption,
    watch,
)

__all__ = [
    'Chosen', 'answer', 'answer_own', 'approve', 'assign', 'attach', 'attach_all', 'attached_after',
    'attaching_call', 'cancel', 'cancel_own', 'candidates', 'card_of', 'carrying', 'check', 'check_index',
    'clarify', 'clear_filters', 'complete', 'count_new', 'detach_all', 'detaching_call', 'drop_dismissed',
    'each_chosen', 'edit', 'everything', 'find_own', 'follow', 'history_of', 'incident_changing',
    'incident_opening', 'index', 'is_visible', 'last_number', 'list_attached', 'list_layout', 'list_own',
    'list_requests', 'marking', 'marking_important', 'marking_paid', 'noting_checklist', 'noting_link',
    'noting_task', 'order', 'order_own', 'pursue_rating', 'put_back', 'rate', 'reading', 'reading_incident',
    'reindex', 'reopen', 'reopen_own', 'resident_view', 'retold', 'save_filters', 'save_layout',
    'saved_filters', 'seen', 'select', 'set_comment', 'show_filters', 'shown', 'similar', 'start',
    'stop_reminding', 'stop_warning', 'suspend', 'sweep', 'tidy_index', 'warn_of_resumption', 'watch',
]  # fmt: skip
