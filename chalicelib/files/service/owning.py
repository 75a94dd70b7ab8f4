"""Houses above take files, show them and let them go, each in its own transaction."""

from chalicelib.files import gateway, repository
from chalicelib.files.events import FileReleased, FileTaken
from chalicelib.files.model import Attached, FileView, Purpose
from chalicelib.files.rules import life
from chalicelib.files.rules.purposes import must_be_usable
from chalicelib.files.service.asking import uploader_of
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import Actor


def taking(
    file_id: str, purpose: Purpose, owner: str, *, by: Caller, field: str | None = None
) -> tuple[Attached, list[Write]]:
    """What the owner keeps of the file, and the writes by which it is his; none where it is his already.

    The file must be clean, sent by the caller, for this purpose and free. Raises FileNotFound,
    FileWrongPurpose, FileNotUploaded, FileUnchecked, FileInfected, FileUncheckable, FileWrongKind and
    FileBelongsToAnother, all of them blaming `field`. Of two owners at once one gets the file, the other's
    transaction fails with ChangedMeanwhile and, judged again, with FileBelongsToAnother.
    """
    file = dynamo.get(repository.reading(by.organisation, file_id, field))
    must_be_usable(file, purpose, owner, uploader_of(by), field)
    if file.owner == owner:
        return file.attached, []
    taken = life.taken(file, owner)
    event = FileTaken.of(taken, clock.now(), Actor.of(by), owner=owner)
    return taken.attached, repository.taking(taken, event)


def releasing(organisation: str, file_id: str, owner: str, *, by: Actor) -> list[Write]:
    """The writes by which the owner lets the file go: it is gone within minutes. None where it is not his."""
    file = dynamo.find(repository.reading(organisation, file_id))
    if file is None or file.owner != owner or file.is_released:
        return []
    now = clock.now()
    released = life.released(file, now)
    return repository.changing(released, FileReleased.of(released, now, by, owner=owner))


def shown(attached: Attached) -> FileView:
    """The file as those see it who may read it, with links for 15 minutes; nothing is looked up."""
    return FileView(
        name=attached.name,
        size=attached.size,
        content_type=attached.content_type,
        links=gateway.links(attached),
    )
