"""A comment, and what the doors take and tell."""

from typing import Annotated

from pydantic import Field

from chalicelib.kit.values import Instant, Prose, Stored, Value


class NewComment(Value):
    """What an employee writes in the tab «Комментарии»."""

    text: Annotated[str, Prose(4000)]
    is_important: bool = Field(False, description='«Отметить как важный»; it cannot be said afterwards.')


class Comment(Stored):
    """What an employee wrote about a request for his colleagues; stays as it was sent (COM-008)."""

    id: str
    organisation: str
    number: int
    author_id: str
    author: str = Field(description='His name as it was then.')
    text: str
    is_important: bool
    at: Instant


class CommentView(Stored):
    """A comment as colleagues read it (COM-004)."""

    id: str
    author_id: str
    author: str = Field(description='The name of the employee as it was then.')
    text: str
    is_important: bool = Field(description='Shown in bold, for ever (COM-011).')
    at: Instant

    @classmethod
    def of(cls, comment: Comment) -> 'CommentView':
        """The comment under its request."""
        return cls(**comment.model_dump(exclude={'organisation', 'number'}))
