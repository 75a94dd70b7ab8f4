"""State machines of houses: executions named by the identity of the work, and answers they wait for."""

import json
from typing import Any

from botocore.exceptions import ClientError

from chalicelib.kit import settings

_client: Any = None

_NOBODY_WAITS = frozenset({'InvalidToken', 'TaskDoesNotExist', 'TaskTimedOut'})


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


def answer(token: str, said: dict[str, Any]) -> bool:
    """Whether a machine waited for this answer and goes on with it."""
    try:
        _states().send_task_success(taskToken=token, output=json.dumps(said))
    except ClientError as error:
        if error.response['Error']['Code'] not in _NOBODY_WAITS:
            raise
        return False
    return True


def _arn(machine: str) -> str:
    return settings.required(f'{machine.upper()}_MACHINE')


def _states() -> Any:
    global _client
    if _client is None:
        import boto3  # the API never starts a machine: it spares the 25 ms

        _client = boto3.client('stepfunctions', region_name=settings.region())
    return _client
