"""Reconciliations are started, carried on from step to step, looked after and given up.

Each step is saved on the version of the job, so of two hands one goes on and the other stops; what dies is
found by the clock, and goes on from its last step.
"""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from chalicelib.billing.events import PaymentAccountChanged
from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.refusals import ShopKeysRefused
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile, NotFound, Unavailable
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, Delivered
from chalicelib.registers import events as said
from chalicelib.registers import repository
from chalicelib.registers.model.reconciliation import (
    Reconciliation,
    ReconciliationFailure,
    ReconciliationStatus,
    ShopToReconcile,
)
from chalicelib.registers.model.refusals import ReconciliationUnderWay
from chalicelib.registers.rules import life
from chalicelib.registers.service.comparing import Comparison
from chalicelib.staff import service as staff

LONGEST = timedelta(seconds=200)
"""A worker hands the job on after so long; its function lives four times as long."""

MOST_AT_ONCE = 200
"""Shops and jobs that one run of the clock looks at; the next goes on with the rest."""


def know_shop(delivered: Delivered) -> None:
    """The shop is compared every night from now on, once however often it is told of."""
    event = PaymentAccountChanged.model_validate(delivered.event)
    know(event.organisation, ShopName.model_validate(delivered.event))


def know(organisation: str, shop: ShopName) -> None:
    """The shop is compared every night, from today on if it was not."""
    if dynamo.find(repository.reading_shop(organisation, repository.name_of(shop))) is not None:
        return
    zone = _zone(organisation)
    known = ShopToReconcile(organisation=organisation, shop=shop, next_day=life.first_day(clock.now(), zone))
    dynamo.send([repository.keeping_shop(known, life.due_at(known, zone))])


def work(asked: said.ReconciliationEvent) -> None:
    """The reconciliation is further than before, as a rule at its end.

    A provider who is away is asked again when the clock comes. What else breaks off is raised.
    """
    job = dynamo.find(repository.reading(asked.organisation, asked.reconciliation_id))
    if job is None or job.is_over:
        return
    begun = clock.now()
    comparison = Comparison(job)
    try:
        while not comparison.job.is_over:
            if clock.now() - begun > LONGEST:
                hand_on(comparison.job)
                return
            comparison.job = _stepped(comparison)
    except ChangedMeanwhile:
        return  # it was cancelled, or another hand is at it
    except ShopKeysRefused:
        _fail(comparison.job, ReconciliationFailure.KEYS_REFUSED)
    except Unavailable as fault:
        about = {'organisation': job.organisation, 'reconciliation': job.id, 'reason': str(fault)}
        telemetry.log.warning('provider not heard', extra=about)


def _stepped(comparison: Comparison) -> Reconciliation:
    after, seen = comparison.step()
    told = [_result(after)] if after.status is ReconciliationStatus.DONE else []
    dynamo.send(repository.going_on(after, told, seen=seen))
    if after.status is ReconciliationStatus.DONE and after.differences:
        telemetry.count('ReconciliationDifferences', after.differences)
    return after


def _result(job: Reconciliation) -> said.ReconciliationEvent:
    now = clock.now()
    if not job.differences:
        return said.ReconciliationAgreed.of(job, now, theirs=job.theirs, ours=job.ours)
    found = {'differences': job.differences, 'settled': job.settled}
    return said.ReconciliationDiffered.of(job, now, SYSTEM, theirs=job.theirs, ours=job.ours, **found)


def hand_on(job: Reconciliation) -> None:
    """Another hand goes on with the job from its last step."""
    now = clock.now()
    after = life.handed_on(job, now)
    dynamo.send(repository.going_on(after, [said.ReconciliationHandedOn.of(after, now)]))


def sweep() -> int:
    """Every shop whose day is over is being compared, and jobs that no hand is on go on or are given up.

    Returns how many that were. A missed night is caught up, a day at each run.
    """
    now, done = clock.now(), 0
    for organisation, name in list(repository.due_by(now, MOST_AT_ONCE)):
        done += _guarded(_begin, organisation, name)
    for organisation, id in list(repository.unattended(now - life.UNATTENDED, MOST_AT_ONCE)):
        done += _guarded(_look_after, organisation, id)
    return done


def _begin(organisation: str, name: str) -> None:
    shop = dynamo.get(repository.reading_shop(organisation, name))
    now, zone = clock.now(), _zone(organisation)
    if life.due_at(shop, zone) > now:
        # The organisation has moved to another zone.
        moved = shop.model_copy(update={'version': shop.version + 1})
        dynamo.send([repository.keeping_shop(moved, life.due_at(moved, zone))])
        return
    job = life.begun(new_id(), organisation, shop.shop, shop.next_day, zone, now)
    following = life.moved_on(shop)
    kept = repository.keeping_shop(following, life.due_at(following, zone))
    try:
        started = repository.starting(job, said.ReconciliationStarted.of(job, now))
        dynamo.send([kept, *started])
    except ReconciliationUnderWay:
        dynamo.send([kept])  # somebody has begun with that day by hand


def _look_after(organisation: str, reconciliation_id: str) -> None:
    job, now = dynamo.get(repository.reading(organisation, reconciliation_id)), clock.now()
    if job.is_over or now - job.worked_at < life.UNATTENDED:
        return
    if now - job.started_at >= life.LONGEST_WAIT:
        _fail(job, ReconciliationFailure.PROVIDER_AWAY)
    else:
        hand_on(job)


def _guarded(act: Callable[[str, str], None], organisation: str, name: str) -> bool:
    try:
        act(organisation, name)
    except (ChangedMeanwhile, NotFound):
        return False
    except Exception:
        telemetry.log.exception('sweep could not reconcile', organisation=organisation, about=name)
        telemetry.count('SweepFaults')
        return False
    return True


def _fail(job: Reconciliation, failure: ReconciliationFailure) -> None:
    now = clock.now()
    after = life.failed(job, failure, now)
    dynamo.send(repository.going_on(after, [said.ReconciliationFailed.of(after, now, failure=failure)]))
    telemetry.count('ReconciliationsFailed')


def _zone(organisation: str) -> ZoneInfo:
    return ZoneInfo(dynamo.get(staff.reading_organisation(organisation)).zone)
