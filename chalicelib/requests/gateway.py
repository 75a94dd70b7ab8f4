"""Step Functions as requests use it: executions whose names are the identity of the work."""

import json
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.kit import settings

_client: Any = None


def begin(machine: str, name: str, state: dict[str, Any]) -> None:
    """The machine works on `state` under that name; where it does or did already, nothing happens."""
    try:
        _states().start_execution(stateMachineArn=_arn(machine), name=name, input=json.dumps(state))
    except ClientError as error:
        if error.response['Error']['Code'] != 'ExecutionAlreadyExists':
            raise


def end(machine: str, name: str) -> None:
    """The machine no longer waits under that name; where it never did or has ended, nothing happens."""
    arn = _arn(machine).replace(':stateMachine:', ':execution:')
    try:
        _states().stop_execution(executionArn=f'{arn}:{name}', cause='the request went on')
    except ClientError as error:
        if error.response['Error']['Code'] != 'ExecutionDoesNotExist':
            raise


def _arn(machine: str) -> str:
    return settings.required(f'{machine.upper()}_MACHINE')


def _states() -> Any:
    global _client
    if _client is None:
        import boto3  # the API never follows a status: it spares the 25 ms

        _client = boto3.client('stepfunctions', region_name=settings.region())
    return _client
