"""What follows a status: the machine that waits, asks, reminds or clears up after it.

An execution's name is the identity of its work, so that a second start of the same is harmless.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from chalicelib.kit import machines
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import events as said


def follow(delivered: Delivered) -> None:
    """The machine of the event's status is at work, once however often the event comes."""
    if delivered.type not in _FOLLOWED:
        return
    kind, machine, name = _FOLLOWED[delivered.type]
    event = kind.model_validate(delivered.event)
    wanted = {'organisation', 'number', 'turn', 'warn_at', 'remind_at'}
    state = event.model_dump(mode='json', include=wanted)
    machines.begin(machine, name(event), {**state, 'correlation': delivered.correlation})


def stop_warning(organisation: str, number: int, turn: int, warn_at: datetime | None) -> None:
    """No machine waits any more for the end of that suspension."""
    if warn_at is not None:
        machines.end('suspension', _suspension(organisation, number, turn, warn_at))


def stop_reminding(organisation: str, number: int, turn: int) -> None:
    """No machine waits any more for the rating of that completion."""
    machines.end('completion', _completion(organisation, number, turn))


def _suspension(organisation: str, number: int, turn: int, warn_at: datetime) -> str:
    return f'{organisation}-{number}-{turn}-{int(warn_at.timestamp())}'


def _completion(organisation: str, number: int, turn: int) -> str:
    return f'{organisation}-{number}-{turn}'


def _of_suspension(event: Any) -> str:
    return _suspension(event.organisation, event.number, event.turn, event.warn_at)


def _of_completion(event: Any) -> str:
    return _completion(event.organisation, event.number, event.turn)


def _of_version(event: Any) -> str:
    return f'{event.organisation}-{event.number}-v{event.version}'


_FOLLOWED: dict[str, tuple[type[said.RequestEvent], str, Callable[[Any], str]]] = {
    'RequestSuspended': (said.RequestSuspended, 'suspension', _of_suspension),
    'SuspensionMoved':  (said.SuspensionMoved,  'suspension', _of_suspension),
    'RequestCompleted': (said.RequestCompleted, 'completion', _of_completion),
    'RequestCancelled': (said.RequestCancelled, 'cancelling', _of_version),
    'RequestReopened':  (said.RequestReopened,  'reopening',  _of_version),
}  # fmt: skip
