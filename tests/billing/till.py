"""A legal entity that is paid online at the sandbox, and what its clients and employees do there."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from chalicelib.billing import repository, service
from chalicelib.billing.model.ledger import Ledger
from chalicelib.kit.caller import Caller, ClientKind
from chalicelib.kit.outbox import Delivered
from chalicelib.staff.model import Permission
from infra.local.yookassa import YooKassa
from infra.local.yookassa.refusal import Refused
from tests.make import billing as make

SECRET, SHOP_ID, EMAIL = 'test_pa55word', '100500', 'resident@example.ru'
GOOD, POOR = '5555555555554444', '5555555555554600'
SETTINGS, OWN_INVOICES = '/v1/staff/settings/payments', '/v1/resident/invoices'
OWN_PAYMENTS, CARDS = '/v1/resident/payments', '/v1/resident/cards'
STAFF, OWN = '/v1/staff/requests', '/v1/resident/requests'


class Seen(NamedTuple):
    """A payment as the provider has it: `open`, `taken` or `over`."""

    id: str
    attempt_id: str
    status: str
    minor: int


class Sent(NamedTuple):
    """A refund as the provider has it: `pending`, `sent` or `over`."""

    id: str
    minor: int
    status: str


@dataclass
class Till:
    """The sandbox, the shop in front of it, and the doors."""

    FAULTS = ('lost', '500', 'broken', 'garbage', 'hang_up', '429')

    sandbox: YooKassa
    shop: Any
    call: Any
    hook: str = ''

    @property
    def accountant(self) -> Caller:
        """Who may refund and set the shop, in the CRM."""
        may = {*self.shop.dispatcher.permissions, Permission.REFUNDS, Permission.SETTINGS_EDIT}
        return replace(self.shop.dispatcher, permissions=frozenset(may), client=ClientKind.CRM)

    @property
    def neighbour(self) -> Caller:
        """Another client, whose none of this is."""
        return replace(self.shop.resident, id=self.shop.house.neighbour)

    def opens(self, **changes: Any) -> dict[str, Any]:
        """The legal entity has its shop."""
        body = {
            'shop_id': SHOP_ID, 'secret_key': SECRET, 'return_url': 'https://app.example/paid', **changes,
        }  # fmt: skip
        answer = self.call('PUT', f'{SETTINGS}/{self.shop.entity}', body, by=self.accountant)
        assert answer.status_code == 200, answer.json_body
        self.hook = answer.json_body['hook_path']
        return dict(answer.json_body)

    def issued(self, number: int, *prices: Any, **changes: Any) -> str:
        """An issued invoice with a unit of each of the prices; its id."""
        return make.issued(number, self.shop.dispatcher, *prices or (self.shop.tap,), **changes).id

    def asks(self, invoice_id: str, **how: Any) -> Any:
        """The client's answer to his wish to pay."""
        body = {'email': EMAIL, **how}
        return self.call('POST', f'{OWN_INVOICES}/{invoice_id}/pay', body, by=self.shop.resident)

    def begins(self, invoice_id: str, **how: Any) -> dict[str, Any]:
        """A payment the client may go and pay."""
        answer = self.asks(invoice_id, **how)
        assert answer.status_code == 201, answer.json_body
        return dict(answer.json_body)

    def external(self, payment_id: str) -> str:
        """By what the provider knows the payment."""
        ledger = self.ledger(int(payment_id.partition('-')[0]))
        return str(ledger.payment(payment_id).external_id)

    def clicks(self, payment_id: str, card: str = GOOD, *, keep: bool = True) -> str:
        """The client pays on the page; by what the provider knows the payment. No notice has come yet."""
        external_id = self.external(payment_id)
        self.sandbox.wish(pay={'payment': external_id, 'card': card, 'keep': keep})
        return external_id

    def notices(self, event: str, external_id: str, path: str = '') -> Any:
        """The answer to a notice of the provider."""
        body = {'type': 'notification', 'event': event, 'object': {'id': external_id}}
        return self.call('POST', path or self.hook, body)

    def paid(self, number: int, *prices: Any, **changes: Any) -> str:
        """An invoice that the client has paid; its id."""
        invoice_id = self.issued(number, *prices, **changes)
        external_id = self.clicks(self.begins(invoice_id)['id'])
        assert self.notices('payment.succeeded', external_id).status_code == 204
        return invoice_id

    def ledger(self, number: int) -> Ledger:
        """All money of the request."""
        return repository.ledger('demo', number)

    def reads(self, payment_id: str) -> dict[str, Any]:
        """The client's payment, as he sees it."""
        return dict(self.call('GET', f'{OWN_PAYMENTS}/{payment_id}', by=self.shop.resident).json_body)

    def held(self, number: int | None = None) -> int:
        """Kopecks that the provider holds for the shop, or of one request."""
        taken = sum(one.minor for one in self.seen(number) if one.status == 'taken')
        return taken - sum(one.minor for one in self.sent(number) if one.status == 'sent')

    # -- what any provider can be made to do, and how he stands -------------------------------------

    def seen(self, number: int | None = None) -> list[Seen]:
        """The payments the provider has, or those of one request."""
        states = {'pending': 'open', 'succeeded': 'taken'}
        found = [
            Seen(one['id'], one['metadata']['attempt_id'], states.get(one['status'], 'over'),
                 kopecks(one['amount']))
            for one in self.sandbox.wish()['payments']
        ]  # fmt: skip
        return [one for one in found if number is None or one.attempt_id.startswith(f'{number}-')]

    def sent(self, number: int | None = None) -> list[Sent]:
        """The refunds the provider has, or those of one request."""
        ids = {one.id for one in self.seen(number)}
        states = {'pending': 'pending', 'succeeded': 'sent'}
        return [
            Sent(one['id'], kopecks(one['amount']), states.get(one['status'], 'over'))
            for one in self.sandbox.wish()['refunds']
            if one['payment_id'] in ids
        ]

    def chooses(self, external_id: str, *, is_poor: bool = False) -> None:
        """The client pays on a page, if it is open yet."""
        with contextlib.suppress(Refused):
            self.sandbox.wish(pay={'payment': external_id, 'card': POOR if is_poor else GOOD})

    def notices_of(self, number: int, place: int) -> None:
        """The provider tells of a payment and of a refund of the request, true or not."""
        for one in chosen(self.seen(number), place):
            self.notices(('payment.succeeded', 'payment.canceled')[place % 2], one.id)
        for one in chosen(self.sent(number), place):
            self.notices('refund.succeeded', one.id)

    def settles(self, refund_id: str, *, is_sent: bool) -> None:
        """A refund under way has ended."""
        status = 'succeeded' if is_sent else 'canceled'
        self.sandbox.wish(refund={'refund': refund_id, 'status': status, 'reason': 'general_decline'})

    def refunds_are(self, way: str) -> None:
        """From now on refunds are `sent` at once, `pending` or `refused`."""
        ways = {'sent': 'succeeded', 'pending': 'pending', 'refused': 'canceled'}
        self.sandbox.wish(shop={'id': SHOP_ID, 'refunds': ways[way]})

    def fails(self, place: int) -> None:
        """The next call that pays or pays back goes wrong."""
        path = ('/payments', '/refunds')[place % 2]
        self.sandbox.wish(fail={'how': self.FAULTS[place % len(self.FAULTS)], 'path': path})

    def mends(self) -> None:
        """Nothing goes wrong any more."""
        self.sandbox.wish(fail=None)
        self.refunds_are('sent')

    def refunds(self, number: int, action: str = '', body: Any = None, by: Caller | None = None) -> Any:
        """The answer to what an employee does about a refund."""
        path = f'{STAFF}/{number}/refund' + (f'/{action}' if action else '')
        wanted = {'reason': 'Работа не сделана'} if body is None else body
        return self.call('POST', path, wanted, by=by or self.accountant)

    def follows(self, number: int, kind: str) -> None:
        """The queue brings the last event of that kind about the money of the request."""
        rows = repository.MoneyRow.query(f'demo#{number}#money')
        told = [Delivered.model_validate_json(row.body or '') for row in rows]
        self.brings([one for one in told if one.type == kind][-1])

    def brings(self, delivered: Delivered) -> None:
        """The queue brings the event; a machine it starts comes to where money is sent back."""
        if delivered.type in ('RefundApproved', 'RefundRetried'):
            service.send_back(delivered.event['organisation'], delivered.event['number'])
        else:
            service.follow(delivered)


def chosen(ones: list[Any], place: int) -> Iterator[Any]:
    """One of them, if there are any."""
    if ones:
        yield ones[place % len(ones)]


def kopecks(amount: dict[str, str]) -> int:
    """An amount as the provider writes it, in kopecks."""
    roubles, _, rest = amount['value'].partition('.')
    return int(roubles) * 100 + int(rest)
