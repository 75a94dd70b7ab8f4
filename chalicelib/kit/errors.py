"""What can go wrong, told without saying through which door.

A refusal is an exception whose class name is its code. A house subclasses one of the kinds below; the
doors turn the kind into a status, a retry or a dead letter, and the catalogue turns the code into words.
"""

from typing import ClassVar


class DomainError(Exception):
    """A refusal the caller can understand.

    `field` is the path of the input that caused it (`body.premises_id`); `details` are the values the
    catalogue's sentence needs.
    """

    field: ClassVar[str | None] = None

    def __init__(self, *, field: str | None = None, **details: str | int | float) -> None:
        super().__init__(' '.join([type(self).__name__, *(f'{k}={v}' for k, v in details.items())]))
        self.path = field or type(self).field
        self.details = details

    @property
    def code(self) -> str:
        """The name clients and state machines know this refusal by."""
        return type(self).__name__


class Malformed(DomainError):
    """The input is not of the form the door asks for."""


class BadFields(Malformed):
    """Several fields are wrong at once: each of `problems` is the refusal of one, with its path."""

    def __init__(self, *problems: Malformed) -> None:
        super().__init__(field=None, count=len(problems))
        self.problems = problems


class Unauthenticated(DomainError):
    """Nobody knows who is calling."""


class Forbidden(DomainError):
    """This caller may not do this."""


class NotFound(DomainError):
    """There is no such thing, or none that this caller may know of."""


class Conflict(DomainError):
    """The thing is not in a state that allows this."""


class Stale(DomainError):
    """The caller speaks of a version that is no longer the present one."""


class Refused(DomainError):
    """A rule of the business says no."""


class Throttled(DomainError):
    """Too often; `retry_after` says in how many seconds it may be tried again."""

    def __init__(self, *, retry_after: int, **details: str | int | float) -> None:
        super().__init__(field=None, retry_after=retry_after, **details)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """A neighbour did not answer; trying again may help."""


class Contended(Unavailable):
    """Too many write the same rows at this moment; nothing of this change was written."""


class PermissionMissing(Forbidden):
    """The caller's role does not grant `permission`."""


class StaleVersion(Stale):
    """`If-Match` named a version that has been replaced since."""


class ChangedMeanwhile(Conflict):
    """Somebody else changed the same row first; nothing of this change was written."""
