"""Calls doors as any caller, the way API Gateway would."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from chalice import Chalice
from chalice.test import Client, HTTPResponse

from chalicelib.kit import http
from chalicelib.kit.caller import Caller

Call = Callable[..., HTTPResponse]

_OF_A_CALLER = 'token of a caller'


def gateway(doors: Iterable[http.Api]) -> Client:
    """A gateway with these doors and no others."""
    return _gateway(tuple(doors))


@cache
def _gateway(doors: tuple[http.Api, ...]) -> Client:
    # A blueprint can be registered once in a process: Chalice uses up what it was declared with.
    app = Chalice('test')
    for door in doors:
        app.register_blueprint(door)
    return Client(app)


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

    monkeypatch.setattr(http, '_authenticator', [judge])

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
