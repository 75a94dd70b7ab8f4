"""The one client of DynamoDB a process has, and how patient it is."""

import random
import time
from threading import Lock

from pynamodb.connection import Connection

from chalicelib.kit import settings
from chalicelib.kit.wire import read_plain_json


class TableMeta:
    """What the `Meta` of every row and index of a house inherits."""

    region = settings.region()
    connect_timeout_seconds = 2
    read_timeout_seconds = 5
    max_retry_attempts = 3
    max_pool_connections = 50


_connection: Connection | None = None
_making = Lock()


def connection() -> Connection:
    """The one connection for transactions and batches, made at the first use."""
    global _connection
    if _connection is not None:
        return _connection
    with _making:  # the local runtime answers its first calls from several threads at once
        if _connection is None:
            made = Connection(
                region=TableMeta.region,
                connect_timeout_seconds=TableMeta.connect_timeout_seconds,
                read_timeout_seconds=TableMeta.read_timeout_seconds,
                max_retry_attempts=TableMeta.max_retry_attempts,
                max_pool_connections=TableMeta.max_pool_connections,
            )
            read_plain_json(made.client)
            _connection = made
        return _connection


def forget_connections() -> None:
    """The next call makes new clients: for tests that start another world."""
    global _connection
    _connection = None


CONFLICT_TRIES = 12
"""How often a call that met another one is made in all."""


def pause(attempt: int) -> None:
    """A moment has passed, longer after each attempt."""
    # Full jitter, from 10 ms to at most half a second: a lost race is short.
    time.sleep(random.uniform(0, min(0.5, 0.01 * 2**attempt)))  # noqa: S311
