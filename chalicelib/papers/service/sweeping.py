"""What no hand is on is found by the clock: a message can be lost, and a worker can die; a row cannot."""

from datetime import datetime
from typing import Any

from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.dynamo import Read
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.papers import events as said
from chalicelib.papers import repository
from chalicelib.papers.model import Package, PackageStatus, Template
from chalicelib.papers.rules import life

MOST_AT_ONCE = 200


def sweep() -> int:
    """Everything that no hand was on for long is begun anew or given up; returns how much there was."""
    now = clock.now()
    found = list(repository.unattended(now - life.UNATTENDED, MOST_AT_ONCE))
    return sum(_looked_after(read, now) for read in found)


def _looked_after(read: Read[Any], now: datetime) -> bool:
    try:
        entity = dynamo.find(read)
        if isinstance(entity, Package):
            return _package(entity, now)
        return isinstance(entity, Template) and _template(entity, now)
    except ChangedMeanwhile:
        return False  # another hand is on it
    except Exception:
        telemetry.log.exception('sweep could not judge a paper', key=read.key)
        telemetry.count('SweepFaults')
        return False


def _package(package: Package, now: datetime) -> bool:
    if package.status is not PackageStatus.WAITING or now - package.worked_at < life.UNATTENDED:
        return False
    event: said.PackageEvent
    if package.attempts >= life.MOST_ATTEMPTS:
        package = life.unwritten(package, (), now)
        event = said.PapersFailed.of(package, SYSTEM, now, problems=0)
    else:
        package = life.begun_anew(package, now)
        event = said.PapersBegunAnew.of(package, SYSTEM, now)
    dynamo.commit(*repository.saving_package(package, event))
    return True


def _template(template: Template, now: datetime) -> bool:
    trial = template.trial
    if trial is None or not template.is_tried or now - trial.worked_at < life.UNATTENDED:
        return False
    if trial.attempts >= life.MOST_ATTEMPTS:
        dynamo.commit(*repository.saving_template(life.untried(template, now)))
        return True
    anew = life.tried_anew(template, now)
    dynamo.commit(*repository.saving_template(anew, said.PaperTemplateBegunAnew.of(anew, SYSTEM, now)))
    return True
