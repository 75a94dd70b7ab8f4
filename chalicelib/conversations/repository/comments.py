"""The comments under a request; their events stand apart and have no part in their pages."""

from chalicelib.conversations.events import CommentAdded
from chalicelib.conversations.model.comments import Comment
from chalicelib.conversations.repository.rows import COMMENT, ConversationRow, pk_of
from chalicelib.kit.dynamo import Write, creating
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging

ONLY_VERSION = 1


def adding(comment: Comment, event: CommentAdded) -> list[Write]:
    """The comment will stand under its request, and be announced."""
    pk = pk_of(comment.organisation, comment.number)
    row = ConversationRow(pk=pk, sk=COMMENT + comment.id, body=comment.model_dump_json())
    return [creating(row), *announcing(ConversationRow, f'{pk}#{comment.id}', ONLY_VERSION, event)]


def list_comments(organisation: str, number: int, paging: Paging) -> Page[Comment]:
    """One page of the comments under the request, oldest first (COM-003): one query."""
    return page(
        ConversationRow,
        _comment_of,
        pk_of(organisation, number),
        paging=paging,
        binding=(organisation, 'comments', str(number)),
        condition=ConversationRow.sk.startswith(COMMENT),
        forward=True,
    )


def _comment_of(row: ConversationRow) -> Comment:
    return Comment.model_validate_json(row.body or '')
