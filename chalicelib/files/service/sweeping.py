"""The clock looks after files without an owner: what was not heard of is asked for, what is over is gone."""

from datetime import datetime

from chalicelib.files import gateway, repository
from chalicelib.files.events import FileRemoved
from chalicelib.files.model import File, FileStatus
from chalicelib.files.rules import life
from chalicelib.files.service.receiving import judge, receive
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile

MOST_A_SHARD = 200
"""How many files of a shard one run looks at; the next minute goes on with the rest."""


def sweep() -> int:
    """Whatever is due is looked at; returns how many files are gone.

    A file that another hand changes at the same moment is left to the next run; one that cannot be cleared
    away keeps its row, so that it is tried again, and does not keep back the others.
    """
    gone = 0
    for shard in range(repository.SHARDS):
        for looked_at, (organisation, file_id) in enumerate(repository.due_by(clock.now(), shard)):
            if looked_at >= MOST_A_SHARD:
                telemetry.count('SweepBehind')
                break
            gone += _looked_after(organisation, file_id)
    return gone


def _looked_after(organisation: str, file_id: str) -> bool:
    try:
        file = dynamo.find(repository.reading(organisation, file_id))
        return file is not None and _cleared_or_asked(file, clock.now())
    except (ChangedMeanwhile, gateway.IncomingReplaced):
        return False
    except Exception:
        telemetry.log.exception('sweep could not judge a file', organisation=organisation, file=file_id)
        telemetry.count('SweepFaults')
        return False


def _cleared_or_asked(file: File, now: datetime) -> bool:
    if file.due_at is None or file.due_at > now:
        return False
    if life.is_over(file, now):
        _remove(file, now)
        return True
    if file.status is FileStatus.AWAITING and receive(file.organisation, file.id):
        return False
    if file.status is FileStatus.UPLOADED:
        if judge(file.organisation, file.id):
            return False
        telemetry.count('FilesUnchecked')  # the scanner is silent for minutes already
    dynamo.commit(*repository.changing(life.waiting(file, now)))
    return False


def _remove(file: File, now: datetime) -> None:
    if not file.is_released:
        # From here on nobody can take it: an owner of a file without bytes would be worse off than with none.
        file = life.released(file, now)
        dynamo.commit(*repository.changing(file))
    # The bytes go before the row: as long as that is there, the next run finds what this one left.
    for key in (file.key, file.thumbnail_key):
        if key:
            gateway.remove(key)
    if file.status is FileStatus.AWAITING:
        gateway.remove_incoming(file.organisation, file.id)
    dynamo.commit(*repository.removing(file, FileRemoved.of(file, now)))
