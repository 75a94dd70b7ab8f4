"""A person of the demo keeps a socket open: `python -m infra.local listen resident` shows what is told."""

import json
import sys

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from infra.local.speaking import ask

PATIENCE = 60
"""Seconds of silence after which nothing more is waited for; API Gateway allows ten minutes."""


def listen(person: str, number: int | None, most: int) -> int:
    """At most that many pieces of news are on the screen, a line each; 1 where fewer came."""
    status, ticket = ask(person, 'POST', '/v1/live/tickets')
    if status != 201:
        print(json.dumps(ticket, ensure_ascii=False, indent=2))
        return 1
    what = {'list': 'requests'} if number is None else {'number': number}
    with connect(ticket['url']) as socket:
        socket.send(json.dumps({'action': 'subscribe', **what}))
        answer = json.loads(socket.recv(PATIENCE))
        print(json.dumps(answer, ensure_ascii=False), flush=True)
        if answer['type'] != 'subscribed':
            return 1
        try:
            for _ in range(most):
                print(socket.recv(PATIENCE), flush=True)
        except (TimeoutError, ConnectionClosed) as end:
            print(f'nothing more was told: {type(end).__name__}', file=sys.stderr)
            return 1
    return 0
