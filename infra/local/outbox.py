"""The outbox: everything the system delivered to people, in the order of delivery, in one journal file.

Two processes append to it, so an entry is one line written by one system call; both survive a kill.
Uses the standard library only: MiniStack's interpreter imports it too.
"""

import json
import os
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Entry = dict[str, Any]


class Journal:
    """Appends to the journal and reads it from any position."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries: list[Entry] = []
        self._offset = 0
        self._reading = threading.Lock()

    def add(self, *, channel: str, to: str, text: str, data: Entry, **heading: str) -> Entry:
        """The delivery stands at the end of the journal. `heading`: a push's title, a letter's subject."""
        at = (
            datetime.fromtimestamp(time.time(), UTC).isoformat(timespec='milliseconds').replace('+00:00', 'Z')
        )
        entry = {
            'id': uuid.uuid4().hex,
            'at': at,
            'channel': channel,
            'to': to,
            **heading,
            'text': text,
            'data': data,
        }
        line = json.dumps(entry, ensure_ascii=False).encode() + b'\n'
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line)
        finally:
            os.close(file)
        return entry

    def entries(self, since: int = 0) -> list[Entry]:
        """The deliveries from position `since` on; the first of all is 0."""
        with self._reading:
            self._read_on()
            return self._entries[max(0, since) :]

    def _read_on(self) -> None:
        if not self.path.exists():
            return
        with self.path.open('rb') as file:
            file.seek(self._offset)
            fresh = file.read()
        # A line still being written, or cut by a kill, is not an entry yet.
        whole = fresh[: fresh.rfind(b'\n') + 1]
        self._offset += len(whole)
        for line in whole.splitlines():
            try:
                self._entries.append(json.loads(line))
            except ValueError:
                continue
