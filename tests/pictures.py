"""Pictures of moto's AWS: what is dear to build is built once in a process and put back for each test."""

import io
import pickle
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from moto.core.base_backend import BackendDict, BaseBackend
from moto.dynamodb import dynamodb_backends
from moto.events import events_backends
from moto.sns import sns_backends
from moto.sqs import sqs_backends

ACCOUNT = '123456789012'
REGION = 'eu-central-1'

ROWS = (dynamodb_backends,)
EVERYTHING = (*ROWS, events_backends, sns_backends, sqs_backends)

T = TypeVar('T')


class Picture:
    """What some services of moto hold at this moment, and what the painter wants to keep with it."""

    def __init__(self, *services: BackendDict[Any], kept: Any = None) -> None:
        self._services = services
        file = io.BytesIO()
        _Painter(file).dump((self._held(), kept))
        self._painted = file.getvalue()

    def restore(self) -> Any:
        """The services hold again what they held, nothing else; returns a copy of what was kept."""
        held, kept = _Restorer(io.BytesIO(self._painted)).load()
        for service, state in zip(self._services, held, strict=True):
            holding = vars(service[ACCOUNT][REGION])
            holding.clear()
            holding.update(state)
        return kept

    def _held(self) -> list[dict[str, Any]]:
        return [vars(service[ACCOUNT][REGION]) for service in self._services]


_made: dict[Callable[[], Any], Picture] = {}


def once(make: Callable[[], T]) -> T:
    """What `make` returns, with the rows it stores: made at the first call of the process, restored later.

    To be called before a test stores rows of its own, for they would be gone.
    """
    tables = dynamodb_backends[ACCOUNT][REGION].tables.values()
    assert not any(table.items for table in tables), 'rows are stored already'
    if make not in _made:
        _made[make] = Picture(*ROWS, kept=make())
    return _made[make].restore()


class _Painter(pickle.Pickler):
    # Services know one another and themselves, and a queue has a lock: neither is part of what they hold.
    def persistent_id(self, thing: Any) -> tuple[str, str, str] | None:
        if isinstance(thing, BaseBackend):
            return thing.SERVICE_NAMESPACE, thing.account_id, thing.region_name
        return None

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, threading.Condition):
            return threading.Condition, ()
        return NotImplemented


class _Restorer(pickle.Unpickler):
    def persistent_load(self, named: tuple[str, str, str]) -> BaseBackend:
        service, account, region = named
        [backends] = [known for known in EVERYTHING if known.service_name == service]
        found: BaseBackend = backends[account][region]
        return found
