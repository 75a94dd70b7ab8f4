"""The only room that knows the keys and indexes of requests."""

from chalicelib.requests.repository.entries import Entries, by_words, list_names, number_found, page, walk
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
    last_number,
    next_number,
    reading,
    save,
    saving,
)
from chalicelib.requests.repository.rows import SHARDS
from chalicelib.requests.repository.sizes import forget_sizes, sizes_lately

__all__ = [
    'SHARDS', 'Entries', 'Kept', 'by_words', 'card', 'clearing_filters', 'count_new', 'due_by', 'find_all',
    'forget_sizes', 'history', 'last_number', 'list_all', 'list_by_client', 'list_mine', 'list_names',
    'list_new', 'loads', 'next_number', 'number_at', 'number_found', 'page', 'reading', 'reading_filters',
    'reading_kept', 'reading_layout', 'rewrite', 'save', 'saving', 'saving_filters', 'saving_layout',
    'settle', 'sizes_lately', 'walk',
]  # fmt: skip
