"""A program that keeps a socket open and hears what is told through it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.journeys.people import Person

PATIENCE = 30
"""Seconds within which what is to be heard is heard on a busy machine."""


class Socket:
    """An open socket of a person."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def asks(self, **frame: Any) -> dict[str, Any]:
        """The answer to the frame; what is told meanwhile is passed over."""
        self._connection.send(json.dumps({**frame, 'ref': 'mine'}))
        while (heard := self._heard()).get('ref') != 'mine':
            pass
        return heard

    def hears(self, kind: str, **what: Any) -> dict[str, Any]:
        """The next news of the kind that says all this; others are passed over."""
        wanted = {'type': kind, **what}
        while not wanted.items() <= (heard := self._heard()).items():
            pass
        return heard

    def is_closed(self) -> bool:
        """Whether the other side closes it before anything else is told."""
        try:
            self._heard()
        except ConnectionClosed:
            return True
        return False

    def _heard(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(self._connection.recv(PATIENCE))
        return heard


@contextmanager
def listening(person: Person) -> Iterator[Socket]:
    """Inside the block the person has a socket, opened with a ticket."""
    url = person.call('POST', '/v1/live/tickets')['url']
    with connect(url, open_timeout=PATIENCE) as connection:
        yield Socket(connection)
