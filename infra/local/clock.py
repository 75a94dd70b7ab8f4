"""The local clock: a file with an offset that the application, its functions and its machines all add."""

import json
import threading
import time
from pathlib import Path

FILE = 'clock.json'


class Clock:
    """Moves the offset; never backwards, as no caller of a clock expects that."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._moving = threading.Lock()
        if not path.exists():
            self._write(0.0)

    def offset(self) -> float:
        """Seconds by which the local clock is ahead of the wall."""
        return float(json.loads(self.path.read_text())['offset_seconds'])

    def time(self) -> float:
        """Seconds since the epoch on the local clock."""
        return time.time() + self.offset()

    def advance(self, seconds: float) -> float:
        """The clock is `seconds` further; the new offset. Raises ValueError for a step back."""
        if not seconds >= 0:
            raise ValueError('the clock moves forward only')
        with self._moving:
            offset = self.offset() + seconds
            self._write(offset)
            return offset

    def _write(self, offset: float) -> None:
        # Readers open the file at every question: they must find the old content or the new, never a half.
        half = self.path.with_suffix('.half')
        half.write_text(json.dumps({'offset_seconds': offset}))
        half.replace(self.path)
