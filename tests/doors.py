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


@cache
def _client(doors: tuple[http.Api, ...]) -> Client:
    app = Chalice('test')
    for door in doors:
        app.register_blueprint(door)
    return Client(app)


def opening(doors: Iterable[http.Api], monkeypatch: Any) -> Call:
    """`call(method, path, body, by=caller, header_name=value)` on these doors; the token is always good."""
    client = _client(tuple(doors))
    present: dict[str, Caller] = {}
    monkeypatch.setattr(http, '_authenticator', [lambda token: present['caller']])

    def call(method: str, path: str, body: Any = None, *, by: Caller, **headers: str) -> HTTPResponse:
        present['caller'] = by
        named = {name.replace('_', '-'): value for name, value in headers.items()}
        raw = body if isinstance(body, bytes) else b'' if body is None else json.dumps(body).encode()
        return client.http.request(
            method,
            path,
            headers={'content-type': 'application/json', 'authorization': 'Bearer token', **named},
            body=raw,
        )

    return call
