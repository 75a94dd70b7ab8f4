"""Processes the runtime starts: each ends with it, however it ends, and none other is ever touched."""

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from infra.local.paths import HOUSE, ROOT

LOOPBACK = '127.0.0.1'
STOP_SECONDS = 5
LEASH = (sys.executable, '-I', '-S', str(HOUSE / 'leash.py'))


class ChildDied(RuntimeError):
    """A process that should serve has ended; the message ends with the last lines it wrote."""


def free_port() -> int:
    """A loopback port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Child:
    """One process of ours. Its output goes to `log`; the pipe to its standard input is its life line."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        leashed: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.name, self.log = name, log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open('ab') as output:
            self._process = subprocess.Popen(
                [*(LEASH if leashed else ()), *command],
                cwd=ROOT,
                env=None if environment is None else dict(environment),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=pass_fds,
            )
        self._telling = threading.Lock()

    @property
    def pid(self) -> int:
        """The process id (of the leash, where there is one)."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def wait(self) -> int:
        """Its exit code, once it has ended by itself."""
        return self._process.wait()

    def tell(self, line: str) -> None:
        """The process finds `line` on its standard input."""
        pipe = self._process.stdin
        assert pipe is not None
        with self._telling:
            pipe.write(line.encode() + b'\n')
            pipe.flush()

    def wait_for_port(self, port: int, seconds: float = 30) -> None:
        """The process accepts connections on `port`. Raises ChildDied with its last words otherwise."""
        left = int(seconds / 0.005)
        while True:
            with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
                return
            left -= 1
            if left == 0:
                raise ChildDied(
                    f'{self.name} did not open port {port} in {seconds:g} s:\n{self.last_words()}'
                )
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.005)
                raise ChildDied(f'{self.name} ended with {self._process.returncode}:\n{self.last_words()}')

    def last_words(self, lines: int = 15) -> str:
        """The end of its log."""
        return '\n'.join(self.log.read_text(errors='replace').splitlines()[-lines:])

    def stop(self) -> None:
        """The process has ended."""
        pipe = self._process.stdin
        assert pipe is not None
        with contextlib.suppress(OSError):
            pipe.close()
        for insist in (self._process.terminate, self._process.kill):
            try:
                self._process.wait(STOP_SECONDS)
                return
            except subprocess.TimeoutExpired:
                insist()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


KEPT = (
    'HOME',
    'LANG',
    'LC_ALL',
    'LC_CTYPE',
    'PATH',
    'SSL_CERT_FILE',
    'TERM',
    'TMPDIR',
    'USER',
    'DOMOVOY_LOCAL_TOOLS',
)


def bare_environment() -> dict[str, str]:
    """What of our environment a child may see.

    Nothing that could lead it to a real account or another interpreter, and no setting of the application
    that only this machine has: in the cloud there is the template and nothing else.
    """
    return {name: os.environ[name] for name in KEPT if name in os.environ}
