"""Clients of AWS. Those that send never repeat a call: whether to is decided by who knows the message."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
)

from chalicelib.kit import settings
from chalicelib.messaging.model import Ambiguous, Answer, NotNow, Rejected

Fault = (BotoCoreError, ClientError)
"""Whatever a client can raise."""

_ONCE = Config(connect_timeout=2, read_timeout=10, retries={'total_max_attempts': 1}, max_pool_connections=20)
_PATIENT = Config(connect_timeout=2, read_timeout=5, retries={'total_max_attempts': 3, 'mode': 'standard'})

_THROTTLED = frozenset(
    {
        'Throttled', 'Throttling', 'ThrottledException', 'ThrottlingException', 'TooManyRequestsException',
        'LimitExceededException', 'RequestLimitExceeded',
    }
)  # fmt: skip
_SERVER_ERROR = 500
THROTTLED_SECONDS = 30


@cache
def once(name: str) -> Any:
    """The client for calls that must not be made twice."""
    return _made(name, _ONCE)


@cache
def patient(name: str) -> Any:
    """The client for calls that may safely be repeated."""
    return _made(name, _PATIENT)


def _made(name: str, config: Config) -> Any:
    import boto3  # who sends nothing spares its 25 ms

    client: Any = boto3.client  # the stubs take literal names only
    return client(name, region_name=settings.region(), config=config)


def code_of(fault: Exception) -> str:
    """What AWS calls the fault, or the name of what went wrong on the way."""
    if isinstance(fault, ClientError):
        return str(fault.response['Error'].get('Code', 'Unknown')).removesuffix('Exception')
    return type(fault).__name__


def judged(fault: Exception, rejected: frozenset[str]) -> Answer:
    """The answer that a fault of a sending call means; `rejected` are the codes that will not get better."""
    code = code_of(fault)
    if isinstance(fault, ClientError):
        status = int(fault.response.get('ResponseMetadata', {}).get('HTTPStatusCode', 0))
        if code in _THROTTLED or f'{code}Exception' in _THROTTLED:
            return NotNow(code, THROTTLED_SECONDS)
        if code in rejected:
            return Rejected(code)
        return Ambiguous(code) if status >= _SERVER_ERROR else NotNow(code)
    if isinstance(fault, EndpointConnectionError | ConnectTimeoutError | NoCredentialsError):
        return NotNow(code)
    return Ambiguous(code)
