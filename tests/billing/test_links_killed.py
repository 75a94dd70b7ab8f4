"""The process dies right after each write, each call of the provider and each SMS given to be sent.

After that one SMS has come, its link leads to the invoice, and the money is paid and goes back once.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from chalicelib.billing.repository import links
from chalicelib.kit.errors import DomainError
from chalicelib.messaging import service as messaging
from tests.billing.conftest import told_of
from tests.billing.street import Street
from tests.billing.test_killed import Death, Steps, is_right, lived, mortal, pays, swept


@contextmanager
def mortal_street(monkeypatch: pytest.MonkeyPatch, death: Death) -> Iterator[None]:
    """Inside the block it may come after a link was kept or an SMS given to be sent, too."""
    keep, send = links.write_now, messaging.send

    def keeping(*row: Any) -> None:
        keep(*row)
        death.done('keep')

    def sending(*given: Any) -> None:
        send(*given)
        death.done('sms')

    with mortal(monkeypatch, death), monkeypatch.context() as patch:
        patch.setattr(links, 'write_now', keeping)
        patch.setattr(messaging, 'send', sending)
        yield


def paid_by_a_link(street: Street, invoice_id: str) -> Steps:
    """An SMS is sent, its link followed, the invoice paid and refunded; true where somebody does it again."""
    till, number = street.till, int(invoice_id.partition('-')[0])
    return [
        (lambda: street.texts(invoice_id, idempotency_key=invoice_id), True),
        (lambda: till.follows(number, 'InvoiceLinkTexted'), False),
        (lambda: street.delivered(), True),
        (lambda: street.pays(street.read_of(invoice_id)), True),
        (lambda: pays(till, number), True),
        (lambda: till.notices_of(number, 0), False),
        (lambda: till.refunds(number), True),
        (lambda: till.follows(number, 'RefundApproved'), False),
    ]


def phone(number: int) -> str:
    """A telephone of each request's own: no SMS waits for another."""
    return f'+7916777{number:04d}'


@pytest.mark.proves('SMS-008', 'SMS-009')
@pytest.mark.parametrize('comes_again', [True, False], ids=['all-come-again', 'only-queues-and-the-clock'])
def test_after_any_death_one_sms_came_and_the_money_is_right(street, time, monkeypatch, comes_again):
    till, whole = street.till, Death(after=0)
    with mortal_street(monkeypatch, whole):
        lived(till, time, paid_by_a_link(street, street.issued(phone(9000))), comes_again=True)
    assert {'write', 'keep', 'sms', 'POST payments', 'GET payments', 'POST refunds'} <= set(whole.deeds)
    for after in range(1, len(whole.deeds) + 1):
        invoice_id = street.issued(phone(after))
        number, before = int(invoice_id.partition('-')[0]), len(street.centre.sent)
        with mortal_street(monkeypatch, Death(after)):
            lived(till, time, paid_by_a_link(street, invoice_id), comes_again)
        # The queue brings again what was not acknowledged.
        with suppress(DomainError):
            till.follows(number, 'InvoiceLinkTexted')
        street.delivered()
        swept(till, time, number)
        when = f'death after {after}: {whole.deeds[after - 1]}'
        assert len(street.centre.sent) == before + 1, when
        if not till.ledger(number).payments:
            street.pays(street.read_of(invoice_id))  # the SMS came late, and he pays when it has come
            pays(till, number)
            swept(till, time, number)
        if till.ledger(number).refund is None:
            till.refunds(number)
            swept(till, time, number)
        is_right(till, number, when)
        assert [kind for kind, _ in told_of(number)].count('InvoiceLinkTexted') == 1, when
