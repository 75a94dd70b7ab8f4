"""Changing the money of a request by a rule, outside any call of a door: judged anew where it lost a race."""

from collections.abc import Callable, Sequence

from chalicelib.billing import repository
from chalicelib.billing.events import MoneyEvent
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.refusals import PaymentNotFound
from chalicelib.billing.rules import standing, telling
from chalicelib.kit import clock, dynamo
from chalicelib.kit.connection import pause
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

TRIES = 8

Judge = Callable[[Ledger, Request], Ledger]


def number_of(thing_id: str) -> int:
    """The request whose payment or repayment is named so. Raises PaymentNotFound for no such name."""
    number = thing_id.partition('-')[0]
    if not number.isascii() or not number.isdigit():
        raise PaymentNotFound()
    return int(number)


def changes(before: Ledger, after: Ledger, request: Request, by: Actor) -> list[Write]:
    """The money will be as `after`, told of as it differs, and the request labelled with it."""
    return written(before, after, telling.told(before, after, request, by, clock.now()), request, by)


def written(
    before: Ledger, after: Ledger, told: Sequence[MoneyEvent], request: Request, by: Actor
) -> list[Write]:
    """The money will be as `after`, with these events, and the request labelled with it."""
    return [
        *repository.saving(before, after, told),
        *requests.marking_paid(request, standing.of(after), by=by),
    ]


def change_now(organisation: str, number: int, judge: Judge, *more: Write) -> Ledger:
    """The money of the request is as the rule wants it, before this returns; `more` only if that is a change.

    Raises RequestNotFound, what the rule raises, and ChangedMeanwhile after TRIES lost races.
    """
    for attempt in range(TRIES):
        request = dynamo.get(requests.reading(organisation, number))
        before = repository.ledger(organisation, number)
        after = judge(before, request)
        if after == before:
            return before
        try:
            dynamo.send([*changes(before, after, request, SYSTEM), *more])
        except ChangedMeanwhile:
            pause(attempt)
        else:
            return after
    raise ChangedMeanwhile()
