"""Who is to do a task is reminded when it is due soon, once, whoever else is at it (SLA-012)."""

from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.connection import pause
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.tasks import repository
from chalicelib.tasks.events import TaskDeadlineNear
from chalicelib.tasks.rules import doing

MOST_A_SHARD = 250
"""How many tasks of a shard are reminded of in one run; the next goes on."""

TRIES = 6
"""How often a task is tried that another hand changes at the same moment."""


def sweep() -> int:
    """Whatever was to be reminded of by now is announced, however long ago; returns how many.

    One that fails stays due and keeps back no other.
    """
    done = 0
    for shard in range(repository.SHARDS):
        found = repository.due_by(clock.now(), shard, MOST_A_SHARD)
        if len(found) == MOST_A_SHARD:
            telemetry.count('SweepBehind')
        done += sum(_reminded(organisation, task_id) for organisation, task_id in found)
    return done


def _reminded(organisation: str, task_id: str) -> bool:
    try:
        for attempt in range(TRIES):
            try:
                return remind(organisation, task_id)
            except ChangedMeanwhile:
                pause(attempt)  # another hand changed the task, or reminds of it too
    except Exception:
        telemetry.log.exception('nobody could be reminded of a task', task=task_id)
        telemetry.count('SweepFaults')
    return False


def remind(organisation: str, task_id: str) -> bool:
    """It is announced that the task is due soon, if that is still to be told; whether this call did it.

    It turns to reminded in the transaction that announces it, so a clock that fires twice changes nothing.
    Raises ChangedMeanwhile where another hand was first.
    """
    task, now = dynamo.get(repository.reading_task(organisation, task_id)), clock.now()
    if not doing.is_due_for_reminder(task, now):
        return False
    after = doing.reminded(task)
    dynamo.commit(*repository.saving_task(after, TaskDeadlineNear.of(after, None, SYSTEM, now)))
    return True
