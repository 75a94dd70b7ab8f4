"""What the sandbox remembers: things by kind and id, each change a line of a file that a kill cannot harm."""

import json
import os
import threading
from collections import defaultdict
from pathlib import Path
from typing import Any

Thing = dict[str, Any]


class Books:
    """Who changes a thing holds `lock`, and writes it when it is as it should be."""

    def __init__(self, file: Path | None = None) -> None:
        self.lock = threading.RLock()
        self._file = file
        self._things: defaultdict[str, dict[str, Thing]] = defaultdict(dict)
        if file is not None and file.exists():
            self._read(file)

    def find(self, kind: str, identity: str) -> Thing | None:
        """The thing itself, or None."""
        return self._things[kind].get(identity)

    def all(self, kind: str, shop: str = '') -> list[Thing]:
        """All of a kind, of one shop if asked, oldest first."""
        return [one for one in self._things[kind].values() if shop in ('', one.get('shop'))]

    def write(self, kind: str, identity: str, thing: Thing | None) -> None:
        """The thing is remembered as it is now; None: it is forgotten."""
        self._take(kind, identity, thing)
        if self._file is None:
            return
        # One system call for each line: what a kill leaves is whole lines, and the last may be cut.
        file = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, _line(kind, identity, thing))
        finally:
            os.close(file)

    def _take(self, kind: str, identity: str, thing: Thing | None) -> None:
        if thing is None:
            self._things[kind].pop(identity, None)
        else:
            self._things[kind][identity] = thing

    def _read(self, file: Path) -> None:
        for line in file.read_bytes().splitlines():
            try:
                kind, identity, thing = json.loads(line)
            except ValueError:
                continue
            self._take(kind, identity, thing)
        half = file.with_suffix('.half')
        lines = [_line(kind, name, one) for kind, of in self._things.items() for name, one in of.items()]
        half.write_bytes(b''.join(lines))
        half.chmod(0o600)
        half.replace(file)


def _line(kind: str, identity: str, thing: Thing | None) -> bytes:
    return json.dumps([kind, identity, thing], ensure_ascii=False).encode() + b'\n'
