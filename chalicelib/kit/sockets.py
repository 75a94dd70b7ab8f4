"""The doors of a web socket: its three routes, as API Gateway hands them to Lambda.

Chalice makes the API, its routes and permissions out of them. A refusal at the opening is the status of the
handshake; what goes wrong with a frame is told by its answer.
"""

import contextlib
import functools
from collections.abc import Callable
from typing import Any, NamedTuple

from chalice.app import Blueprint
from pydantic import BaseModel

from chalicelib.kit import telemetry
from chalicelib.kit.connection import pause
from chalicelib.kit.errors import ChangedMeanwhile, DomainError
from chalicelib.kit.problems import status_of

TRIES_OF_A_LOST_RACE = 5
DONE = {'statusCode': 200}

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class Opening(NamedTuple):
    """A program wants a socket."""

    socket_id: str
    query: dict[str, str]


class Frame(NamedTuple):
    """What came through a socket."""

    socket_id: str
    text: str


class Sockets(Blueprint):
    """A blueprint of the routes of the socket; an application has one at most."""

    def on_connect(self, handle: Callable[[Opening], None]) -> Handler:
        """A socket is opened; a refusal is the status the handshake ends with."""

        def run(payload: dict[str, Any]) -> dict[str, Any]:
            # The query holds what opens the socket: it is never logged.
            opening = Opening(_socket(payload), payload.get('queryStringParameters') or {})
            try:
                _racing(lambda: handle(opening))
            except DomainError as refusal:
                telemetry.log.info(refusal.code, door=handle.__name__)
                return {'statusCode': status_of(type(refusal)).value}
            return DONE

        return self._route(handle, run, self.on_ws_connect)

    def on_message(self, handle: Callable[[Frame], BaseModel]) -> Handler:
        """A frame came; what the handler returns goes back through the socket."""

        def run(payload: dict[str, Any]) -> dict[str, Any]:
            frame = Frame(_socket(payload), payload.get('body') or '')
            answer = _racing(lambda: handle(frame))
            return DONE | {'body': answer.model_dump_json(exclude_none=True)}

        return self._route(handle, run, self.on_ws_message)

    def on_disconnect(self, handle: Callable[[str], None]) -> Handler:
        """A socket was closed. It is told at most once, and not always."""

        def run(payload: dict[str, Any]) -> dict[str, Any]:
            _racing(lambda: handle(_socket(payload)))
            return DONE

        return self._route(handle, run, self.on_ws_disconnect)

    def _route(
        self,
        handle: Callable[..., Any],
        run: Callable[[dict[str, Any]], dict[str, Any]],
        register: Callable[..., Any],
    ) -> Handler:
        @functools.wraps(handle)
        def route(payload: dict[str, Any], context: Any) -> dict[str, Any]:
            with telemetry.correlated():
                try:
                    return run(payload)
                except Exception:
                    telemetry.log.exception('handler failed', handler=handle.__name__)
                    telemetry.count('HandlerFaults', handler=handle.__name__)
                    raise

        # Outside an application Chalice leaves the function as it is: what Lambda calls is `route`.
        handler: Handler = register(name=handle.__name__)(route)
        return handler


def _socket(payload: dict[str, Any]) -> str:
    return str(payload['requestContext']['connectionId'])


def _racing(act: Callable[[], Any]) -> Any:
    for attempt in range(TRIES_OF_A_LOST_RACE - 1):
        with contextlib.suppress(ChangedMeanwhile):
            return act()
        pause(attempt)
    return act()
