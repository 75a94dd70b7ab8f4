"""The register for tests: what was announced of money is entered, as the queue would."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.billing.model.account import ShopName
from chalicelib.billing.model.provider import Method, ProviderCode
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.money import Money
from chalicelib.registers import repository, service
from chalicelib.registers.model.doors import NewReconciliation
from chalicelib.registers.model.entry import Entry, EntryKind, EntryState
from chalicelib.registers.model.reconciliation import Difference, DifferenceKind, Reconciliation
from chalicelib.registers.rules import life
from tests.conftest import NOON


def entry(number: int = 17, ordinal: int = 1, **changes: Any) -> Entry:
    """A payment of a request in the register; kept nowhere."""
    payment_id = f'{number}-1-{ordinal:026d}'
    fields = {
        'id': payment_id, 'organisation': 'demo', 'kind': EntryKind.PAYMENT, 'state': EntryState.PAID,
        'number': number, 'invoice_id': f'{number}-1', 'payment_id': payment_id,
        'legal_entity_id': 'company', 'provider': ProviderCode.YOOKASSA, 'shop_id': '100500',
        'method': Method.ANY, 'amount': Money(minor=125000), 'client_id': 'petrov',
        'client_name': 'Петров Пётр', 'building_id': 'b1', 'address': 'ул. Мира, 5',
        'offering_name': 'Замена крана', 'is_marketplace': False, 'created_at': NOON, 'ended_at': NOON,
        'version': 1, **changes,
    }  # fmt: skip
    return Entry(**fields)


def reconciliation(**changes: Any) -> Reconciliation:
    """A day of a shop that is being compared; kept nowhere."""
    shop = ShopName(legal_entity_id='company', provider=ProviderCode.YOOKASSA, shop_id='100500')
    made = life.begun('r', 'demo', shop, date(2026, 11, 17), ZoneInfo('Europe/Moscow'), NOON)
    return made.model_copy(update=changes)


def entered(organisation: str, *numbers: int) -> None:
    """The register shows the money of the requests."""
    for number in numbers:
        service.enter(organisation, number)


def started(legal_entity_id: str, day: date, by: Caller) -> str:
    """A day that is being compared; the id of that."""
    wanted = NewReconciliation(legal_entity_id=legal_entity_id, day=day)
    return service.start(wanted, by=by).id


def found(organisation: str, reconciliation_id: str, count: int) -> None:
    """So many payments were found that only the provider knows of."""
    job = dynamo.get(repository.reading(organisation, reconciliation_id))
    for place in range(count):
        kind, name = DifferenceKind.MISSING_HERE, f'there-{place}'
        repository.keep(job, Difference(kind=kind, thing=EntryKind.PAYMENT, external_id=name, found_at=NOON))
