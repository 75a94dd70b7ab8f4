"""Trouble on demand: before something is done, and after it was done."""

import threading
from typing import Any

from infra.local.gateway import Reply
from infra.local.server import NoReply, as_json
from infra.local.yookassa.refusal import Refused

LONGEST_SILENCE = 120
PAGE = Reply(502, {'Content-Type': 'text/html'}, b'<html><body><h1>502 Bad Gateway</h1></body></html>')
BEFORE = ('429', '500', '502', 'hang_up', 'silence')
AFTER = ('202', 'broken', 'garbage', 'lost', 'timeout')
"""Done, and then: still at work, 500, not JSON, the line is cut, no answer comes."""


class Faults:
    """What goes wrong next: each fault the given number of times, for calls it fits."""

    BEFORE, AFTER = BEFORE, AFTER

    def __init__(self) -> None:
        self.waiting: list[dict[str, Any]] = []
        self._lock = threading.Lock()
        self._is_over = threading.Event()

    def add(self, how: str, *, times: int = 1, method: str = '', path: str = '') -> None:
        """The next `times` calls of that method whose path has `path` in it go wrong like this."""
        known = self.BEFORE + self.AFTER
        if how not in known:
            raise Refused('invalid_request', f'{how!r} is none of {", ".join(known)}', 'fail')
        with self._lock:
            self.waiting.append({'how': how, 'times': times, 'method': method, 'path': path})

    def end(self) -> None:
        """Nothing goes wrong any more, and who was kept waiting hears that the line is cut."""
        with self._lock:
            self.waiting.clear()
            self._is_over.set()
            self._is_over = threading.Event()

    def take(self, method: str, path: str) -> str:
        """How this call goes wrong, or ''."""
        with self._lock:
            for fault in self.waiting:
                if fault['method'] in ('', method) and fault['path'] in path:
                    fault['times'] -= 1
                    if fault['times'] <= 0:
                        self.waiting.remove(fault)
                    return str(fault['how'])
        return ''

    def before(self, how: str) -> Reply | None:
        """The answer instead of doing anything."""
        if how == '500':
            return Refused('internal_server_error', 'Something went wrong').reply
        if how == '429':
            return Refused('too_many_requests', 'Too many requests', retry_after=1000).reply
        if how == '502':
            return PAGE
        if how in ('hang_up', 'silence'):
            self.fall_silent(is_long=how == 'silence')
        return None

    def after(self, how: str, reply: Reply) -> Reply:
        """The answer to what was done."""
        if how == '202':
            return as_json({'type': 'processing', 'retry_after': 1800}, 202)
        if how == 'broken':
            return Refused('internal_server_error', 'Something went wrong').reply
        if how == 'garbage':
            return Reply(200, {'Content-Type': 'text/html'}, b'<html>We are upgrading</html>')
        if how in ('lost', 'timeout'):
            self.fall_silent(is_long=how == 'timeout')
        return reply

    def fall_silent(self, *, is_long: bool) -> None:
        """Nothing is answered: the line is cut, at once or after a long while."""
        if is_long:
            self._is_over.wait(LONGEST_SILENCE)
        raise NoReply
