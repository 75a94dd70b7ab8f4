"""The only room that knows the keys and indexes of requests."""

from chalicelib.requests.repository.auditing import (
    Counted,
    Rows,
    Truth,
    counters,
    is_wanted,
    keys_in,
    partitions,
    remove,
    rows_in,
    set_counter,
    truth_of,
)
from chalicelib.requests.repository.entries import Entries, by_words, list_names, number_found, page, walk
from chalicelib.requests.repository.incidents import (
    attached_after,
    incident_changing,
    incident_opening,
    reading_incident,
)
from chalicelib.requests.repository.index import (
    Kept,
    number_at,
    reading_kept,
    rewrite,
    settle,
)
from chalicelib.requests.repository.lists import (
    count_new,
    due_by,
    list_all,
    list_by_client,
    list_mine,
    list_new,
    loads,
)
from chalicelib.requests.repository.preferences import (
    clearing_filters,
    reading_filters,
    reading_layout,
    saving_filters,
    saving_layout,
)
from chalicelib.requests.repository.requests import (
    card,
    find_all,
    history,
    holding,
    last_number,
    next_number,
    reading,
    save,
    saving,
)
from chalicelib.requests.repository.rows import SHARDS
from chalicelib.requests.repository.sizes import forget_sizes, sizes_lately

__all__ = [
    'SHARDS', 'Counted', 'Entries', 'Kept', 'Rows', 'Truth', 'attached_after', 'by_words', 'card',
    'clearing_filters', 'count_new', 'counters', 'due_by', 'find_all', 'forget_sizes', 'history', 'holding',
    'incident_changing', 'incident_opening', 'is_wanted', 'keys_in', 'last_number', 'list_all',
    'list_by_client', 'list_mine', 'list_names', 'list_new', 'loads', 'next_number', 'number_at',
    'number_found', 'page', 'partitions', 'reading', 'reading_filters', 'reading_incident', 'reading_kept',
    'reading_layout', 'remove', 'rewrite', 'rows_in', 'save', 'saving', 'saving_filters', 'saving_layout',
    'set_counter', 'settle', 'sizes_lately', 'truth_of', 'walk',
]  # fmt: skip
