"""The sandbox as a whole: its API, its pages, its notices and its control door on one port."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from infra.local.gateway import Reply
from infra.local.server import as_json
from infra.local.yookassa.acquirer import Acquirer
from infra.local.yookassa.books import Books
from infra.local.yookassa.cabinet import Cabinet
from infra.local.yookassa.control import PLACE, Control
from infra.local.yookassa.doors import Doors
from infra.local.yookassa.faults import Faults
from infra.local.yookassa.notices import Notices
from infra.local.yookassa.page import PREFIX, Page
from infra.local.yookassa.teller import Teller


class YooKassa(Acquirer):
    """`with YooKassa() as yookassa: ...` serves at `yookassa.url`; `yookassa.api` is what a merchant calls.

    With a `file` it remembers everything over a restart.
    """

    def __init__(
        self, file: Path | None = None, *, now: Callable[[], float] = time.time, sends: bool = True
    ) -> None:
        books, faults = Books(file), Faults()
        notices = Notices(books, now)
        teller = Teller(books, notices, now)
        self._doors = Doors(teller, faults, now)
        self._page = Page(teller, now)
        control = Control(teller, self._doors, notices, faults)
        self._cabinet = Cabinet(books, control, teller.expire)
        super().__init__(books, notices, faults, control, teller.expire, sends=sends)
        self.api = f'{self.url}/v3'

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        place = path.partition('?')[0]
        if place.startswith('/v3/'):
            return self._doors.answer(method, path, headers, body, self.url)
        if place.startswith(PREFIX):
            return self._page.answer(method, place, body)
        if place == PLACE:
            return self._control.answer(method, body)
        if place == '/':
            return self._cabinet.answer(method, body)
        return as_json({'message': f'the sandbox has no {place}'}, 404)
