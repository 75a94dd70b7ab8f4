"""A day of a shop, and the morning after it, when the clock compares it with what the provider has."""

from dataclasses import dataclass, replace
from typing import Any

from chalicelib.billing.gateway import provider_for
from chalicelib.billing.model.provider import NewPayment, NewRefund, PaymentSnapshot, ProviderCode
from chalicelib.kit.caller import Caller
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Delivered
from chalicelib.registers import service, workers
from chalicelib.registers.repository import RegisterRow
from chalicelib.staff.model import Permission
from tests.billing.till import GOOD, SECRET, SHOP_ID, Till
from tests.make import notifications as make_notifications
from tests.make import registers as make

RECONCILIATIONS = '/v1/staff/reconciliations'
DAY = '2026-11-23'


@dataclass
class Morning:
    """What the tests of reconciliations do."""

    till: Till
    time: Any

    @property
    def accountant(self) -> Caller:
        """Who sees all payments, those of the marketplace too."""
        may = {Permission.PAYMENTS_VIEW, Permission.PAYMENTS_MARKETPLACE}
        return replace(self.till.shop.dispatcher, permissions=frozenset(may))

    def paid(self, number: int) -> str:
        """A payment that is known to be paid; its id."""
        self.till.paid(number)
        make.entered('demo', number)
        return self.till.ledger(number).payments[-1].id

    def refunded(self, number: int) -> str:
        """A payment that was paid and went back; its id."""
        payment_id = self.paid(number)
        self.till.refunds(number)
        self.till.follows(number, 'RefundApproved')
        make.entered('demo', number)
        return payment_id

    def knows_the_shop(self, shop_id: str = SHOP_ID, provider: str = 'yookassa') -> None:
        """The queue brings that the legal entity is paid through its shop."""
        told = {
            'organisation': 'demo', 'at': '2026-11-23T09:00:00.000Z', 'by': {'kind': 'system'},
            'legal_entity_id': self.till.shop.entity, 'provider': provider, 'shop_id': shop_id,
        }  # fmt: skip
        delivered = Delivered(id='x', type='PaymentAccountChanged', event=told)
        assert workers.enter(make_notifications.payload(delivered), None) == {'batchItemFailures': []}

    def comes(self) -> None:
        """It is four in the morning of the next day, and the clock has struck."""
        self.time.advance(hours=16)
        self.till.sandbox.tick()
        service.sweep()

    def works(self) -> None:
        """The queue brings what was announced of reconciliations."""
        for delivered in announced():
            if delivered.type in ('ReconciliationStarted', 'ReconciliationHandedOn'):
                answer = workers.reconcile(make_notifications.payload(delivered), None)
                assert answer == {'batchItemFailures': []}

    def compared(self) -> dict[str, Any]:
        """The night's reconciliation, when it is done."""
        self.comes()
        self.works()
        return self.card()

    def card(self) -> dict[str, Any]:
        """The last reconciliation."""
        answer = self.till.call('GET', RECONCILIATIONS, by=self.accountant)
        assert answer.status_code == 200, answer.json_body
        return dict(answer.json_body['items'][0])

    def found(self) -> list[dict[str, Any]]:
        """What it found."""
        path = self.card()['links']['differences']
        return list(self.till.call('GET', path, by=self.accountant).json_body['items'])

    def alone(
        self, attempt: str = 'elsewhere-1', minor: int = 99900, *, is_paid: bool = True
    ) -> PaymentSnapshot:
        """A payment that another program made in the same shop."""
        provider = provider_for(ProviderCode.YOOKASSA, SHOP_ID, SECRET)
        self.till.sandbox.wish(shop={'id': SHOP_ID, 'fiscalization': False})
        made = provider.create_payment(
            NewPayment(
                attempt_id=attempt,
                amount=Money(minor=minor),
                description='Касса',
                return_url='https://app.example/',
            )
        )
        if is_paid:
            self.till.sandbox.wish(pay={'payment': made.external_id, 'card': GOOD})
        return made

    def sends_back_by_hand(self, external_id: str, minor: int = 125000) -> None:
        """Somebody returns all of it in the cabinet of the provider."""
        provider = provider_for(ProviderCode.YOOKASSA, SHOP_ID, SECRET)
        provider.refund(
            NewRefund(
                refund_id='by-hand',
                external_id=external_id,
                amount=Money(minor=minor),
                is_full=True,
                description='Вручную',
            )
        )


def announced() -> list[Delivered]:
    """All that was announced of reconciliations, by its time."""
    rows = [row for row in RegisterRow.scan(consistent_read=True) if str(row.sk).startswith('event#')]
    told = [Delivered.model_validate_json(row.body or '') for row in rows]
    return sorted(told, key=lambda one: (one.event['at'], one.id))


def kinds() -> list[str]:
    """What kinds of news there were of reconciliations."""
    return [one.type for one in announced()]
