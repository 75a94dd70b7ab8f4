"""The desk of conversations: chat and comments, written and read by whoever may see their request."""

from chalicelib.conversations.service.changing import delete, edit
from chalicelib.conversations.service.commenting import comment, list_comments
from chalicelib.conversations.service.deferring import (
    defer,
    deferred,
    delete_deferred,
    list_deferred,
    move,
    send_now,
)
from chalicelib.conversations.service.reading import (
    changes,
    list_conversations,
    list_messages,
    list_own,
    own_changes,
    read,
    read_own,
    retold,
)
from chalicelib.conversations.service.sending import send, send_own
from chalicelib.conversations.service.sweeping import leave, sweep
from chalicelib.conversations.service.templating import (
    add_template,
    change_template,
    list_templates,
    remove_template,
    reply,
    template,
)

__all__ = [
    'add_template', 'change_template', 'changes', 'comment', 'defer', 'deferred', 'delete',
    'delete_deferred', 'edit', 'leave', 'list_comments', 'list_conversations', 'list_deferred',
    'list_messages', 'list_own', 'list_templates', 'move', 'own_changes', 'read', 'read_own',
    'remove_template', 'reply', 'retold', 'send', 'send_now', 'send_own', 'sweep', 'template',
]  # fmt: skip
