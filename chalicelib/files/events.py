"""What became of files. Their words and bytes are never told."""

from typing import Any, ClassVar, Self

from chalicelib.files.model import File, Purpose, Verdict
from chalicelib.kit.outbox import SYSTEM, Actor, Event
from chalicelib.kit.values import Instant


class FileEvent(Event):
    """A fact about one file."""

    source: ClassVar[str] = 'files'

    file_id: str
    purpose: Purpose
    size: int

    @classmethod
    def of(cls, file: File, at: Instant, by: Actor = SYSTEM, **more: Any) -> Self:
        """The fact about the file as it is."""
        return cls(
            organisation=file.organisation,
            at=at,
            by=by,
            file_id=file.id,
            purpose=file.purpose,
            size=file.size,
            **more,
        )


class FileAsked(FileEvent):
    """Somebody may send a file."""


class FileReceived(FileEvent):
    """It has come."""

    content_type: str
    sha256: str


class FileFoundClean(FileEvent):
    """It can be read and attached."""


class FileFoundInfected(FileEvent):
    """It cannot, and is thrown away."""

    sha256: str


class FileNotCheckable(FileEvent):
    """The scanner gave up on it, so it is thrown away."""

    verdict: Verdict


class FileTaken(FileEvent):
    """It has its owner."""

    owner: str


class FileReleased(FileEvent):
    """Its owner does not want it any more."""

    owner: str


class FileRemoved(FileEvent):
    """It is gone: nobody took it, or its owner let it go."""
