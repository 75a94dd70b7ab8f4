"""What may be refused about a file."""

from chalicelib.kit.errors import Conflict, Forbidden, NotFound, Refused


class FileNotFound(NotFound):
    """There is no such file, or the caller is not the one who sent it."""


class FileTooLarge(Refused):
    """The file is larger than what it is for allows (AMB-42, AMB-43)."""

    field = 'body.size'


class TooManyUploads(Conflict):
    """The sender has as many files in the air as one may have."""


class UploaderBlocked(Forbidden):
    """A client whose access is limited sends nothing (AMB-78)."""


class FileNotUploaded(Conflict):
    """The form is out, and nothing has come by it."""


class FileUnchecked(Conflict):
    """The scanner has not spoken yet: in a moment it will have."""


class FileInfected(Refused):
    """The scanner found something in the file."""


class FileUncheckable(Refused):
    """The scanner cannot look into the file, as into an archive with a password."""


class FileWrongPurpose(Refused):
    """The file was sent for something else."""


class FileWrongKind(Refused):
    """Its bytes are not of a kind that can be used here."""


class FileBelongsToAnother(Conflict):
    """The file is used already, or was thrown away; it has to be sent once more."""
