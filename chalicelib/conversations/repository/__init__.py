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
from chalicelib.conversations.repository.rows import SHARDS
from chalicelib.conversations.repository.templates import (
    count_templates,
    list_templates,
    reading_template,
    removing_template,
    saving_template,
)

__all__ = [
    'SHARDS', 'Due', 'Key', 'Opened', 'Standing', 'adding', 'changed_since', 'clients_of', 'count_templates',
    'due_by', 'events_of', 'last_until', 'list_comments', 'list_pending', 'list_templates', 'marking',
    'newest', 'older', 'reading_deferred', 'reading_message', 'reading_standing', 'reading_template',
    'removing_template', 'saving_deferred', 'saving_template', 'standing', 'standing_of', 'writing',
]  # fmt: skip
