"""Calls doors as any caller, the way API Gateway would."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from chalice import Chalice
from chalice.test import Client, HTTPResponse

from chalicelib.kit import calls, http
from chalicelib.kit.caller import Caller

Call = Callable[..., HTTPResponse]

_OF_A_CALLER = 'token of a caller'


class _Borrowing(Chalice):
    """An application that has its doors only while it is called.

    A door asks the application that registered it last for what came in: the whole application, or another
    gateway of the tests, would be told nothing any more.
    """

    def __init__(self, doors: tuple[http.Api, ...]) -> None:
        super().__init__('test')
        self._doors = doors
        with self._borrowed():
            for door in doors:
                self.register_blueprint(door)

    def __call__(self, event: Any, context: Any) -> Any:
        with self._borrowed():
            return super().__call__(event, context)

    @contextmanager
    def _borrowed(self) -> Iterator[None]:
        owners = [door._current_app for door in self._doors]
        try:
            for door in self._doors:
                door._current_app = self
            yield
        finally:
            for door, owner in zip(self._doors, owners, strict=True):
                door._current_app = owner


def gateway(doors: Iterable[http.Api]) -> Client:
    """A gateway with these doors and no others."""
    return _gateway(tuple(doors))


@cache
def _gateway(doors: tuple[http.Api, ...]) -> Client:
    return Client(_Borrowing(doors))


def opening(
    doors: Iterable[http.Api] | Client,
    monkeypatch: Any,
    *,
    usual: Callable[[], Caller] | None = None,
    authenticate: Callable[[str], Caller] | None = None,
) -> Call:
    """`call(method, path, body, by=caller, header_name=value)` on these doors.

    `by` is a caller, or a token that `authenticate` judges; left out, it is the `usual` caller or nobody.
    A body of bytes is sent as it is, any other as JSON.
    """
    client = doors if isinstance(doors, Client) else gateway(doors)
    present: dict[str, Caller] = {}

    def judge(token: str) -> Caller:
        if token == _OF_A_CALLER:
            return present['caller']
        assert authenticate is not None, 'this call is for callers, not for tokens'
        return authenticate(token)

    monkeypatch.setattr(calls, '_authenticator', [judge])

    def call(
        method: str, path: str, body: Any = None, *, by: Caller | str | None = None, **headers: str
    ) -> HTTPResponse:
        caller = usual() if by is None and usual else by
        sent = {'content-type': 'application/json'}
        if isinstance(caller, Caller):
            present['caller'] = caller
        if caller is not None:
            sent['authorization'] = f'Bearer {_OF_A_CALLER if isinstance(caller, Caller) else caller}'
        sent |= {name.replace('_', '-'): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes) else b'' if body is None else json.dumps(body).encode()
        return client.http.request(method, path, headers=sent, body=raw)

    return call
