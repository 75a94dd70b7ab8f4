"""Clients of AWS that more than one house needs, and what went wrong with them in one word."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.kit import settings

Fault = (BotoCoreError, ClientError)
"""Whatever a client can raise."""

_ONCE = Config(connect_timeout=2, read_timeout=10, retries={'total_max_attempts': 1}, max_pool_connections=20)
_PATIENT = Config(connect_timeout=2, read_timeout=5, retries={'total_max_attempts': 3, 'mode': 'standard'})


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
