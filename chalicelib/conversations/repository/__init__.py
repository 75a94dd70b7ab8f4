"""The only room that knows the keys of conversations."""

from chalicelib.conversations.repository.chat import (
    Key,
    Opened,
    Standing,
    changed_since,
    clients_of,
    events_of,
    last_until,
    marking,
    newest,
    older,
    reading_message,
    reading_standing,
    standing,
    standing_of,
    writing,
)
from chalicelib.conversations.repository.comments import adding, list_comments
from chalicelib.conversations.repository.deferred import (
    Due,
    due_by,
    list_pending,
    reading_deferred,
    saving_deferred,
)
from chalicelib.conversations.repository.rows import SHARDS, templates

__all__ = [
    'SHARDS', 'Due', 'Key', 'Opened', 'Standing', 'adding', 'changed_since', 'clients_of', 'due_by',
    'events_of', 'last_until', 'list_comments', 'list_pending', 'marking', 'newest', 'older',
    'reading_deferred', 'reading_message', 'reading_standing', 'saving_deferred', 'standing', 'standing_of',
    'templates', 'writing',
]  # fmt: skip
