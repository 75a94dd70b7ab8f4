"""The data folder: one runtime at a time, swept only when it is ours."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path


class DataInUse(RuntimeError):
    """Two runtimes cannot share one folder of data."""


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """The folder is ours alone; the lock ends with the process, however that ends."""
    with (data / 'lock').open('w') as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DataInUse(f'another runtime works in {data}') from error
        yield


@contextlib.contextmanager
def scratch(data: Path) -> Iterator[Path]:
    """A short-lived folder. Its path is short, because that of a socket may have 108 characters at most.

    And it is the same for the same data, so that what a killed predecessor left there is swept away.
    """
    name = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    place = Path(tempfile.gettempdir()) / f'domovoy-{os.getuid()}-{name}'
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def wipe(data: Path) -> None:
    """The data folder is empty. Refuses a folder that is none of ours."""
    if not data.exists():
        return
    strangers = [
        path for path in data.iterdir() if path.name not in OURS and not path.name.startswith('dynamodb.db')
    ]
    if strangers:
        raise ValueError(f'{data} is not a data folder of the runtime: it holds {strangers[0].name}')
    with locked(data):
        shutil.rmtree(data)


OURS = {
    'checkpoints',
    'clock.json',
    'lock',
    'logs',
    'merge-template.json',
    'outbox.jsonl',
    'push-endpoints.json',
    'runtime.log',
    's3',
    'secrets.json',
    'template.json',
    'yookassa.jsonl',
    'tbank.jsonl',
}
