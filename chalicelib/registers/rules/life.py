"""How a reconciliation goes on from step to step, and when the next night is.

    payments -> refunds -> ours -> done     where the provider lists what he has
    payments -> ours -> done                where he is asked for each of ours
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.billing.model.account import ShopName
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.registers.model.reconciliation import (
    Reconciliation,
    ReconciliationFailure,
    ReconciliationStatus,
    ShopToReconcile,
    Stage,
)
from chalicelib.registers.model.refusals import DayNotOver, DayTooLongAgo
from chalicelib.registers.rules.seeing import midnight

AFTER_MIDNIGHT = timedelta(hours=3)
"""By then every page of the day before is closed, and its refunds are known."""

OLDEST_DAY = 366
"""Days back that may be compared by hand."""

UNATTENDED = timedelta(minutes=16)
"""A reconciliation that no hand was on for so long goes on in another: no function lives longer."""

LONGEST_WAIT = timedelta(hours=20)
"""How long a provider who is away is asked again, before the day is given up."""

REMEMBERED = timedelta(days=1096)
"""How long what was found is kept: money may be claimed for three years."""

LOOKED_AT_AGAIN = timedelta(days=OLDEST_DAY + 1)
"""How long is known of which payments a day was told that money went back: while it may be compared."""

_NEXT = {Stage.PAYMENTS: Stage.REFUNDS, Stage.REFUNDS: Stage.OURS}
_BEGINS_AT = {Stage.PAYMENTS: 0, Stage.REFUNDS: 40, Stage.OURS: 50}
_LASTS = {Stage.PAYMENTS: 40, Stage.REFUNDS: 10, Stage.OURS: 49}


def begun(
    id: str,
    organisation: str,
    shop: ShopName,
    day: date,
    zone: ZoneInfo,
    now: datetime,
    by: Actor = SYSTEM,
) -> Reconciliation:
    """The day is to be compared."""
    return Reconciliation(
        id=id,
        organisation=organisation,
        shop=shop,
        day=day,
        since=midnight(day, zone),
        before=midnight(day + timedelta(days=1), zone),
        started_by=by,
        started_at=now,
        worked_at=now,
    )


def must_be_over(day: date, now: datetime, zone: ZoneInfo) -> None:
    """Refuses a day that lasts or is long gone. Raises DayNotOver, DayTooLongAgo."""
    today = now.astimezone(zone).date()
    if day >= today:
        raise DayNotOver()
    if today - day > timedelta(days=OLDEST_DAY):
        raise DayTooLongAgo(days=OLDEST_DAY)


def further(
    job: Reconciliation, now: datetime, *, cursor: str | None, share: int = 0, **more: object
) -> Reconciliation:
    """The same stage from `cursor` on, or the next one where this is at its end; done after the last."""
    changes: dict[str, object] = {
        'version': job.version + 1, 'step': job.step + 1, 'worked_at': now, 'cursor': cursor, **more,
    }  # fmt: skip
    if cursor is not None:
        return job.model_copy(update={**changes, 'share': min(100, max(share, job.share))})
    following = _NEXT.get(job.stage)
    if following is None:
        changes |= {'status': ReconciliationStatus.DONE, 'finished_at': now, 'share': 100}
    else:
        changes |= {'stage': following, 'share': 0}
    return job.model_copy(update=changes)


def one_by_one(job: Reconciliation, now: datetime) -> Reconciliation:
    """The provider keeps no list: each of ours is asked for."""
    changes = {'stage': Stage.OURS, 'is_one_by_one': True, 'version': job.version + 1, 'worked_at': now}
    return job.model_copy(update={**changes, 'cursor': None, 'share': 0, 'step': job.step + 1})


def handed_on(job: Reconciliation, now: datetime) -> Reconciliation:
    """Another hand goes on."""
    return job.model_copy(update={'version': job.version + 1, 'worked_at': now})


def failed(job: Reconciliation, failure: ReconciliationFailure, now: datetime) -> Reconciliation:
    """The day is given up."""
    return _over(job, ReconciliationStatus.FAILED, now).model_copy(update={'failure': failure})


def cancelled(job: Reconciliation, now: datetime) -> Reconciliation:
    """Nobody wants it any more."""
    return _over(job, ReconciliationStatus.CANCELLED, now)


def _over(job: Reconciliation, status: ReconciliationStatus, now: datetime) -> Reconciliation:
    return job.model_copy(
        update={'status': status, 'version': job.version + 1, 'finished_at': now, 'worked_at': now}
    )


def progress(job: Reconciliation) -> int:
    """Per cent; all of it only when the day is compared."""
    if job.status is ReconciliationStatus.DONE:
        return 100
    return _BEGINS_AT[job.stage] + _LASTS[job.stage] * job.share // 100


def share_of_day(job: Reconciliation, at: datetime | None) -> int:
    """How much of the day lies before the instant, in per cent."""
    if at is None:
        return 0
    return max(0, min(100, int(100 * ((at - job.since) / (job.before - job.since)))))


def first_day(now: datetime, zone: ZoneInfo) -> date:
    """The first day that a shop is compared for by itself: the one on which it was set."""
    return now.astimezone(zone).date()


def due_at(shop: ShopToReconcile, zone: ZoneInfo) -> datetime:
    """When the shop's next day is compared: in the night after it, where the organisation is."""
    return midnight(shop.next_day + timedelta(days=1), zone) + AFTER_MIDNIGHT


def moved_on(shop: ShopToReconcile) -> ShopToReconcile:
    """The day after is next."""
    changes = {'next_day': shop.next_day + timedelta(days=1), 'version': shop.version + 1}
    return shop.model_copy(update=changes)
