"""What comes by a form is looked at and put beyond its sender's reach; what the scanner says is recorded.

Every step may be repeated or broken off: the row decides, and the sweep asks for what was not heard of.
"""

from chalicelib.files import gateway, repository
from chalicelib.files.events import FileFoundClean, FileFoundInfected, FileNotCheckable, FileReceived
from chalicelib.files.model import File, FileStatus, Verdict
from chalicelib.files.rules import life, pictures
from chalicelib.files.rules.kinds import PICTURES, kind_of
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile


def hear(key: str) -> None:
    """Something happened to the object of the key: the file it is of is as far as it can be."""
    room, organisation, file_id, *_ = [*key.split('/'), '', '']
    if room == gateway.INCOMING:
        receive(organisation, file_id)
    elif room == gateway.KEPT:
        judge(organisation, file_id)


def receive(organisation: str, file_id: str) -> bool:
    """What has come by the form is kept, once; whether anything had. What comes afterwards is thrown away.

    Raises IncomingReplaced and ChangedMeanwhile where it has to be looked at once more.
    """
    file = dynamo.find(repository.reading(organisation, file_id))
    if file is None or file.status is not FileStatus.AWAITING:
        gateway.remove_incoming(organisation, file_id)
        return False
    incoming = gateway.look(organisation, file_id)
    if incoming is None:
        return False
    if incoming.size != file.size:  # no form lets it in; whoever got it in otherwise has no form of ours
        gateway.remove_incoming(organisation, file_id)
        return False
    kind = kind_of(incoming.head)
    key = gateway.keep(organisation, file_id, incoming, kind, file.name)
    now = clock.now()
    received = life.received(file, key, kind, incoming.sha256, now)
    event = FileReceived.of(received, now, content_type=kind.value, sha256=incoming.sha256)
    try:
        dynamo.commit(*repository.changing(received, event))
    except ChangedMeanwhile:
        now_is = dynamo.find(repository.reading(organisation, file_id))
        if now_is is None or now_is.key != key:
            gateway.remove(key)
        if now_is is not None and now_is.status is FileStatus.AWAITING:
            raise  # it was the sweep, which has received nothing: the message comes again
        return True
    gateway.remove_incoming(organisation, file_id)
    judge(organisation, file_id)  # the scanner may have been quicker than we
    return True


def judge(organisation: str, file_id: str) -> bool:
    """The scanner's verdict is recorded, once; whether it has spoken. What is not clean is thrown away."""
    file = dynamo.find(repository.reading(organisation, file_id))
    if file is None or file.status is not FileStatus.UPLOADED or file.key is None:
        return False
    said = gateway.verdict(file.key)
    if said is None:
        return False
    try:
        _record(file, file.key, said)
    except ChangedMeanwhile:
        return False  # another has heard it too
    return True


def _record(file: File, key: str, said: Verdict) -> None:
    now = clock.now()
    if said is Verdict.NO_THREATS_FOUND:
        judged = life.judged(file, said, _thumbnail(file, key))
        dynamo.commit(*repository.changing(judged, FileFoundClean.of(judged, now)))
        return
    judged = life.judged(file, said, None)
    if said is Verdict.THREATS_FOUND:
        telemetry.count('FilesInfected')
        event = FileFoundInfected.of(judged, now, sha256=judged.sha256)
        dynamo.commit(*repository.changing(judged, event))
    else:
        telemetry.count('FilesUncheckable')
        dynamo.commit(*repository.changing(judged, FileNotCheckable.of(judged, now, verdict=said)))
    gateway.remove(key)


def _thumbnail(file: File, key: str) -> str | None:
    if file.content_type not in PICTURES:
        return None
    small = pictures.thumbnail(gateway.read(key))
    return gateway.put_thumbnail(file.organisation, file.id, small) if small else None
