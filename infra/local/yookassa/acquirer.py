"""How any sandbox of a provider of payments lives: at its place, by the clock, with its notices."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Protocol, Self

from infra.local.gateway import Reply
from infra.local.server import Server
from infra.local.yookassa.books import Books
from infra.local.yookassa.faults import Faults
from infra.local.yookassa.notices import Notices


class ControlDoor(Protocol):
    """Where tests and a demonstration arrange what shall happen."""

    def answer(self, method: str, body: bytes | None) -> Reply:
        """The reply to a call of this door."""

    def wish(self, wishes: Mapping[str, Any]) -> dict[str, Any]:
        """The wishes are granted; how things stand then."""


class Acquirer(ABC):
    """`with` it, it serves at `url`.

    What stands in a file of books is remembered over a restart, the port too, so that the links it gave are
    still good. `sends` False: notices leave only when `deliver` is wished for.
    """

    def __init__(
        self,
        books: Books,
        notices: Notices,
        faults: Faults,
        control: ControlDoor,
        expire: Callable[[], None],
        *,
        sends: bool,
    ) -> None:
        self.notices, self._books, self._faults = notices, books, faults
        self._control, self._expire, self._sends = control, expire, sends
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
            self._expire()
        self.notices.deliver()

    @abstractmethod
    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        """The reply to a call of any of its doors."""

    def _at_home(self) -> Server:
        before = self._books.find('place', 'port') or {'port': 0}
        try:
            server = Server(self._answer, before['port'])
        except OSError:
            server = Server(self._answer)
        if server.port != before['port']:
            self._books.write('place', 'port', {'port': server.port})
        return server
