"""The doors of uploads: a form is asked for, and the file is followed until it is used."""

from chalicelib.files import service
from chalicelib.files.model import NewFile, NewOwnFile, UploadCard, UploadTicket
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id

staff = Api(__name__, '/v1/staff/uploads', Audience.STAFF)
resident = Api(__name__, '/v1/resident/uploads', Audience.RESIDENT)
doors = [staff, resident]


@staff.post(status=201)
def ask(body: NewFile, caller: Caller) -> UploadTicket:
    """Ask for a form by which one file can be sent.

    Post the form with the file within an hour, then read the upload until its status is `clean`, and give its
    id in the call that uses it. A file that nothing uses is thrown away after a day.
    """
    return service.ask(body, by=caller)


@staff.get('/{file_id}')
def read(file_id: Id, caller: Caller) -> UploadCard:
    """Read how far a file is that the caller has sent."""
    return service.read(file_id, by=caller)


@resident.post(status=201)
def ask_own(body: NewOwnFile, caller: Caller) -> UploadTicket:
    """Ask for a form by which one file can be sent, to be used in a chat."""
    return service.ask_own(body, by=caller)


@resident.get('/{file_id}')
def read_own(file_id: Id, caller: Caller) -> UploadCard:
    """Read how far a file is that the caller has sent."""
    return service.read(file_id, by=caller)
