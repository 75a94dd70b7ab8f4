"""Looks over the shoulder of the one DynamoDB client: its calls, what they consume, and conflicts put in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from chalicelib.kit.connection import connection

WRITES = ('TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem')


@dataclass
class Seen:
    """The calls of a block in their order, with their parameters, and the capacity they took."""

    calls: list[str] = field(default_factory=list)
    parameters: list[dict[str, Any]] = field(default_factory=list)
    read_units: float = 0
    write_units: float = 0


@contextmanager
def watched() -> Iterator[Seen]:
    """Every call to DynamoDB inside the block is written down; a call that is sent again counts again."""
    seen, events = Seen(), connection().client.meta.events

    def ask(params: dict[str, Any], model: Any, **_: Any) -> dict[str, Any]:
        seen.parameters.append(params)
        return {**params, 'ReturnConsumedCapacity': 'TOTAL'}

    def send(event_name: str, **_: Any) -> None:
        seen.calls.append(event_name.rpartition('.')[2])

    def hear(parsed: dict[str, Any], model: Any, **_: Any) -> None:
        told = parsed.get('ConsumedCapacity') or []
        units = sum(float(one['CapacityUnits']) for one in (told if isinstance(told, list) else [told]))
        if model.name in WRITES:
            seen.write_units += units
        else:
            seen.read_units += units

    hooks = {'provide-client-params.dynamodb': ask, 'before-send.dynamodb': send, 'after-call.dynamodb': hear}
    for name, hook in hooks.items():
        events.register(name, hook)
    try:
        yield seen
    finally:
        for name, hook in hooks.items():
            events.unregister(name, hook)


@contextmanager
def refusing(operation: str, times: int, code: str, *reasons: str) -> Iterator[list[int]]:
    """The first calls of the operation are answered by the refusal, as AWS would and no emulator does.

    Gives how many calls there were, the refused ones among them.
    """
    calls, events = [0], connection().client.meta.events
    told = {
        'Error': {'Code': code, 'Message': f'{code} [{", ".join(reasons)}]'},
        'CancellationReasons': [{'Code': reason} for reason in reasons],
        'ResponseMetadata': {'HTTPHeaders': {}, 'HTTPStatusCode': 400},
    }

    def refuse(**_: Any) -> tuple[Any, dict[str, Any]] | None:
        calls[0] += 1
        return (SimpleNamespace(status_code=400), told) if calls[0] <= times else None

    events.register(f'before-call.dynamodb.{operation}', refuse)
    try:
        yield calls
    finally:
        events.unregister(f'before-call.dynamodb.{operation}', refuse)
