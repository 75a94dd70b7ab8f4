"""What becomes of an import, from its order to its end.

waiting -> checked | refused              a worker's, of a check
waiting -> refused | applying -> applied  a worker's
waiting -> failed                         the sweep's, when it has been tried enough
"""

from datetime import datetime, timedelta

from chalicelib.prices.model import ImportStatus, PriceImport, Problem
from chalicelib.prices.rules.planning import Plan

UNATTENDED = timedelta(minutes=10)
"""A worker needs half of it: what is older is in no hand."""

MOST_ATTEMPTS = 3
MOST_PROBLEMS_TOLD = 200


def owner_of(import_id: str) -> str:
    """Whose the workbook is, as the house of files knows it."""
    return f'prices/imports/{import_id}'


def is_unattended(made: PriceImport, now: datetime) -> bool:
    """Whether no hand was on the unfinished import for long."""
    return not made.status.is_over and now - made.worked_at >= UNATTENDED


def is_given_up(made: PriceImport) -> bool:
    """Whether it is not begun anew. One that changes the list already is: it has to come to its end."""
    return made.status is ImportStatus.WAITING and made.attempts >= MOST_ATTEMPTS


def begun_anew(made: PriceImport, now: datetime) -> PriceImport:
    """It waits for the next worker."""
    return _next(made, attempts=made.attempts + 1, worked_at=now)


def applying(made: PriceImport, plan: Plan, now: datetime) -> PriceImport:
    """From here on the list becomes as the workbook says, however often it is broken off."""
    return _next(made, status=ImportStatus.APPLYING, worked_at=now, **_counted(plan))


def applied(made: PriceImport, now: datetime) -> PriceImport:
    """The list is as the workbook says."""
    return _over(made, now, status=ImportStatus.APPLIED)


def checked(made: PriceImport, plan: Plan, now: datetime) -> PriceImport:
    """Every row is right, and this is what would become of the list."""
    return _over(made, now, status=ImportStatus.CHECKED, **_counted(plan))


def refused(made: PriceImport, problems: list[Problem], now: datetime) -> PriceImport:
    """Nothing was changed, and these are the reasons."""
    told = sorted(problems, key=lambda problem: problem.row or 0)[:MOST_PROBLEMS_TOLD]
    return _over(made, now, status=ImportStatus.REFUSED, problems=tuple(told), problem_count=len(problems))


def failed(made: PriceImport, now: datetime) -> PriceImport:
    """Nothing was changed, and it is no fault of the workbook."""
    return _over(made, now, status=ImportStatus.FAILED)


def _counted(plan: Plan) -> dict[str, int]:
    changed = len(plan.changes) - plan.added
    return {'added': plan.added, 'changed': changed, 'unchanged': plan.unchanged}


def _over(made: PriceImport, now: datetime, **changes: object) -> PriceImport:
    return _next(made, worked_at=now, finished_at=now, **changes)


def _next(made: PriceImport, **changes: object) -> PriceImport:
    return made.model_copy(update={'version': made.version + 1, **changes})
