"""Waits of state machines and one-time schedules follow the local clock instead of the wall."""

import json
import threading
import time
import weakref
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import ministack.services.eventbridge as eventbridge
import ministack.services.scheduler as scheduler
import ministack.services.stepfunctions as stepfunctions

from infra.local.emulator.patching import around, existing, put

LONGEST_BACK_OFF = 1.0
TICK_SECONDS = 1
# Condition variables refuse waits beyond some centuries; nobody minds waking once an hour.
LONGEST_NAP = 3600.0


class VirtualClock:
    """The wall clock plus the offset in the clock file; sleepers on it wake when the offset moves."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._moved = threading.Condition()
        self._events: weakref.WeakSet[VirtualEvent] = weakref.WeakSet()
        self.offset = 0.0
        self.reread()

    def time(self) -> float:
        """Seconds since the epoch, as the application sees them."""
        return time.time() + self.offset

    def reread(self) -> None:
        """The offset is what the file says now, and whoever waits looks at the time again."""
        try:
            offset = float(json.loads(self._path.read_text())['offset_seconds'])
        except (OSError, ValueError, KeyError):
            offset = 0.0
        with self._moved:
            self.offset = offset
            events = list(self._events)
            self._moved.notify_all()
        for event in events:
            event.look_again()

    def wait_until(self, instant: float) -> None:
        """It is `instant` or later."""
        with self._moved:
            while (left := instant - self.time()) > 0:
                self._moved.wait(min(left, LONGEST_NAP))

    def sleep(self, seconds: float) -> None:
        """`seconds` of virtual time have passed."""
        self.wait_until(self.time() + seconds)

    def nap(self, seconds: float) -> None:
        """`seconds` of real time have passed, or the clock has moved."""
        with self._moved:
            self._moved.wait(seconds)

    def event(self) -> 'VirtualEvent':
        """A new event whose time-outs are virtual."""
        event = VirtualEvent(self)
        with self._moved:
            self._events.add(event)
        return event


class VirtualEvent(threading.Event):
    """An event whose `wait(timeout)` counts virtual seconds: a callback awaited for a day can expire now."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self._clock = clock

    def look_again(self) -> None:
        """Waiters compare the time with their deadline again."""
        with self._cond:  # type: ignore[attr-defined]
            self._cond.notify_all()  # type: ignore[attr-defined]

    def wait(self, timeout: float | None = None) -> bool:
        """As `threading.Event.wait`."""
        if timeout is None:
            return super().wait()
        deadline = self._clock.time() + timeout
        while not self.is_set() and (left := deadline - self._clock.time()) > 0:
            super().wait(min(left, LONGEST_NAP))
        return self.is_set()


class _Standing(ModuleType):
    """A module in which a few names are replaced, for one importer only."""

    def __init__(self, original: ModuleType, **replaced: Any) -> None:
        super().__init__(original.__name__)
        self.__dict__.update(vars(original) | replaced)


def install(clock: VirtualClock) -> None:
    """Waits, callback time-outs and `at(...)` schedules follow `clock`; retries back off a second at most."""
    put(stepfunctions, 'threading', _Standing(threading, Event=clock.event))
    put(stepfunctions, 'now_iso', lambda: _iso(clock.time()))
    put(stepfunctions, '_scaled_sleep', lambda seconds: time.sleep(max(0.0, min(seconds, LONGEST_BACK_OFF))))
    put(stepfunctions, '_sleep_until', lambda text: clock.wait_until(_epoch(text)))
    seconds_of = existing(stepfunctions, '_jsonata_wait_seconds')
    resolve = existing(stepfunctions, '_resolve_path')
    is_jsonata = existing(stepfunctions, '_state_query_language')

    @around(stepfunctions, '_execute_wait')
    def execute_wait(original: Any, state: dict[str, Any], raw: Any, context: Any = None) -> Any:
        # Wait and Retry sleep through one private function. Here the wait in seconds is slept away on the
        # virtual clock first; the original then finds nothing left to sleep.
        if 'Seconds' in state and is_jsonata(state, context) == 'JSONata':
            clock.sleep(seconds_of(state, raw, context))
        elif 'Seconds' in state:
            clock.sleep(state['Seconds'])
        elif 'SecondsPath' in state:
            effective = stepfunctions._apply_input_path(state, raw, context)
            clock.sleep(float(resolve(state['SecondsPath'], effective)))
        else:
            return original(state, raw, context)
        instant = {'Type': 'Wait', 'Timestamp': _iso(clock.time())}
        kept = {key: value for key, value in state.items() if key not in ('Seconds', 'SecondsPath')}
        return original(kept | instant, raw, context)

    put(scheduler, 'time', _Standing(time, time=clock.time, sleep=clock.nap))
    put(scheduler, '_SCHEDULE_TICK_INTERVAL', TICK_SECONDS)
    put(eventbridge, '_SCHEDULER_TICK_INTERVAL', TICK_SECONDS)


def _iso(instant: float) -> str:
    return datetime.fromtimestamp(instant, UTC).isoformat(timespec='milliseconds').replace('+00:00', 'Z')


def _epoch(text: str) -> float:
    try:
        return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()
    except (ValueError, AttributeError):
        return 0.0
