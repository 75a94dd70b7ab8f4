"""The register for tests: what was announced of money is entered, as the queue would."""

from typing import Any

from chalicelib.billing.model.provider import Method, ProviderCode
from chalicelib.kit.money import Money
from chalicelib.registers import service
from chalicelib.registers.model.entry import Entry, EntryKind, EntryState
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


def entered(organisation: str, *numbers: int) -> None:
    """The register shows the money of the requests."""
    for number in numbers:
        service.enter(organisation, number)
