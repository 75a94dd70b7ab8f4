"""The nouns of files: what they are for, where they stand, what doors take and give, what may be refused."""

from chalicelib.files.model.doors import (
    FileLinks,
    FileView,
    NewFile,
    NewOwnFile,
    UploadCard,
    UploadForm,
    UploadTicket,
)
from chalicelib.files.model.kept import Attached, File, FileStatus, Purpose, Verdict
from chalicelib.files.model.refusals import (
    FileBelongsToAnother,
    FileInfected,
    FileNotFound,
    FileNotUploaded,
    FileTooLarge,
    FileUncheckable,
    FileUnchecked,
    FileWrongKind,
    FileWrongPurpose,
    TooManyUploads,
    UploaderBlocked,
)

__all__ = [
    'Attached', 'File', 'FileBelongsToAnother', 'FileInfected', 'FileLinks', 'FileNotFound',
    'FileNotUploaded', 'FileStatus', 'FileTooLarge', 'FileUncheckable', 'FileUnchecked', 'FileView',
    'FileWrongKind', 'FileWrongPurpose', 'NewFile', 'NewOwnFile', 'Purpose', 'TooManyUploads', 'UploadCard',
    'UploadForm', 'UploadTicket', 'UploaderBlocked', 'Verdict',
]  # fmt: skip
