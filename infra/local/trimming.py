"""Keeps the engine's stream short: dynoxide forgets no record, and looks through all of them at a write.

A write costs 1.5 ms on an empty stream and ten after 4,500 records. What every pump has passed is taken out,
but for the newest, from which the next sequence number is counted, and those a restart repeats.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

from infra.local.pump import Checkpoint
from infra.local.streams import MOST_REPEATED

EVERY_SECONDS = 1.0
MOST_AT_ONCE = 2000
KEPT = 2 * MOST_REPEATED

_INDEX = 'CREATE INDEX IF NOT EXISTS domovoy_stream ON _stream_records(table_name, sequence_number)'
_TRIM = """
DELETE FROM _stream_records WHERE id IN (
  SELECT id FROM _stream_records
  WHERE table_name = ? AND CAST(sequence_number AS INTEGER) <= ? LIMIT ?)
"""


class Trimmer:
    """Trims the streams of the tables once a second, between `start` and `stop`."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, checkpoints: Sequence[tuple[str, Checkpoint]]) -> None:
        """Each table's stream is kept short behind the slowest of its checkpoints."""
        self._thread = threading.Thread(target=self._run, args=(checkpoints,), name='trimmer', daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nothing is trimmed any more."""
        self._stopping.set()
        if self._thread:
            self._thread.join(2)

    def trim(self, checkpoints: Sequence[tuple[str, Checkpoint]]) -> None:
        """What everybody has passed is out of the streams, as far as the engine leaves us to it."""
        with contextlib.closing(sqlite3.connect(self._database, timeout=1, isolation_level=None)) as database:
            self._trim(database, checkpoints)

    def _run(self, checkpoints: Sequence[tuple[str, Checkpoint]]) -> None:
        with contextlib.closing(sqlite3.connect(self._database, timeout=1, isolation_level=None)) as database:
            # The engine's tables are its own affair: where a version keeps them otherwise, nothing is done.
            with contextlib.suppress(sqlite3.OperationalError):
                database.execute(_INDEX)
            while not self._stopping.wait(EVERY_SECONDS):
                self._trim(database, checkpoints)

    @staticmethod
    def _trim(database: sqlite3.Connection, checkpoints: Sequence[tuple[str, Checkpoint]]) -> None:
        with contextlib.suppress(sqlite3.OperationalError):
            for table, done in passed_by_all(checkpoints).items():
                database.execute(_TRIM, (table, done - KEPT, MOST_AT_ONCE))


def passed_by_all(checkpoints: Iterable[tuple[str, Checkpoint]]) -> dict[str, int]:
    """The last sequence number of each table that every one of its readers is done with; 0 before any."""
    done: dict[str, int] = {}
    for table, checkpoint in checkpoints:
        passed = int(checkpoint.read() or 0)
        done[table] = min(done.get(table, passed), passed)
    return done
