"""The file of a message: taken with it, shown to both sides, and let go when the message is deleted."""

from chalicelib.conversations.model.chat import Enclosed
from chalicelib.files import service as files
from chalicelib.files.model import FileView, Purpose
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor


def enclosing(file_id: str | None, *, by: Caller) -> tuple[Enclosed | None, list[Write]]:
    """The file a message will own, and the writes that make it so (CHAT-004, CHAT-005, AMB-43).

    It is looked at once more: there, the caller's own, for a chat, clean and not used yet. Raises what
    `files.service.taking` raises.
    """
    if file_id is None:
        return None, []
    owner = f'message#{new_id()}'
    attached, writes = files.taking(file_id, Purpose.CHAT, owner, by=by, field='body.file_id')
    return Enclosed(attached=attached, owner=owner), writes


def letting_go(enclosed: Enclosed | None, organisation: str, *, by: Actor) -> list[Write]:
    """The writes by which nobody owns the file any more, so that it is gone within minutes."""
    if enclosed is None:
        return []
    return files.releasing(organisation, enclosed.attached.file_id, enclosed.owner, by=by)


def shown(enclosed: Enclosed | None) -> FileView | None:
    """The file with links to it."""
    return files.shown(enclosed.attached) if enclosed else None
