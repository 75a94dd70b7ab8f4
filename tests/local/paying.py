"""A merchant of the sandbox «ЮKassa», and the people who pay on its page."""

import uuid
from types import TracebackType
from typing import Any, Self

import httpx

from infra.local.yookassa import YooKassa

SHOP, SECRET = '100500', 'test_pa55'
HOUR, DAY = 3600, 86400


class Watch:
    """A clock that a test winds."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


def asked(**changes: Any) -> dict[str, Any]:
    """What a merchant asks for; a change to None leaves the parameter out."""
    line = {
        'description': 'Вызов сантехника', 'quantity': '1.000',
        'amount': {'value': '1250.00', 'currency': 'RUB'},
        'vat_code': 1, 'payment_subject': 'service', 'payment_mode': 'full_payment', 'measure': 'piece',
    }  # fmt: skip
    usual = {
        'amount': {'value': '1250.00', 'currency': 'RUB'},
        'capture': True,
        'confirmation': {'type': 'redirect', 'return_url': 'https://app.example/paid'},
        'receipt': {'customer': {'email': 'resident@example.ru'}, 'items': [line]},
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


class Merchant:
    """Calls the API with the shop's key, and the page as its clients do."""

    def __init__(self, yookassa: YooKassa) -> None:
        self.url, self.api = yookassa.url, yookassa.api
        self._client = httpx.Client(auth=(SHOP, SECRET), timeout=10)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, path: str, **query: str) -> httpx.Response:
        return self._client.get(self.api + path, params=query)

    def post(self, path: str, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        chosen = uuid.uuid4().hex if key is None else key
        return self._client.post(self.api + path, json=body, headers={'Idempotence-Key': chosen})

    def choose(self, payment: str, **form: str) -> httpx.Response:
        """What the page answers to a person who presses a button."""
        return self._client.post(f'{self.url}/checkout/{payment}', data=form)

    def choose_in_cabinet(self, **form: str) -> httpx.Response:
        """What the cabinet answers to a button."""
        return self._client.post(f'{self.url}/', data=form)

    def pay(self, body: dict[str, Any], card: str, key: str | None = None) -> dict[str, Any]:
        """The payment after the person gave the card."""
        made = self.post('/payments', body, key).json()
        self.choose(made['id'], card=card)
        told: dict[str, Any] = self.get(f'/payments/{made["id"]}').json()
        return told
