"""What the doors of files take and tell."""

from typing import Annotated

from pydantic import Field

from chalicelib.files.model.kept import FileStatus, Purpose
from chalicelib.kit.values import Instant, Line, Stored, Value

FileName = Annotated[str, Line(200)]
MOST_BYTES = 5 * 1024**3
"""What one form can let in at all: S3 takes no more by one POST."""


class NewOwnFile(Value):
    """A file that a resident is about to send into a chat."""

    name: FileName = Field(description='As the file is called on the device; nothing is read out of it.')
    size: int = Field(ge=1, le=MOST_BYTES, description='Bytes, exactly: the form takes no other size.')


class NewFile(NewOwnFile):
    """A file that an employee is about to send."""

    purpose: Purpose


class UploadForm(Stored):
    """A form: POST it as `multipart/form-data`, the fields first, then `file` with the bytes."""

    url: str
    fields: dict[str, str]
    expires_at: Instant = Field(description='Until when the form lets the file in.')


class UploadTicket(Stored):
    """The file is expected."""

    id: str = Field(description='To be given in the call that uses the file.')
    status: FileStatus
    form: UploadForm


class FileLinks(Stored):
    """Links that give the bytes to whoever holds them, for 15 minutes."""

    file: str
    thumbnail: str | None = Field(description='A small JPEG of a picture; null for what is none.')


class FileView(Stored):
    """A file as those see it who may read it."""

    name: str
    size: int = Field(description='Bytes.')
    content_type: str = Field(description='By its first bytes, whatever its name says.')
    links: FileLinks


class UploadCard(Stored):
    """A file as its sender follows it until he uses it."""

    id: str
    version: int
    purpose: Purpose
    name: str
    size: int = Field(description='Bytes.')
    status: FileStatus
    content_type: str | None = Field(description='By its first bytes; null before it has come.')
    sha256: str | None = Field(description='Of its bytes, hexadecimal.')
    is_attached: bool = Field(description='Whether it was used; a file is used once.')
    expires_at: Instant | None = Field(description='When it is thrown away if nothing uses it.')
    links: FileLinks | None = Field(description='Once it was found clean.')
