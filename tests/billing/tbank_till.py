"""A legal entity that is paid online at the sandbox of T-Bank."""

import contextlib
import json
from typing import Any

from infra.local.tbank.refusal import Refused
from tests.billing.tbank import GOOD, PASSWORD, TERMINAL
from tests.billing.till import Seen, Sent, Till, chosen

POOR = '4000000000000119'


class TBankTill(Till):
    """The terminal, the shop in front of it, and the doors."""

    FAULTS = ('lost', '500', 'broken', 'garbage', 'hang_up', '429', 'busy', 'unsure')

    def opens(self, **changes: Any) -> dict[str, Any]:
        """The legal entity has its terminal, whose notices wait in the sandbox."""
        wanted = {
            'provider': 'tbank', 'shop_id': TERMINAL, 'secret_key': PASSWORD, 'tax_system': 'income',
            **changes,
        }  # fmt: skip
        told = super().opens(**wanted)
        here = 'http://127.0.0.1:9/hook'
        self.sandbox.wish(shop={'id': wanted['shop_id'], 'notification_url': here, 'refunds': 'succeeded'})
        return told

    def clicks(self, payment_id: str, card: str = GOOD, *, keep: bool = True) -> str:
        """The client pays on the page; by what the bank knows the payment. No notice has come yet."""
        external_id = self.external(payment_id)
        self.sandbox.wish(pay={'payment': external_id, 'card': card})
        return external_id

    def noticed(self, status: str, external_id: str) -> dict[str, Any]:
        """The last notice of the bank that the payment has that status."""
        bodies = [one['body'] for one in self.sandbox.wish()['notices']]
        return next(
            one for one in bodies[::-1] if (one['Status'], str(one['PaymentId'])) == (status, external_id)
        )

    def notices(self, event: str, external_id: str, path: str = '') -> Any:
        """The answer to the notice of the bank."""
        return self.posts(self.noticed(event, external_id), path)

    def posts(self, notice: dict[str, Any], path: str = '') -> Any:
        """The answer to such a notice."""
        return self.call('POST', path or self.hook, json.dumps(notice).encode())

    def paid(self, number: int, *prices: Any, **changes: Any) -> str:
        """An invoice that the client has paid; its id."""
        invoice_id = self.issued(number, *prices, **changes)
        external_id = self.clicks(self.begins(invoice_id)['id'])
        assert self.notices('CONFIRMED', external_id).body == b'OK'
        return invoice_id

    def seen(self, number: int | None = None) -> list[Seen]:
        """The payments the bank has, or those of one request."""
        found = [
            Seen(one['id'], one['order'], _status(one['status']), one['amount'])
            for one in self.sandbox.wish()['payments']
        ]
        return [one for one in found if number is None or one.attempt_id.startswith(f'{number}-')]

    def sent(self, number: int | None = None) -> list[Sent]:
        """The refunds the bank has, or those of one request."""
        ids, states = {one.id for one in self.seen(number)}, {'succeeded': 'sent', 'pending': 'pending'}
        return [
            Sent(one['id'], one['amount'], states.get(one['status'], 'over'))
            for one in self.sandbox.wish()['refunds']
            if one['payment'] in ids
        ]

    def chooses(self, external_id: str, *, is_poor: bool = False) -> None:
        """The client pays on a page, if it is open yet."""
        with contextlib.suppress(Refused):
            self.sandbox.wish(pay={'payment': external_id, 'card': POOR if is_poor else GOOD})

    def notices_of(self, number: int, place: int) -> None:
        """The bank tells again something that it has told of the request."""
        told = [one['body'] for one in self.sandbox.wish()['notices']]
        for notice in chosen([one for one in told if one['OrderId'].startswith(f'{number}-')], place):
            self.posts(notice)

    def settles(self, refund_id: str, *, is_sent: bool) -> None:
        """A refund under way has ended."""
        self.sandbox.wish(refund={'refund': refund_id, 'status': 'succeeded' if is_sent else 'refused'})

    def refunds_are(self, way: str) -> None:
        """From now on refunds are `sent` at once, `pending` or `refused`."""
        ways = {'sent': 'succeeded', 'pending': 'pending', 'refused': 'refused'}
        self.sandbox.wish(shop={'id': TERMINAL, 'refunds': ways[way]})

    def fails(self, place: int) -> None:
        """The next call that pays or pays back goes wrong."""
        path = ('/v2/Init', '/v2/Cancel', '/v2/Charge', '/v2/GetState')[place % 4]
        self.sandbox.wish(fail={'how': self.FAULTS[place % len(self.FAULTS)], 'path': path})


def _status(status: str) -> str:
    if status in ('NEW', 'FORM_SHOWED', '3DS_CHECKING'):
        return 'open'
    return 'taken' if status in ('CONFIRMED', 'REFUNDED', 'PARTIAL_REFUNDED', 'ASYNC_REFUNDING') else 'over'
