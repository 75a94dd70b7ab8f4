"""The rows of conversations.

    pk                          sk                    what
    <org>#<number>              comment#<id>          a comment; ids sort by time
    <org>#<number>#<comment>    event#<v>.<n>         that it was written: audit and outbox
    <org>#<number>              with#<client>         that there is a conversation with the client
    <org>#<number>#with#<client>
                                message#<position>    a message
                                message~conversation  the version and the totals: every message is sent on it
                                message~read#<side>   how far the side has read
                                event#<v>.<n>         what happened to a message at version v
    ...#read#<side>             event#<v>.<n>         that the side has read
    <org>#<number>#deferred#<id>
                                deferred              a message that is sent later
                                event#<v>.<n>         what became of it
    <org>#templates...                                reply templates, as `kit.templates` keeps them

`message~` sorts after every message: the newest page is one query with all that its ticks need.
"""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection

from chalicelib.conversations.model.refusals import ReplyTemplateNotFound
from chalicelib.conversations.model.templates import ReplyTemplate
from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row, TableMeta
from chalicelib.kit.templates import Templates

COMMENT, MESSAGE, WITH = 'comment#', 'message#', 'with#'
CONVERSATION, READ = 'message~conversation', 'message~read#'
LAST = 'message~~'
DEFERRED = 'deferred'

SHARDS = 8
"""Over how many partitions the due index is spread."""


class Due(GlobalSecondaryIndex['ConversationRow']):
    """Messages that leave by themselves, by the instant; the clock's sweep reads it for all organisations."""

    class Meta(TableMeta):
        index_name = 'due'
        projection = IncludeProjection(['client_id'])

    due_key = UnicodeAttribute(hash_key=True)
    planned_at = UnicodeAttribute(range_key=True)


class Pending(GlobalSecondaryIndex['ConversationRow']):
    """What waits under one request, by the instant (CHAT-015)."""

    class Meta(TableMeta):
        index_name = 'pending'
        projection = AllProjection()

    pending_key = UnicodeAttribute(hash_key=True)
    planned_at = UnicodeAttribute(range_key=True)


class ConversationRow(Row):
    """A row of the table of conversations; what it holds depends on its sort key."""

    class Meta(TableMeta):
        table_name = settings.table('conversations')

    client_id = UnicodeAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    pending_key = UnicodeAttribute(null=True)
    planned_at = UnicodeAttribute(null=True)

    due = Due()
    pending = Pending()


def pk_of(organisation: str, number: int, client_id: str | None = None) -> str:
    """The partition of what stands around a request, or of the conversation with one client of it."""
    return f'{organisation}#{number}' + (f'#{WITH}{client_id}' if client_id else '')


def deferred_pk(organisation: str, number: int, deferred_id: str) -> str:
    """The partition of one deferred message."""
    return f'{organisation}#{number}#deferred#{deferred_id}'


templates = Templates(ConversationRow, ReplyTemplate, ReplyTemplateNotFound, 'reply-templates')
