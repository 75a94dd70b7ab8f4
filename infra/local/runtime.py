"""The runtime as tests use it: the same process `make run` starts, on a free port and a folder of one's own.

`with Runtime(data=tmp_path) as runtime: httpx.post(f'{runtime.api}/v1/...')`. `Engine` is the database alone.
"""

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local.children import bare_environment
from infra.local.engine import DUMMY_CREDENTIALS, REGION, Engine, EngineMissing
from infra.local.paths import MINISTACK_PYTHON, ROOT

__all__ = ['DidNotStart', 'Engine', 'EngineMissing', 'Runtime', 'is_installed']

STOP_SECONDS = 15


class DidNotStart(RuntimeError):
    """The runtime ended before it was ready; the message is what it said."""


def is_installed() -> bool:
    """Whether `python -m infra.local install` has been run on this machine."""
    return MINISTACK_PYTHON.exists()


class Runtime:
    """The embedded runtime, from `__enter__` to `__exit__`; `kill` and `start` in between prove a restart."""

    def __init__(
        self,
        data: Path | str,
        *,
        port: int = 0,
        project: Path = ROOT,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.data, self._port, self._project = Path(data), port, project
        self._parameters = parameters or {}
        self._process: subprocess.Popen[bytes] | None = None
        self.api = self.endpoint = self.engine_url = self.sms_centre = self.yookassa = self.tbank = ''
        self.settings: dict[str, str] = {}

    # -- life --------------------------------------------------------------------------------------

    def start(self) -> Self:
        """The API answers at `api`. Raises DidNotStart with what the runtime said."""
        self.data.mkdir(parents=True, exist_ok=True)
        ready, tell = os.pipe()
        said = self.data / 'runtime.log'
        command = [
            sys.executable,
            '-m',
            'infra.local',
            'run',
            '--port',
            str(self._port),
            '--data',
            str(self.data),
        ]
        command += ['--project', str(self._project), '--ready-fd', str(tell)]
        for name, value in self._parameters.items():
            command += ['--parameter', f'{name}={value}']
        with said.open('wb') as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=bare_environment(),
                pass_fds=[tell],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        os.close(tell)
        with os.fdopen(ready) as pipe:
            # An empty line means that the other end was closed by the death of the runtime.
            line = pipe.readline()
        if not line:
            self._process.wait(STOP_SECONDS)
            raise DidNotStart(said.read_text(errors='replace') or 'it said nothing')
        self.__dict__.update(json.loads(line))
        return self

    def stop(self) -> None:
        """The runtime has ended in order."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """The runtime has ended as in a power cut; its children notice and end too."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # -- use ---------------------------------------------------------------------------------------

    def advance(self, seconds: float) -> dict[str, Any]:
        """The local clock is further; machines that waited go on, every scheduled function has run once."""
        return self._exchange('/_local/clock', {'advance_seconds': seconds})

    def outbox(self, since: int = 0, *, channel: str = '', to: str = '') -> list[dict[str, Any]]:
        """What was delivered, oldest first; of one channel or to one recipient if asked."""
        entries: list[dict[str, Any]] = self._exchange(f'/outbox.json?since={since}')['entries']
        return [one for one in entries if channel in ('', one['channel']) and to in one['to']]

    def rings(self, **news: Any) -> dict[str, Any]:
        """The sandbox exchange tells the news by the webhook: what was answered, and what was told."""
        return self._exchange('/_local/calls', news)

    def client(self, service: str, **options: Any) -> Any:
        """A boto3 client of the local cloud; DynamoDB and its streams are the engine's."""
        from infra.local.stack import Cloud

        return Cloud(self.endpoint, self.engine_url).client(service, **options)

    def fail_sms(self, how: str | None) -> None:
        """The SMS centre plays `timeout`, `500` or `garbage`; None: it works again."""
        self._exchange('/_sandbox/sms', {'fail': how}, base=self.sms_centre)

    def yookassa_told(self, **wishes: Any) -> dict[str, Any]:
        """The sandbox «ЮKassa» grants the wishes of its control door; how things stand there then."""
        return self._exchange('/_sandbox/yookassa', wishes, base=self.yookassa)

    def tbank_told(self, **wishes: Any) -> dict[str, Any]:
        """The sandbox of T-Bank grants the wishes of its control door; how things stand there then."""
        return self._exchange('/_sandbox/tbank', wishes, base=self.tbank)

    def logs(self, function: str = '') -> str:
        """What functions and servers wrote, all of it or the log whose name contains `function`."""
        found = sorted(log for log in (self.data / 'logs').glob('*.log') if function in log.stem)
        return '\n'.join(f'== {log.stem} ==\n{log.read_text(errors="replace")}' for log in found)

    def environment(self) -> dict[str, str]:
        """The settings under which code of the project talks to this runtime."""
        found = self.settings | DUMMY_CREDENTIALS | {'AWS_ENDPOINT_URL': self.endpoint, 'AWS_REGION': REGION}
        found |= {'AWS_DEFAULT_REGION': REGION, 'DOMOVOY_CLOCK_FILE': str(self.data / 'clock.json')}
        found['SANDBOX_SMS_URL'] = self.sms_centre
        found['SANDBOX_YOOKASSA_URL'] = f'{self.yookassa}/v3'
        found['SANDBOX_TBANK_URL'] = self.tbank
        if self.engine_url:
            found |= {
                'AWS_ENDPOINT_URL_DYNAMODB': self.engine_url,
                'AWS_ENDPOINT_URL_DYNAMODB_STREAMS': self.engine_url,
            }
        return found

    def _exchange(self, path: str, body: dict[str, Any] | None = None, base: str = '') -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            (base or self.api) + path, data, {'Content-Type': 'application/json'}
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                told: dict[str, Any] = json.loads(answer.read())
                return told
        except urllib.error.HTTPError as error:
            raise ValueError(f'{path}: {error.code} {error.read().decode()}') from error
