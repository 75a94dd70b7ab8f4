"""The hands of the machines of requests; the drawings stand beside this file (`*.asl.json`)."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.values import Instant, Stored
from chalicelib.requests import service

steps = Lambdas(__name__)


class Turn(Stored):
    """Which request, and which of its suspensions or completions."""

    organisation: str
    number: int
    turn: int = 0
    warn_at: Instant | None = None


class Pursued(Stored):
    """Whether there is more to ask for."""

    goes_on: bool


@steps.task
def warn_of_resumption(turn: Turn) -> None:
    """Those concerned know that the suspension ends."""
    service.warn_of_resumption(turn.organisation, turn.number, turn.turn)


@steps.task
def pursue_rating(turn: Turn) -> Pursued:
    """The resident is asked to rate, and reminded once."""
    return Pursued(goes_on=service.pursue_rating(turn.organisation, turn.number, turn.turn))


@steps.task
def stop_warning(turn: Turn) -> None:
    """No machine waits for the suspension that the cancelling cut short."""
    service.stop_warning(turn.organisation, turn.number, turn.turn, turn.warn_at)


@steps.task
def stop_reminding(turn: Turn) -> None:
    """No machine waits for the rating of a completion that was taken back."""
    service.stop_reminding(turn.organisation, turn.number, turn.turn)


@steps.task
def drop_dismissed(turn: Turn) -> None:
    """Nobody who has left is an assignee of the reopened request."""
    service.drop_dismissed(turn.organisation, turn.number)
