"""The only room that knows the keys and indexes of requests."""

from chalicelib.requests.repository.lists import (
    count_new,
    due_by,
    list_all,
    list_by_client,
    list_mine,
    list_new,
    loads,
)
from chalicelib.requests.repository.requests import card, history, next_number, reading, save, saving
from chalicelib.requests.repository.rows import SHARDS

__all__ = [
    'SHARDS', 'card', 'count_new', 'due_by', 'history', 'list_all', 'list_by_client', 'list_mine', 'list_new',
    'loads', 'next_number', 'reading', 'save', 'saving',
]  # fmt: skip
