"""A sender asks for a form, and follows his file until he uses it."""

from chalicelib.files import gateway, repository
from chalicelib.files.events import FileAsked
from chalicelib.files.model import (
    File,
    FileNotFound,
    FileStatus,
    NewFile,
    NewOwnFile,
    Purpose,
    UploadCard,
    UploaderBlocked,
    UploadTicket,
)
from chalicelib.files.rules import life, names
from chalicelib.files.rules.purposes import must_fit
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor


def uploader_of(by: Caller) -> str:
    """The caller as the sender of files: an employee and a resident are never one."""
    return f'{by.audience}:{by.id}'


def ask(new: NewFile, *, by: Caller) -> UploadTicket:
    """The file is expected, and there is a form that lets in it and nothing else, for an hour (AMB-43).

    Raises FileTooLarge and TooManyUploads.
    """
    return _expected(new, new.purpose, by)


def ask_own(new: NewOwnFile, *, by: Caller) -> UploadTicket:
    """The same for a resident, for a chat or an order form. Raises UploaderBlocked as well (AMB-78)."""
    if by.is_blocked:
        raise UploaderBlocked()
    return _expected(new, Purpose.CHAT, by)


def read(file_id: str, *, by: Caller) -> UploadCard:
    """The caller's own file, with links to it once it is clean. Raises FileNotFound."""
    file = dynamo.get(repository.reading(by.organisation, file_id))
    if file.uploader != uploader_of(by):
        raise FileNotFound()
    is_readable = file.status is FileStatus.CLEAN and not life.is_over(file, clock.now())
    return UploadCard(
        **file.model_dump(include=set(UploadCard.model_fields) & set(File.model_fields)),
        is_attached=file.owner is not None,
        expires_at=life.expires_at(file),
        links=gateway.links(file.attached) if is_readable else None,
    )


def _expected(new: NewOwnFile, purpose: Purpose, by: Caller) -> UploadTicket:
    must_fit(purpose, new.size)
    now = clock.now()
    file = File(
        id=new_id(),
        organisation=by.organisation,
        purpose=purpose,
        uploader=uploader_of(by),
        name=names.safe(new.name),
        size=new.size,
        asked_at=now,
        due_at=now + life.FORM_LIVES,
    )
    dynamo.commit(*repository.asking(file, FileAsked.of(file, now, Actor.of(by))))
    form = gateway.form(by.organisation, file.id, file.size, life.FORM_LIVES)
    return UploadTicket(id=file.id, status=file.status, form=form)
