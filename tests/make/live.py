"""The gateway of the sockets as a sandbox over loopback HTTP, and people whose sessions are open."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from chalicelib.identity import service as identity
from chalicelib.identity.service import authenticate
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Row
from chalicelib.kit.outbox import Delivered
from chalicelib.live import service
from infra.local.gateway import Reply
from infra.local.server import Server
from tests.make import identity as make


class Sandbox:
    """`@connections` of API Gateway: what was sent through each socket, and which were closed."""

    def __init__(self) -> None:
        self.sent: dict[str, list[dict[str, Any]]] = {}
        self.closed: list[str] = []
        self.gone: set[str] = set()
        self.is_broken = False
        self._server = Server(self._answer).start()
        self.url, self.stop = self._server.url, self._server.stop

    def through(self, socket_id: str) -> list[dict[str, Any]]:
        """The frames that were sent through the socket."""
        return self.sent.get(socket_id, [])

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        _, stage, connections, socket_id = unquote(path).strip('/').split('/')
        assert (stage, connections) == ('api', '@connections'), path
        if self.is_broken:
            return Reply(500, {}, b'{"message": "Internal Server Error"}')
        if socket_id in self.gone:
            return Reply(410, {'x-amzn-ErrorType': 'GoneException'}, b'{"message": "GoneException"}')
        if method == 'DELETE':
            self.closed.append(socket_id)
            self.gone.add(socket_id)
            return Reply(204, {})
        self.sent.setdefault(socket_id, []).append(json.loads(body or b''))
        return Reply(200, {})


def signed_in(caller: Caller) -> Caller:
    """The person with an open session, as a call of his is from."""
    login = dynamo.get(identity.reading_login(caller.organisation, caller.audience, caller.id))
    return authenticate(make.session(login).access_token)


def socket(by: Caller, socket_id: str = 'socket') -> str:
    """An open socket of the person."""
    url = service.give_ticket(by=by).url
    service.open_socket(socket_id, url.partition('?ticket=')[2])
    return socket_id


def asked(socket_id: str, **frame: Any) -> dict[str, Any]:
    """What the frame is answered with."""
    return service.hear(socket_id, json.dumps(frame)).model_dump(mode='json', exclude_none=True)


def announced(row: type[Row], *kinds: str) -> list[Delivered]:
    """The events that stand in the table, of these kinds if any are named."""
    rows = sorted((one for one in row.scan() if one.sk.startswith('event#')), key=lambda one: one.sk)
    found = [Delivered.model_validate_json(one.body or '') for one in rows]
    return [one for one in found if not kinds or one.type in kinds]
