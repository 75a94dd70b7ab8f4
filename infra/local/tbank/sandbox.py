"""The sandbox as a whole: its API, its pages, its notices and its control door on one port."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.tbank.cabinet import Cabinet
from infra.local.tbank.control import PLACE, Control
from infra.local.tbank.doors import PREFIX, Doors
from infra.local.tbank.faults import Faults
from infra.local.tbank.notices import Notices
from infra.local.tbank.page import PREFIXES, Page
from infra.local.tbank.teller import Teller
from infra.local.yookassa.acquirer import Acquirer
from infra.local.yookassa.books import Books


class TBank(Acquirer):
    """`with TBank() as tbank: ...` serves at `tbank.url`, which is what a merchant calls too.

    With a `file` it remembers everything over a restart.
    """

    def __init__(
        self, file: Path | None = None, *, now: Callable[[], float] = time.time, sends: bool = True
    ) -> None:
        books, faults = Books(file), Faults()
        notices = Notices(books, now)
        teller = Teller(books, notices, now)
        self._doors = Doors(teller, faults)
        self._page = Page(teller, now)
        control = Control(teller, self._doors, notices, faults)
        self._cabinet = Cabinet(books, control, teller.expire)
        super().__init__(books, notices, faults, control, teller.expire, sends=sends)

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
