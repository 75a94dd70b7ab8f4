"""The doors of conversations."""

from chalicelib.conversations.routes import chat, comments, deferred, templates

doors = [comments.staff, chat.staff, chat.resident, deferred.staff, templates.staff, templates.staff_requests]
