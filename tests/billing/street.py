"""Somebody who is not registered: an SMS with a link comes to him, he looks and pays."""

from dataclasses import dataclass, field
from typing import Any

from chalicelib.billing import service
from chalicelib.kit.money import Money
from chalicelib.kit.outbox import Delivered
from chalicelib.messaging.model import Message
from chalicelib.messaging.service import delivering
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Start
from chalicelib.requests.repository.rows import RequestRow
from infra.local.sms_centre import SmsCentre
from tests.billing.till import STAFF, Till
from tests.make import billing as make
from tests.make import prices as make_prices

INVOICES, PROGRAMS, PEOPLE = '/v1/staff/invoices', '/v1/public/invoices', '/i'
PHONE, OTHER, UNREACHABLE = '+79165550101', '+79165550102', '+79165550000'
BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'


@dataclass
class Street:
    """The till, an SMS centre, and what was given to be sent."""

    till: Till
    centre: SmsCentre
    given: list[Message] = field(default_factory=list)

    @property
    def shop(self) -> Any:
        """What is sold."""
        return self.till.shop

    def ordered(self, phone: str | None = PHONE, *, in_work: bool = True) -> int:
        """A request for him, in work."""
        number = self.shop.order_for_a_stranger(phone)
        if in_work:
            crew = (self.shop.house.crew[0].id,)
            start = Start(department_id=self.shop.house.plumbers, assignee_ids=crew)
            requests.start(number, start, by=self.shop.dispatcher)
        return int(number)

    def issued(self, phone: str | None = PHONE, **changes: Any) -> str:
        """An issued invoice of a request of his that is in work; its id."""
        return make.issued(self.ordered(phone), self.shop.dispatcher, self.shop.tap, **changes).id

    def previews(self, invoice_id: str, phone: str = '', by: Any = None) -> Any:
        """The window «Отправить СМС»."""
        query = f'?phone={phone.replace("+", "%2B")}' if phone else ''
        path = f'{INVOICES}/{invoice_id}/sms-estimate{query}'
        return self.till.call('GET', path, by=by or self.shop.dispatcher)

    def texts(self, invoice_id: str, body: Any = None, by: Any = None, **headers: str) -> Any:
        """The button «Отправить СМС»."""
        path = f'{INVOICES}/{invoice_id}/sms'
        return self.till.call('POST', path, body or {}, by=by or self.shop.dispatcher, **headers)

    def delivers(self, invoice_id: str) -> None:
        """The queues bring the SMS, twice as queues do."""
        for _ in range(2):
            self.till.follows(int(invoice_id.partition('-')[0]), 'InvoiceLinkTexted')
        self.delivered()

    def delivered(self) -> None:
        """Whatever was given to be sent is with the SMS centre."""
        for message in self.given:
            delivering.by_sms(message)

    def link(self, invoice_id: str) -> str:
        """The link as it came to his telephone."""
        assert self.texts(invoice_id).status_code == 202
        self.delivers(invoice_id)
        return self.read()

    def read(self) -> str:
        """The link in the last SMS."""
        return self.centre.sent[-1].text.rpartition('/i/')[2]

    def read_of(self, invoice_id: str) -> str:
        """The link in the SMS about the invoice; raises IndexError where none has come."""
        number = invoice_id.partition('-')[0]
        return [sms.text for sms in self.centre.sent if f'№ {number},' in sms.text][-1].rpartition('/i/')[2]

    def sees(self, link: str, **headers: str) -> Any:
        """What a program is told of the invoice."""
        return self.till.call('GET', f'{PROGRAMS}/{link}', **headers)

    def opens(self, link: str, more: str = '', **headers: str) -> Any:
        """The page in a browser."""
        return self.till.call('GET', f'{PEOPLE}/{link}{more}', accept=BROWSER, **headers)

    def pays(self, link: str, **how: Any) -> Any:
        """The answer to a program that wants to pay."""
        return self.till.call('POST', f'{PROGRAMS}/{link}/pay', how)

    def submits(self, link: str, form: bytes = b'method=card&email=') -> Any:
        """The answer to the form of the page."""
        kind = 'application/x-www-form-urlencoded'
        return self.till.call('POST', f'{PEOPLE}/{link}/pay', form, content_type=kind, accept=BROWSER)

    def paid(self, invoice_id: str) -> str:
        """He has paid by a link; the link."""
        link = self.link(invoice_id)
        assert self.pays(link).status_code == 201
        self.noticed(invoice_id)
        return link

    def noticed(self, invoice_id: str) -> None:
        """He pays on every open page of the provider, who tells of it."""
        number = int(invoice_id.partition('-')[0])
        for payment in self.till.ledger(number).payments:
            if payment.state.is_awaited:
                external_id = self.till.clicks(payment.id)
                assert self.till.notices('payment.succeeded', external_id).status_code == 204

    def card(self, invoice_id: str) -> dict[str, Any]:
        """The invoice as staff see it."""
        answer = self.till.call('GET', f'{INVOICES}/{invoice_id}', by=self.shop.dispatcher)
        return dict(answer.json_body)

    def history(self, number: int, kind: str) -> list[dict[str, Any]]:
        """The entries of that kind in the history of the request."""
        path = f'{STAFF}/{number}/history?limit=100'
        told = self.till.call('GET', path, by=self.shop.dispatcher).json_body['items']
        return [one['details'] for one in told if one['type'] == kind]

    def moves(self, invoice_id: str, move: str) -> None:
        """An employee withdraws, issues, marks paid …"""
        path = f'{INVOICES}/{invoice_id}/{move}'
        answer = self.till.call('POST', path, {}, by=self.shop.dispatcher)
        assert answer.status_code == 200, answer.json_body

    def sweeps(self) -> None:
        """The clock of money."""
        service.sweep()

    def follows_request(self, number: int, kind: str) -> None:
        """The queue brings the last event of that kind about the request."""
        rows = RequestRow.query(f'demo#{number}', RequestRow.sk.startswith('event#'))
        told = [Delivered.model_validate_json(row.body or '') for row in rows]
        service.follow([one for one in told if one.type == kind][-1])

    def renamed(self, name: str) -> Any:
        """Something that is sold under the name."""
        return make_prices.price(self.shop.entity, name=name, tariff=Money(minor=125000))
