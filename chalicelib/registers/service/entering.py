"""What becomes of payments is entered, however often and in whatever order it is told.

An event says only whose ledger to look at: the entries are made from the ledger as it is then, and an entry
of an older ledger never takes the place of one of a newer.
"""

from collections.abc import Iterator

from chalicelib.billing import service as billing
from chalicelib.billing.events import MoneyEvent
from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import OfferingNotFound, PaymentTime
from chalicelib.kit import dynamo
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import repository
from chalicelib.registers.rules import entering
from chalicelib.registers.service.reconciling import know
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

AT_ONCE = 50
"""Entries of one transaction."""


def follow(delivered: Delivered) -> None:
    """The register shows the money of the request that the event is about."""
    event = MoneyEvent.model_validate(delivered.event)
    enter(event.organisation, event.number)


def enter(organisation: str, number: int) -> int:
    """The register shows the payments of the request as they are now; how many entries that changed.

    Those of which money went back elsewhere are looked at again with the day on which that was heard.
    Raises RequestNotFound, and ChangedMeanwhile where another hand was faster.
    """
    ledger = billing.money(organisation, number)
    known = repository.entries(organisation, number)
    request = dynamo.get(requests.reading(organisation, number))
    # Whether it was of the marketplace is asked once; afterwards it stands in the entries.
    is_marketplace = known[0].is_marketplace if known else _is_of_marketplace(request)
    now = entering.entries(ledger, request, is_marketplace=is_marketplace)
    changed = [repository.entering(one) for one in entering.changed(now, known)]
    elsewhere = (write for one in ledger.payments for write in repository.returned(one, organisation))
    writes = [*changed, *elsewhere]
    for start in range(0, len(writes), AT_ONCE):
        dynamo.send(writes[start : start + AT_ONCE])
    return len(changed)


def rebuild(organisation: str) -> Iterator[int]:
    """The register shows the payments of every request, whatever was lost; tells each number then.

    The shops that were paid in are compared every night.
    """
    shops: set[tuple[str, str, str]] = set()
    for request in requests.everything(organisation):
        enter(organisation, request.number)
        for entry in repository.entries(organisation, request.number):
            shops.add((entry.legal_entity_id, entry.provider, entry.shop_id))
        yield request.number
    for legal_entity_id, provider, shop_id in sorted(shops):
        know(
            organisation,
            ShopName(legal_entity_id=legal_entity_id, provider=ProviderCode(provider), shop_id=shop_id),
        )


def _is_of_marketplace(request: Request) -> bool:
    """Whether its offering is a paid one of the catalogue (PAY-001, PAY-008)."""
    try:
        offering = catalogue.get(request.organisation, request.terms.offering_id)
    except OfferingNotFound:
        return False
    return offering.payment is not PaymentTime.FREE
