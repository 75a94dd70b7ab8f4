"""What no hand is on is found by the clock: a message can be lost, and a worker can die; a row cannot."""

from datetime import datetime

from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile, NotFound
from chalicelib.kit.outbox import SYSTEM
from chalicelib.reports import repository
from chalicelib.reports.events import ReportBegunAnew, ReportFailed
from chalicelib.reports.model import Report
from chalicelib.reports.rules import life

MOST_AT_ONCE = 200
"""Jobs one run looks at, the longest unattended first; the next run goes on with the rest."""


def sweep() -> int:
    """Every job that no hand was on for long is begun anew or given up; returns how many there were.

    A job that another hand changes at the same moment is left to it; one that cannot be judged does not keep
    back the others.
    """
    now = clock.now()
    found = repository.unattended(now - life.UNATTENDED, MOST_AT_ONCE)
    return sum(_looked_after(organisation, report_id, now) for organisation, report_id in list(found))


def _looked_after(organisation: str, report_id: str, now: datetime) -> bool:
    try:
        report = dynamo.get(repository.reading(organisation, report_id))
        if not life.is_unattended(report, now):
            return False
        _begin_anew_or_give_up(report, now)
    except (ChangedMeanwhile, NotFound):
        return False
    except Exception:
        telemetry.log.exception('sweep could not judge a report', organisation=organisation, report=report_id)
        telemetry.count('SweepFaults')
        return False
    return True


def _begin_anew_or_give_up(report: Report, now: datetime) -> None:
    failure = life.given_up(report, now)
    about = {'organisation': report.organisation, 'at': now, 'by': SYSTEM, 'report_id': report.id}
    if failure is None:
        anew = ReportBegunAnew(**about, attempts=report.attempts)
        dynamo.commit(*repository.changing(life.put_back(report, now), anew))
    else:
        failed = ReportFailed(**about, failure=failure)
        dynamo.commit(*repository.changing(life.failed(report, failure, now), failed))
