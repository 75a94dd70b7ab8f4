"""What is paid online at a desk: a shop at the sandbox, nothing sealed, since there is no KMS here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.gateway import yookassa_wire
from chalicelib.billing.model.account import AccountInput
from chalicelib.catalogue import service as catalogue
from chalicelib.catalogue.model import NewOffering
from chalicelib.kit import clock, sealing
from infra.local.yookassa import YooKassa
from tests.billing.till import kopecks
from tests.engine.desk import ORGANISATION, Desk, Said, call
from tests.make import billing as make_billing
from tests.make import prices as make_prices
from tests.make import staff as make_staff


@dataclass
class Till:
    """What is paid online at this desk."""

    desk: Desk
    sandbox: YooKassa
    price: Any

    def invoice(self) -> str:
        """An issued invoice of a new request."""
        number = self.desk.create()
        return make_billing.issued(number, self.desk.dispatcher, self.price).id

    def pays(self, invoice_id: str, method: str = 'any') -> Said:
        """The resident begins to pay."""
        body = {'email': 'a@b.example', 'method': method}
        return call('POST', f'/v1/resident/invoices/{invoice_id}/pay', body, token=self.desk.resident_token)

    def clicks(self, number: int) -> None:
        """The resident pays on every page that is open."""
        for payment in repository.ledger(ORGANISATION, number).payments:
            self.sandbox.wish(pay={'payment': payment.external_id, 'card': '5555555555554444'})

    def held(self) -> int:
        """Kopecks that the provider holds."""
        stands = self.sandbox.wish()
        taken = sum(kopecks(one['amount']) for one in stands['payments'] if one['status'] == 'succeeded')
        return taken - sum(kopecks(one['amount']) for one in stands['refunds'])


@pytest.fixture
def till(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """A desk with a shop at the sandbox; nothing is sealed, since there is no KMS here."""
    monkeypatch.setattr(sealing, 'seal', lambda secret, **_: secret)
    monkeypatch.setattr(sealing, 'unseal', lambda sealed, **_: sealed)
    with YooKassa(now=lambda: clock.now().timestamp(), sends=False) as sandbox:
        monkeypatch.setenv('SANDBOX_YOOKASSA_URL', sandbox.api)
        yookassa_wire._client.cache_clear()
        entity = make_staff.legal_entity(ORGANISATION).id
        price = make_prices.price(entity, ORGANISATION)
        desk.offering = catalogue.create(
            NewOffering(
                name='Окна', assignees_max=4, department_id=desk.department, legal_entity_id=entity
            ),
            by=desk.dispatcher,
        ).id
        wanted = {'shop_id': '100500', 'secret_key': 'test_secret', 'return_url': 'https://app.example/'}
        service.configure(entity, AccountInput.model_validate(wanted), by=desk.dispatcher)
        yield Till(desk, sandbox, price)
    yookassa_wire._client.cache_clear()
