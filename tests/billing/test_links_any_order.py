"""Links, in any order with all that may happen to an invoice: one at most is alive, the money stays right."""

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.billing import service
from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.billing.rules import linking
from chalicelib.billing.service.addressing import words_of
from chalicelib.catalogue.model import AutomaticRefund
from tests.billing.street import Street
from tests.billing.test_any_order import STEPS, Story, _usual, played
from tests.billing.till import chosen
from tests.make import billing as make
from tests.make import catalogue as make_catalogue

NUMBERS = itertools.count(1)
"""Of telephones and networks: none is ever held up for another."""
PAYABLE = {201, 409, 422, 429, 503}


class LinkStory(Story):
    """One request of somebody who is not registered, and the links that were sent to him."""

    def __init__(self, street: Street, time: Any, number: int) -> None:
        super().__init__(street.till, time, number)
        self.street, self.links = street, dict[str, int]()

    @property
    def invoice_id(self) -> str:
        """There is one, and no additional ones (SMS-010)."""
        return f'{self.number}-1'

    def text(self, _: int) -> None:
        invoice = self.till.ledger(self.number).invoice(self.invoice_id)
        place = next(NUMBERS)
        phone = f'+79167{place // 999:03d}{place % 999 + 1:03d}'
        answer = self.street.texts(self.invoice_id, {'phone': phone})
        assert (answer.status_code == 202) <= (invoice.status is InvoiceStatus.ISSUED)
        if answer.status_code == 202:
            self.links[words_of(linking.link_of(invoice, 'demo'))] = invoice.turn

    def pay(self, place: int) -> None:
        turn = self.till.ledger(self.number).invoice(self.invoice_id).turn
        for link in chosen(list(self.links), place):
            answer = self.street.pays(link, method=('any', 'card', 'sbp')[place % 3])
            assert answer.status_code in PAYABLE, answer.json_body
            if answer.status_code == 201:
                assert self.links[link] == turn

    def holds(self) -> None:
        super().holds()
        ledger = self.till.ledger(self.number)
        assert len(ledger.invoices) == 1
        [invoice] = ledger.invoices
        for link, turn in self.links.items():
            source_ip = f'10.{next(NUMBERS) // 250 % 250}.{next(NUMBERS) % 250}.1'
            seen = service.linked_invoice(link, source_ip=source_ip)
            is_present = turn == invoice.turn
            is_over = invoice.status is InvoiceStatus.ANNULLED and not invoice.refunded
            assert (seen.status == 'closed') is (not is_present or is_over)
            assert seen.may_pay is (is_present and invoice.status is InvoiceStatus.ISSUED)
        assert len([one for one, turn in self.links.items() if turn == invoice.turn]) <= 1


DEEDS = st.sampled_from(
    ['issue', 'issue', 'withdraw', 'mark_paid', 'make_unpaid', 'text', 'text', 'text', 'pay', 'pay', 'pay',
     'click', 'click', 'click', 'notice', 'notice', 'settle_refund', 'refund', 'refund', 'draw', 'start',
     'cancel', 'fault', 'sweep', 'sweep', 'follow', 'follow'],
)  # fmt: skip
STORIES = st.lists(st.tuples(DEEDS, st.integers(0, 59)), min_size=STEPS, max_size=STEPS)


@pytest.fixture
def story(street, time):
    """A new story of a request that is in work, with an issued invoice."""
    street.centre.set_balance('uk', '100000')
    offerings = [
        make_catalogue.offering(
            name=f'Услуга {option}', legal_entity_id=street.till.shop.entity, assignees_max=4,
            department_id=street.till.shop.house.plumbers, automatic_refund=option,
        ).id
        for option in AutomaticRefund
    ]  # fmt: skip

    def begin(option: int) -> LinkStory:
        street.till.shop.offering = offerings[option]
        number = street.ordered()
        make.issued(number, street.shop.dispatcher, street.shop.tap)
        return LinkStory(street, time, number)

    return begin


@pytest.mark.proves('SMS-009', 'SMS-010', 'SMS-011', 'AMB-60', 'PAY-012')
@settings(max_examples=200 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_any_order_one_link_at_most_is_alive_and_the_money_is_right(story, option, deeds):
    played(story, option, deeds)


@pytest.mark.slow
@settings(max_examples=5_000 // STEPS, **_usual)
@given(option=st.integers(0, 2), deeds=STORIES)
def test_in_very_many_orders_one_link_at_most_is_alive_and_the_money_is_right(story, option, deeds):
    played(story, option, deeds)
