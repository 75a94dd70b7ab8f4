"""Employees look at reconciliations, start one for a day, and cancel it."""

from chalicelib.billing import service as billing
from chalicelib.billing.model.account import ShopName
from chalicelib.kit import clock, dynamo, texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.registers import events as said
from chalicelib.registers import repository
from chalicelib.registers.model.doors import (
    DifferenceView,
    NewReconciliation,
    ReconciliationCard,
    ReconciliationLinks,
    WhyFailed,
)
from chalicelib.registers.model.reconciliation import Reconciliation
from chalicelib.registers.model.refusals import (
    ReconciliationNotFound,
    ReconciliationOfAllPlaces,
    ReconciliationOver,
)
from chalicelib.registers.rules import life
from chalicelib.staff.model import Permission

PATH = '/v1/staff/reconciliations'


def start(new: NewReconciliation, *, by: Caller) -> ReconciliationCard:
    """The day of the legal entity's shop is being compared.

    Raises ReconciliationOfAllPlaces, DayNotOver, DayTooLongAgo, AccountNotFound, ReconciliationUnderWay.
    """
    _must_see_payments(by)
    if by.scope.places is not None:
        raise ReconciliationOfAllPlaces()
    now = clock.now()
    life.must_be_over(new.day, now, by.zoneinfo)
    account = billing.account(new.legal_entity_id, by=by)
    shop = ShopName(**account.model_dump(include=set(ShopName.model_fields)))
    job = life.begun(new_id(), by.organisation, shop, new.day, by.zoneinfo, now, Actor.of(by))
    event = said.ReconciliationStarted.of(job, now, Actor.of(by))
    dynamo.commit(*repository.starting(job, event))
    return _card(job, by)


def list_reconciliations(paging: Paging, *, by: Caller) -> Page[ReconciliationCard]:
    """One page of reconciliations, those started last first; none for who sees some buildings only."""
    _must_see_payments(by)
    if by.scope.places is not None:
        return Page(items=[])
    found = repository.list_reconciliations(by.organisation, paging)
    return found.shown_as(lambda job: _card(job, by))


def read(reconciliation_id: str, *, by: Caller) -> ReconciliationCard:
    """The reconciliation as it stands. Raises ReconciliationNotFound."""
    return _card(_read(reconciliation_id, by), by)


def list_differences(reconciliation_id: str, paging: Paging, *, by: Caller) -> Page[DifferenceView]:
    """One page of what it found so far. Raises ReconciliationNotFound."""
    found = repository.list_differences(_read(reconciliation_id, by), paging)
    return found.shown_as(
        lambda one: DifferenceView.of(one, texts.say(f'difference-{one.kind}', by.locale))
    )


def cancel(reconciliation_id: str, *, by: Caller) -> None:
    """The day is not compared any further. Raises ReconciliationNotFound, ReconciliationOver."""
    job = _read(reconciliation_id, by)
    dynamo.agree(job.version)
    if job.is_over:
        raise ReconciliationOver()
    now = clock.now()
    after = life.cancelled(job, now)
    event = said.ReconciliationCancelled.of(after, now, Actor.of(by))
    dynamo.commit(*repository.going_on(after, [event]))


def _read(reconciliation_id: str, by: Caller) -> Reconciliation:
    _must_see_payments(by)
    if by.scope.places is not None:
        raise ReconciliationNotFound()
    return dynamo.get(repository.reading(by.organisation, reconciliation_id))


def _must_see_payments(by: Caller) -> None:
    """A shop's day is all of its money, of the marketplace too (PAY-008); and of every building."""
    by.needs(Permission.PAYMENTS_VIEW)
    by.needs(Permission.PAYMENTS_MARKETPLACE)


def _card(job: Reconciliation, by: Caller) -> ReconciliationCard:
    path, failure = f'{PATH}/{job.id}', job.failure
    same = set(ReconciliationCard.model_fields) & set(Reconciliation.model_fields) - {'started_by', 'failure'}
    return ReconciliationCard(
        progress=life.progress(job),
        started_by=job.started_by.name or None,
        failure=failure
        and WhyFailed(code=failure, message=texts.say(f'reconciliation-failure-{failure}', by.locale)),
        links=ReconciliationLinks(reconciliation=path, differences=f'{path}/differences'),
        **job.shop.model_dump(),
        **job.model_dump(include=same),
    )
