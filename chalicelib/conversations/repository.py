"""The rows of conversations, all of one request together.

    pk                         sk               what
    <org>#<number>             comment#<id>     a comment; ids sort by time
    <org>#<number>#<comment>   event#<v>.<n>    that it was written: audit and outbox

The event stands apart from the comments: it has no part in their pages.
"""

from chalicelib.conversations.events import CommentAdded
from chalicelib.conversations.model import Comment
from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta, Write, creating
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging

COMMENT = 'comment#'
ONLY_VERSION = 1


class ConversationRow(Row):
    """A row of the table of conversations."""

    class Meta(TableMeta):
        table_name = settings.table('conversations')


def adding(comment: Comment, event: CommentAdded) -> list[Write]:
    """The comment will stand under its request, and be announced."""
    pk = _pk(comment.organisation, comment.number)
    row = ConversationRow(pk=pk, sk=COMMENT + comment.id, body=comment.model_dump_json())
    return [creating(row), *announcing(ConversationRow, f'{pk}#{comment.id}', ONLY_VERSION, event)]


def list_comments(organisation: str, number: int, paging: Paging) -> Page[Comment]:
    """One page of the comments under the request, oldest first (COM-003): one query."""
    return page(
        ConversationRow,
        _comment_of,
        _pk(organisation, number),
        paging=paging,
        binding=(organisation, 'comments', str(number)),
        condition=ConversationRow.sk.startswith(COMMENT),
        forward=True,
    )


def _pk(organisation: str, number: int) -> str:
    return f'{organisation}#{number}'


def _comment_of(row: ConversationRow) -> Comment:
    return Comment.model_validate_json(row.body or '')
