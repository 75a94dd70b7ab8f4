"""The gateway that holds the sockets: a frame is sent through one, or one is closed."""

from functools import cache
from typing import Any

from botocore.config import Config

from chalicelib.kit import aws, settings, telemetry
from chalicelib.kit.errors import Unavailable

_CONFIG = Config(
    connect_timeout=2, read_timeout=5, retries={'total_max_attempts': 2}, max_pool_connections=20
)
GONE = {'Gone', '410', 'NotFound', '404'}


class SocketsAway(Unavailable):
    """The gateway did not take a frame that it should have taken."""


def address() -> str:
    """Where a program opens its socket."""
    return _endpoint().replace('http', 'ws', 1)


def post(socket_id: str, frame: str) -> bool:
    """The frame is on its way; False where the socket is gone. Raises SocketsAway."""
    return _did('post_to_connection', ConnectionId=socket_id, Data=frame.encode())


def close(socket_id: str) -> bool:
    """The socket is closed; False where it was gone already. Raises SocketsAway."""
    return _did('delete_connection', ConnectionId=socket_id)


def _did(action: str, **arguments: Any) -> bool:
    try:
        getattr(_client(_endpoint()), action)(**arguments)
    except aws.Fault as fault:
        code = aws.code_of(fault)
        if code in GONE:
            return False
        telemetry.log.warning('socket not reached', action=action, reason=code)
        telemetry.count('LivePushFailed')
        raise SocketsAway() from fault
    return True


@cache
def _client(endpoint: str) -> Any:
    import boto3

    client: Any = boto3.client  # the stubs take literal names only
    return client(
        'apigatewaymanagementapi', endpoint_url=endpoint, region_name=settings.region(), config=_CONFIG
    )


def _endpoint() -> str:
    api, stage = settings.required('LIVE_API'), settings.optional('LIVE_STAGE', 'api')
    # The local runtime serves all APIs of its cloud at one address.
    host = settings.optional('SANDBOX_LIVE_URL')
    if host:
        return f'{host}/{api}/{stage}'
    return f'https://{api}.execute-api.{settings.region()}.amazonaws.com/{stage}'
