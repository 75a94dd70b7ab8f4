"""What a file for each purpose may be: how large, of which kinds; and who may use it."""

from dataclasses import dataclass

from chalicelib.files.model import (
    File,
    FileBelongsToAnother,
    FileInfected,
    FileNotFound,
    FileNotUploaded,
    FileStatus,
    FileTooLarge,
    FileUncheckable,
    FileUnchecked,
    FileWrongKind,
    FileWrongPurpose,
    Purpose,
)
from chalicelib.files.rules.kinds import Kind
from chalicelib.kit.errors import DomainError

MEGABYTE = 1024 * 1024

MOST_IN_THE_AIR = 50
"""Files one sender may have asked for and not used; a day later they are gone and he may go on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`most` bytes, of `kinds`; None: of any kind (DOC-002)."""

    most: int
    kinds: frozenset[Kind] | None = None


LIMITS = {
    Purpose.CHAT: Limits(40 * MEGABYTE),  # 41 943 040 bytes (CHAT-005, AMB-43)
    Purpose.DOCUMENT: Limits(40 * MEGABYTE),  # AMB-42
    Purpose.TEMPLATE: Limits(10 * MEGABYTE, frozenset({Kind.DOCX})),
    Purpose.IMPORT: Limits(20 * MEGABYTE, frozenset({Kind.XLSX, Kind.TEXT})),
}


def must_fit(purpose: Purpose, size: int) -> None:
    """Refuses a file larger than its purpose allows: FileTooLarge names the limit in megabytes."""
    most = LIMITS[purpose].most
    if size > most:
        raise FileTooLarge(limit=most // MEGABYTE)


_NOT_READY: dict[FileStatus, type[DomainError]] = {
    FileStatus.AWAITING: FileNotUploaded,
    FileStatus.UPLOADED: FileUnchecked,
    FileStatus.INFECTED: FileInfected,
    FileStatus.UNCHECKABLE: FileUncheckable,
}


def must_be_usable(file: File, purpose: Purpose, owner: str, uploader: str, field: str | None) -> None:
    """Refuses unless the file is clean, sent by this sender for this, and free or the owner's already."""
    if file.uploader != uploader:
        raise FileNotFound(field=field)
    if file.purpose is not purpose:
        raise FileWrongPurpose(field=field)
    if file.status in _NOT_READY:
        raise _NOT_READY[file.status](field=field)
    kinds = LIMITS[purpose].kinds
    if kinds is not None and file.content_type not in kinds:
        raise FileWrongKind(field=field)
    if file.is_released or file.owner not in (None, owner):
        raise FileBelongsToAnother(field=field)
