"""The sandbox as a whole: its API, its pages, its notices and its control door on one port."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local.gateway import Reply
from infra.local.server import Server, as_json
from infra.local.tbank.cabinet import Cabinet
from infra.local.tbank.control import PLACE, Control
from infra.local.tbank.doors import PREFIX, Doors
from infra.local.tbank.faults import Faults
from infra.local.tbank.notices import Notices
from infra.local.tbank.page import PREFIXES, Page
from infra.local.tbank.teller import Teller
from infra.local.yookassa.books import Books


class TBank:
    """`with TBank() as tbank: ...` serves at `tbank.url`, which is what a merchant calls too.

    With a `file` it remembers everything over a restart, and comes back to the port it had, so that the
    links it gave are still good. `sends` False: notices leave only when `deliver` is wished for.
    """

    def __init__(
        self, file: Path | None = None, *, now: Callable[[], float] = time.time, sends: bool = True
    ) -> None:
        self._books = Books(file)
        self._sends = sends
        self.notices, self._faults = Notices(self._books, now), Faults()
        self._teller = Teller(self._books, self.notices, now)
        self._doors = Doors(self._teller, self._faults)
        self._page = Page(self._teller, now)
        self._control = Control(self._teller, self._doors, self.notices, self._faults)
        self._cabinet = Cabinet(self._books, self._control, self._teller.expire)
        self._server = self._at_home()
        self.url = self._server.url

    def __enter__(self) -> Self:
        self._server.start()
        if self._sends:
            self.notices.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._faults.end()
        self.notices.stop()
        self._server.stop()

    def wish(self, **wishes: Any) -> dict[str, Any]:
        """The control door, from inside."""
        return self._control.wish(wishes)

    def tick(self) -> None:
        """The clock has moved: what nobody paid is over, and what is due has been sent."""
        with self._books.lock:
            self._teller.expire()
        self.notices.deliver()

    def _at_home(self) -> Server:
        before = self._books.find('place', 'port') or {'port': 0}
        try:
            server = Server(self._answer, before['port'])
        except OSError:
            server = Server(self._answer)
        if server.port != before['port']:
            self._books.write('place', 'port', {'port': server.port})
        return server

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        place = path.partition('?')[0]
        if place.startswith((PREFIX, '/cashbox/')):
            return self._doors.answer(method, place, body, self.url)
        if place.startswith(PREFIXES):
            return self._page.answer(method, place, body)
        if place == PLACE:
            return self._control.answer(method, body)
        if place == '/':
            return self._cabinet.answer(method, body)
        return as_json({'message': f'the sandbox has no {place}'}, 404)
