"""Houses above take files, show them and let them go, each in its own transaction."""

from collections.abc import Mapping

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
    kept, writes = taking_all({file_id: field}, purpose, owner, by=by)
    return kept[file_id], writes


def taking_all(
    wanted: Mapping[str, str | None], purpose: Purpose, owner: str, *, by: Caller
) -> tuple[dict[str, Attached], list[Write]]:
    """The same for several files in one transaction, each with the field to blame: one batch read.

    They are taken together, for a transaction writes the sender's shelf once.
    """
    if not wanted:
        return {}, []
    found = dynamo.fetch(*(repository.reading(by.organisation, one, field) for one, field in wanted.items()))
    for file, field in zip(found, wanted.values(), strict=True):
        must_be_usable(file, purpose, owner, uploader_of(by), field)
    now, actor = clock.now(), Actor.of(by)
    taken = [life.taken(file, owner) for file in found if file.owner != owner]
    events = [FileTaken.of(file, now, actor, owner=owner) for file in taken]
    return {file.id: file.attached for file in found}, repository.taking(taken, events)


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
