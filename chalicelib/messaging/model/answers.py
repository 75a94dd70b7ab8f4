"""What a neighbour can answer to "send this": the difference that matters is whether it may be sent again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """It is on its way; `reference` is the neighbour's name for it, `cost_minor` its price in kopecks."""

    reference: str = ''
    cost_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """It was not sent and never will be, for `reason`."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """It was not sent: the neighbour does not accept the account, for `reason`."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotNow:
    """It was surely not sent and may be tried again, at the earliest in `retry_after` seconds."""

    reason: str
    retry_after: int = 0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Nobody knows whether it was sent: what costs money or patience is not sent again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stale:
    """The phone does not listen any more; `is_gone` where the push service forgot it altogether."""

    is_gone: bool


Answer = Taken | Rejected | Unauthorised | NotNow | Ambiguous
