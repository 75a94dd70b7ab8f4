"""An import that no hand is on is found by the clock: a message can be lost, and a worker can die."""

from datetime import datetime

from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.prices import repository
from chalicelib.prices.events import PriceImportBegunAnew
from chalicelib.prices.rules import life
from chalicelib.prices.service.working import give_up

MOST_AT_ONCE = 100


def sweep() -> int:
    """Every import that no hand was on for long is begun anew or given up; returns how many there were."""
    now = clock.now()
    found = list(repository.unattended(now - life.UNATTENDED, MOST_AT_ONCE))
    return sum(_looked_after(organisation, import_id, now) for organisation, import_id in found)


def _looked_after(organisation: str, import_id: str, now: datetime) -> bool:
    try:
        made = dynamo.find(repository.reading_import(organisation, import_id))
        if made is None or not life.is_unattended(made, now):
            return False
        if life.is_given_up(made):
            give_up(made)
        else:
            anew = life.begun_anew(made, now)
            event = PriceImportBegunAnew.of(anew, SYSTEM, now, attempts=anew.attempts)
            dynamo.commit(*repository.changing(anew, event))
    except ChangedMeanwhile:
        return False  # another hand is on it
    except Exception:
        telemetry.log.exception('sweep could not judge an import', organisation=organisation, id=import_id)
        telemetry.count('SweepFaults')
        return False
    return True
