"""Notices to the merchant: sent in the order of events until he answers 200, for a day.

A shop can be told to hold them, to send copies, to lose some, to be late; held ones leave in any order.
"""

import json
import threading
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable
from typing import Any

from infra.local.yookassa.books import Books, Thing

EVENTS = ('payment.waiting_for_capture', 'payment.succeeded', 'payment.canceled', 'refund.succeeded')
PATIENCE_SECONDS = 10
LOOK_SECONDS = 1


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects)


class Notices:
    """What shops are told, waiting and told."""

    RETRY_SECONDS: tuple[int, ...] = (10, 30, 60, 300, 900, 3600)
    GIVEN_UP_SECONDS = 24 * 3600

    def __init__(self, books: Books, now: Callable[[], float]) -> None:
        self._books, self._now = books, now
        self._sending = threading.Lock()
        self._wake, self._is_over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Notices leave by themselves."""
        self._thread.start()

    def stop(self) -> None:
        """None leaves any more."""
        self._is_over.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE_SECONDS + LOOK_SECONDS)

    def tell(self, shop: Thing, event: str, thing: Any) -> None:
        """The shop will hear what has become of the thing, as the thing is now, if it wants to."""
        if event in shop['events']:
            self.send(shop, event, thing)

    def send(self, shop: Thing, event: str, thing: Any) -> None:
        """The shop will hear this, true or not."""
        if not shop['notification_url']:
            return
        now, body = self._now(), json.loads(json.dumps(self.spelled(shop, event, thing)))
        state = 'held' if shop['hold'] else 'waiting'
        if shop['lose'] > 0:
            shop['lose'] -= 1
            self._books.write('shop', shop['id'], shop)
            state = 'lost'
        for _ in range(shop['copies']):
            order, identity = len(self._books.all('notice')), uuid.uuid4().hex
            notice = {
                'id': identity, 'shop': shop['id'], 'body': body, 'state': state, 'answers': [],
                'born': now, 'due': now + shop['delay_seconds'], 'order': order,
            }  # fmt: skip
            self._books.write('notice', identity, notice)
        self._wake.set()

    def spelled(self, shop: Thing, event: str, thing: Any) -> Thing:
        """What the shop reads."""
        return {'type': 'notification', 'event': event, 'object': thing}

    def is_taken(self, status: int, body: bytes) -> bool:
        """Whether an answer means that the shop has heard."""
        return status == 200

    def release(self, *, is_reversed: bool) -> None:
        """What was held leaves now, the oldest or the youngest first."""
        with self._books.lock:
            held = [one for one in self._books.all('notice') if one['state'] == 'held']
            for place, notice in enumerate(reversed(held) if is_reversed else held):
                notice |= {'state': 'waiting', 'due': self._now(), 'order': place}
                self._books.write('notice', notice['id'], notice)
        self._wake.set()

    def repeat(self, notice: Thing) -> None:
        """The same notice leaves again, as it was."""
        notice |= {'state': 'waiting', 'due': self._now()}
        self._books.write('notice', notice['id'], notice)
        self._wake.set()

    def deliver(self) -> None:
        """Everything that is due has been sent once when this returns."""
        with self._sending:
            while not self._is_over.is_set() and (notice := self._due()) is not None:
                status, body = self._sent(notice)
                with self._books.lock:
                    self._note(notice, status, self.is_taken(status, body))

    def _due(self) -> Thing | None:
        with self._books.lock:
            now = self._now()
            due = [
                one for one in self._books.all('notice') if one['state'] == 'waiting' and one['due'] <= now
            ]
            return min(due, key=lambda one: (one['due'], one['order']), default=None)

    def _sent(self, notice: Thing) -> tuple[int, bytes]:
        shop = self._books.find('shop', notice['shop'])
        assert shop is not None
        call = urllib.request.Request(
            shop['notification_url'],
            json.dumps(notice['body']).encode(),
            {'Content-Type': 'application/json'},
        )
        try:
            with _opener.open(call, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status), answer.read(1024)
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return refusal.code, b''
        except (OSError, ValueError):
            return 0, b''

    def _note(self, notice: Thing, status: int, is_taken: bool) -> None:
        notice['answers'].append(status)
        now = self._now()
        if is_taken:
            notice['state'] = 'delivered'
        elif now >= notice['born'] + self.GIVEN_UP_SECONDS:
            notice['state'] = 'given_up'
        else:
            tries = min(len(notice['answers']), len(self.RETRY_SECONDS))
            notice['due'] = now + self.RETRY_SECONDS[tries - 1]
        self._books.write('notice', notice['id'], notice)

    def _run(self) -> None:
        while not self._is_over.is_set():
            # A second at most: the clock can be moved, and nobody says so here.
            self._wake.wait(LOOK_SECONDS)
            self._wake.clear()
            self.deliver()
