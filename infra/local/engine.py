"""The DynamoDB engine: dynoxide on a file, or word that it is not to be had here."""

import platform
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local.children import LOOPBACK, Child, free_port
from infra.local.paths import DYNOXIDE

REGION = 'eu-central-1'
DUMMY_CREDENTIALS = {'AWS_ACCESS_KEY_ID': '000000000000', 'AWS_SECRET_ACCESS_KEY': 'local'}


class EngineMissing(RuntimeError):
    """There is no dynoxide on this machine; says how to get it."""


def is_installed() -> bool:
    """Whether `python -m infra.local install` could fetch a binary for this platform."""
    return DYNOXIDE.exists()


class Engine:
    """dynoxide alone, for tests of concurrency, streams and capacity.

    `with Engine(path) as engine: engine.client('dynamodb')`. Without a path the database is in memory.
    """

    def __init__(self, path: Path | str | None = None, *, port: int = 0, log: Path | None = None) -> None:
        if not is_installed():
            raise EngineMissing(
                f'no dynoxide for {platform.system()} {platform.machine()} in {DYNOXIDE.parent}: '
                'run `python -m infra.local install`'
            )
        self.path = Path(path) if path else None
        self.port = port or free_port()
        self.url = f'http://{LOOPBACK}:{self.port}'
        self._log = log or Path(tempfile.gettempdir()) / f'dynoxide-{self.port}.log'
        self._child: Child | None = None

    def start(self) -> Self:
        """The engine answers at `url`."""
        command = [str(DYNOXIDE), 'serve', '--host', LOOPBACK, '--port', str(self.port)]
        if self.path:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            command += ['--db-path', str(self.path)]
        self._child = Child('dynoxide', command, log=self._log, leashed=True)
        try:
            self._child.wait_for_port(self.port)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """The engine has ended; what it acknowledged is in its file."""
        if self._child:
            self._child.stop()
            self._child = None

    def is_alive(self) -> bool:
        """Whether the engine runs."""
        return self._child is not None and self._child.is_alive()

    def client(self, service: str = 'dynamodb', **options: Any) -> Any:
        """A boto3 client of `dynamodb` or `dynamodbstreams` that talks to this engine."""
        import boto3
        from botocore.config import Config

        connect: Any = boto3.client  # the overloads of its stubs know literal names only
        return connect(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=DUMMY_CREDENTIALS['AWS_ACCESS_KEY_ID'],
            aws_secret_access_key=DUMMY_CREDENTIALS['AWS_SECRET_ACCESS_KEY'],
            # Its stream sequence numbers are shorter than the service model allows.
            config=Config(parameter_validation=False, max_pool_connections=64),
            **options,
        )

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
