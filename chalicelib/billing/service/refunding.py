"""Money goes back: a client asks for it, employees decide, and the provider is asked by what follows."""

from collections.abc import Callable

from chalicelib.billing import repository
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refund import (
    ARRIVES_IN_DAYS,
    OwnRefund,
    OwnRefundBlock,
    Refund,
    RefundablePosition,
    RefundAction,
    RefundAsked,
    RefundCard,
    RefundInput,
    Rejection,
)
from chalicelib.billing.model.refusals import OnlyInCrm
from chalicelib.billing.rules import refunding
from chalicelib.billing.rules.refunding import Decision
from chalicelib.billing.service.keeping import changes
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff.model import Permission

Rule = Callable[[Ledger, Request, Decision], Ledger]


def refund(number: int, *, by: Caller) -> RefundCard:
    """The block «Возврат» of a request (REF-011). Raises RequestNotFound."""
    request = requests.seen(number, by=by)
    return _card(repository.ledger(by.organisation, number), request, by)


def make_refund(number: int, said: RefundInput, *, by: Caller) -> RefundCard:
    """Money goes back by the employee's own decision (F2, F8).

    Raises OnlyInCrm, AlreadyRefunded, RefundAsksForDecision, NothingToRefund, PositionUnknown, PositionTwice,
    RefundEmpty, RefundAboveLimit.
    """
    return _decided(number, by, lambda ledger, _, decision: refunding.made(ledger, said, decision))


def approve(number: int, said: RefundInput, *, by: Caller) -> RefundCard:
    """What the client asked for goes back, or what the employee says instead (F4).

    Raises OnlyInCrm, RefundNotFound, RefundMoveNotAllowed, RefundNeedsWork, and what lines are refused for.
    """
    return _decided(
        number, by, lambda ledger, request, decision: refunding.approved(ledger, request, said, decision)
    )


def reject(number: int, no: Rejection, *, by: Caller) -> RefundCard:
    """The client gets nothing back and reads why (F3).

    Raises OnlyInCrm, RefundNotFound, RefundMoveNotAllowed, RefundNeedsWork.
    """
    return _decided(
        number, by, lambda ledger, request, decision: refunding.rejected(ledger, request, no.reason, decision)
    )


def retry(number: int, *, by: Caller) -> RefundCard:
    """The provider is asked again for the refund that failed (F6).

    Raises OnlyInCrm, RefundNotFound, RefundMoveNotAllowed.
    """
    return _decided(number, by, lambda ledger, _, decision: refunding.retried(ledger, decision.now))


def own_refund(number: int, *, by: Caller) -> OwnRefundBlock:
    """What the client may know and do about his money (REF-021, REF-029). Raises RequestNotFound."""
    request = requests.find_own(number, by=by)
    return _own(repository.ledger(by.organisation, number), request)


def ask_back(number: int, wish: RefundAsked, *, by: Caller) -> OwnRefundBlock:
    """The client has asked for his money back (F1).

    Raises RequestNotFound, RefundNotOffered, AlreadyRefunded, SeveralInvoices, NothingToRefund, RefundEmpty,
    RefundAboveLimit.
    """
    request = requests.find_own(number, by=by)
    rule: Rule = lambda ledger, request, decision: refunding.asked(ledger, request, wish, decision)  # noqa: E731
    return _own(_saved(request, by, rule), request)


def _decided(number: int, by: Caller, rule: Rule) -> RefundCard:
    if by.client is not ClientKind.CRM:
        raise OnlyInCrm()
    request = requests.seen(number, by=by)
    return _card(_saved(request, by, rule), request, by)


def _saved(request: Request, by: Caller, rule: Rule) -> Ledger:
    before, actor = repository.ledger(by.organisation, request.number), Actor.of(by)
    after = rule(before, request, Decision(actor, clock.now(), new_id()))
    dynamo.commit(*changes(before, after, request, actor))
    return after


def _card(ledger: Ledger, request: Request, by: Caller) -> RefundCard:
    actions: tuple[RefundAction, ...] = ()
    if by.client is ClientKind.CRM and by.may(Permission.REFUNDS):
        actions = refunding.actions_open_to(ledger, request)
    positions = (
        RefundablePosition(
            invoice_id=invoice.id,
            position_id=one.id,
            name=one.name,
            tariff=one.tariff,
            quantity=one.quantity,
            paid=one.total,
        )
        for invoice in refunding.paid_online(ledger)
        for one in invoice.positions
    )
    return RefundCard(
        refund=ledger.refund, positions=tuple(positions), most=refunding.most(ledger), actions=actions
    )


def _own(ledger: Ledger, request: Request) -> OwnRefundBlock:
    shown = _shown(ledger.refund) if ledger.refund else None
    return OwnRefundBlock(
        refund=shown, may_ask=refunding.may_ask(ledger, request), most=refunding.most(ledger)
    )


def _shown(refund: Refund) -> OwnRefund:
    days = ARRIVES_IN_DAYS if refund.is_carried_out else None
    known = refund.model_dump(include=set(OwnRefund.model_fields))
    return OwnRefund(arrives_in_days=days, **known)
