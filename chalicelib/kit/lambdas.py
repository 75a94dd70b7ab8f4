"""The doors that are not HTTP: tasks of state machines, queues, streams and clocks.

Chalice middleware never runs here, because Lambda imports a house's module without `app.py`. Whatever
every such door must do, it does in this file; a handler is its decorator, a typed signature and one call.
"""

import contextlib
import functools
import inspect
import json
from collections.abc import Callable
from typing import Any

from chalice.app import Blueprint
from pydantic import BaseModel

from chalicelib.kit import telemetry
from chalicelib.kit.connection import pause
from chalicelib.kit.errors import ChangedMeanwhile, DomainError
from chalicelib.kit.queues import postpone

Handler = Callable[[dict[str, Any], Any], Any]

TRIES_OF_A_LOST_RACE = 5


class Lambdas(Blueprint):
    """A blueprint of Lambda functions whose handlers take typed input."""

    def task(self, step: Callable[[Any], BaseModel | None]) -> Handler:
        """A task of a state machine: the state in, what it adds to the state out.

        A refusal leaves by its class name, which the drawing's `Retry` and `Catch` know.
        """
        state = _only_parameter(step)

        @functools.wraps(step)
        def run(payload: dict[str, Any], context: Any) -> dict[str, Any]:
            with telemetry.correlated(str(payload.get('correlation') or '')), _noted(step.__name__):
                answer = step(state.model_validate(payload))
                return {} if answer is None else answer.model_dump(mode='json')

        return self._handler(step, run)

    def each_message(self, handle: Callable[[Any], None]) -> Handler:
        """One call a message of a queue, at once again where it lost a race.

        Only the failed ones come again, soon at first and then ever later, and end in the dead letters.
        """
        body = _only_parameter(handle)

        def one(record: dict[str, Any]) -> None:
            message = json.loads(record['body'])
            with telemetry.correlated(message.get('correlation')):
                _racing(handle, body.model_validate(message))

        return self._batch(handle, one, lambda record: str(record['messageId']), postpone)

    def each_stream_record(self, handle: Callable[[dict[str, Any]], None]) -> Handler:
        """One call a record of a table's stream; from the first failed one on they come again, in order."""

        def one(record: dict[str, Any]) -> None:
            with telemetry.correlated():
                handle(record)

        def number(record: dict[str, Any]) -> str:
            return str(record['dynamodb']['SequenceNumber'])

        return self._batch(handle, one, number)

    def every(self, rate: str) -> Callable[[Callable[[], None]], Handler]:
        """A clock: the handler runs once each `rate`, such as `1 minute`; it must bear missed runs."""

        def decorate(handle: Callable[[], None]) -> Handler:
            @functools.wraps(handle)
            def run(event: Any) -> None:
                with telemetry.correlated(), _noted(handle.__name__):
                    handle()

            handler: Handler = self.schedule(f'rate({rate})', name=handle.__name__)(run)
            return handler

        return decorate

    def _batch(
        self,
        handle: Callable[..., None],
        one: Callable[[dict[str, Any]], None],
        name: Callable[[dict[str, Any]], str],
        postpone: Callable[[list[dict[str, Any]]], None] | None = None,
    ) -> Handler:
        @functools.wraps(handle)
        def run(payload: dict[str, Any], context: Any) -> dict[str, Any]:
            failed: list[dict[str, Any]] = []
            for record in payload['Records']:
                try:
                    with _noted(handle.__name__):
                        one(record)
                except Exception:
                    failed.append(record)
                    if postpone is None:  # nothing of a stream is done before what stands ahead of it
                        break
            if postpone is not None:
                postpone(failed)
            return {'batchItemFailures': [{'itemIdentifier': name(record)} for record in failed]}

        return self._handler(handle, run)

    def _handler(self, named: Callable[..., Any], run: Callable[..., Any]) -> Handler:
        handler: Handler = self.lambda_function(name=named.__name__)(run)
        return handler


def _racing(handle: Callable[[Any], None], message: Any) -> None:
    for attempt in range(TRIES_OF_A_LOST_RACE - 1):
        with contextlib.suppress(ChangedMeanwhile):
            handle(message)
            return
        pause(attempt)
    handle(message)


def _only_parameter(function: Callable[..., Any]) -> type[BaseModel]:
    [parameter] = inspect.signature(function, eval_str=True).parameters.values()
    kind: type[BaseModel] = parameter.annotation
    return kind


class _noted:
    """Logs what leaves the block: a refusal as a warning, a fault with its trace and a metric."""

    def __init__(self, handler: str) -> None:
        self._handler = handler

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, DomainError):
            telemetry.log.warning(str(error), handler=self._handler)
        elif error is not None:
            telemetry.log.exception('handler failed', handler=self._handler)
            telemetry.count('HandlerFaults', handler=self._handler)
