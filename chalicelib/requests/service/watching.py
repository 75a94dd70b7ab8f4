"""What becomes true by itself: deadlines, reminders, warnings, and what follows a status after a wait.

A machine waits for most of these; whatever a machine waits for is found by the sweep as well, because an
execution can die and a row cannot. Both call `watch`, and only the first finds something to record.
"""

from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile, NotFound
from chalicelib.kit.outbox import SYSTEM
from chalicelib.requests import events as said
from chalicelib.requests import repository
from chalicelib.requests.model.status import Status
from chalicelib.requests.rules import sla
from chalicelib.staff import service as staff

MOST_A_SHARD = 500
"""How many requests of a shard one run of the sweep looks at; the next minute goes on with the rest."""


def watch(organisation: str, number: int) -> bool:
    """Everything that has fallen due for the request is recorded, once (SLA-019); whether there was any."""
    before = dynamo.get(repository.reading(organisation, number))
    after, happened = sla.passed(before, clock.now())
    if after == before:
        return False
    repository.save(before, after, *happened)
    return True


def warn_of_resumption(organisation: str, number: int, turn: int) -> None:
    """Those concerned know that this suspension ends, if it stands and they were not warned (SLA-013)."""
    before = dynamo.get(repository.reading(organisation, number))
    warning_at = sla.warning_at(before)
    if before.suspensions != turn or warning_at is None or clock.now() < warning_at:
        return
    after, happened = sla.warned_of_resumption(before, clock.now())
    if happened:
        repository.save(before, after, *happened)


def pursue_rating(organisation: str, number: int, turn: int) -> bool:
    """The resident is asked, or reminded, to rate this completion; whether more is to come (REQ-111)."""
    before = dynamo.get(repository.reading(organisation, number))
    if before.completions != turn or before.status is not Status.DONE:
        return False
    after, happened = sla.rating_pursued(before, clock.now())
    if happened:
        after = repository.save(before, after, *happened)
    return not after.is_rating_reminded and sla.reminds_of_rating_at(after) is not None


def drop_dismissed(organisation: str, number: int) -> None:
    """Nobody who has left is still an assignee of a request taken up again."""
    before = dynamo.get(repository.reading(organisation, number))
    if not before.is_open or not before.assignees:
        return
    found = dynamo.fetch(*(staff.reading_employee(organisation, person.id) for person in before.assignees))
    stays = {employee.id for employee in found if employee.is_active}
    kept = tuple(person for person in before.assignees if person.id in stays)
    is_manned = kept or before.status is Status.REOPENED
    if kept == before.assignees or not is_manned:  # work in progress keeps its people (AMB-04)
        return
    after = before.model_copy(update={'assignees': kept})
    event = said.AssigneesChanged.of(
        after,
        SYSTEM,
        clock.now(),
        removed=tuple(person.id for person in before.assignees if person.id not in stays),
        names={person.id: person.name for person in before.assignees},
        department_id=after.department_id,
    )
    repository.save(before, after, event)


def sweep() -> int:
    """Whatever has fallen due by now is recorded, however long ago; returns how many requests changed.

    A request that another hand changes at the same moment is left to the next run; one that cannot be
    judged does not keep back the others.
    """
    changed = 0
    for shard in range(repository.SHARDS):
        for looked_at, (organisation, number) in enumerate(repository.due_by(clock.now(), shard)):
            if looked_at >= MOST_A_SHARD:
                telemetry.count('SweepBehind')
                break
            changed += _watched(organisation, number)
    return changed


def _watched(organisation: str, number: int) -> bool:
    try:
        return watch(organisation, number)
    except (ChangedMeanwhile, NotFound):
        return False
    except Exception:
        telemetry.log.exception('sweep could not judge a request', organisation=organisation, number=number)
        telemetry.count('SweepFaults')
        return False
