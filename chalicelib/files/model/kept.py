"""A file as it is kept, from the form it was promised by to the thing that owns it."""

from enum import StrEnum

from chalicelib.kit.values import Instant, Stored


class Purpose(StrEnum):
    """What a file is sent for; each has its limit and its kinds (`rules/purposes.py`)."""

    CHAT = 'chat'  # beside a message in the chat of a request (CHAT-005), or in a resident's order form
    DOCUMENT = 'document'  # among the documents of a request (DOC-001), or in the order form staff fill
    TEMPLATE = 'template'  # a template of contracts and acts
    IMPORT = 'import'  # a table to be imported


class FileStatus(StrEnum):
    """Where a file stands."""

    AWAITING = 'awaiting'  # a form is out, nothing has come
    UPLOADED = 'uploaded'  # it has come, and the scanner has not spoken
    CLEAN = 'clean'  # it can be read and attached
    INFECTED = 'infected'  # it was thrown away
    UNCHECKABLE = 'uncheckable'  # the scanner cannot look into it; thrown away too


class Verdict(StrEnum):
    """What the scanner writes into its tag; the words are those of GuardDuty Malware Protection for S3."""

    NO_THREATS_FOUND = 'NO_THREATS_FOUND'
    THREATS_FOUND = 'THREATS_FOUND'
    UNSUPPORTED = 'UNSUPPORTED'  # such as an archive with a password
    ACCESS_DENIED = 'ACCESS_DENIED'
    FAILED = 'FAILED'


class Attached(Stored):
    """What an owner keeps of its file: enough to show it and to give it out, with no look at its row."""

    file_id: str
    name: str
    size: int
    content_type: str
    key: str
    thumbnail_key: str | None = None


class File(Stored):
    """One file and what is known of it. `key` is where its bytes lie since they were received."""

    id: str
    organisation: str
    purpose: Purpose
    uploader: str
    name: str
    size: int
    status: FileStatus = FileStatus.AWAITING
    version: int = 1
    asked_at: Instant
    due_at: Instant | None
    content_type: str | None = None
    sha256: str | None = None
    key: str | None = None
    thumbnail_key: str | None = None
    owner: str | None = None
    is_released: bool = False

    @property
    def attached(self) -> Attached:
        """What its owner keeps of it; it must have been received."""
        return Attached(
            file_id=self.id,
            name=self.name,
            size=self.size,
            content_type=self.content_type or '',
            key=self.key or '',
            thumbnail_key=self.thumbnail_key,
        )
