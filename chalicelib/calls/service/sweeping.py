"""A call whose end the exchange never told is not open for ever."""

from chalicelib.calls import repository
from chalicelib.calls.rules import hearing
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.errors import ChangedMeanwhile, NotFound

MOST_A_SHARD = 500
"""How many calls of a shard one run looks at, the longest open first; the next minute goes on."""


def sweep() -> int:
    """Every call of which nothing was heard for too long is over; returns how many there were.

    A call that another hand changes at the same moment is left to the next run; one that cannot be judged
    does not keep back the others.
    """
    closed = 0
    for shard in range(repository.SHARDS):
        for looked_at, (organisation, call_id) in enumerate(repository.due_by(clock.now(), shard)):
            if looked_at >= MOST_A_SHARD:
                telemetry.count('SweepBehind')
                break
            closed += _closed(organisation, call_id)
    return closed


def _closed(organisation: str, call_id: str) -> bool:
    try:
        call, now = dynamo.get(repository.reading(organisation, call_id)), clock.now()
        due = hearing.closed_at(call)
        if due is None or due > now:
            return False
        after = hearing.closed(call)
        dynamo.commit(*repository.saving(call, after, hearing.told(call, after, now)))
    except (ChangedMeanwhile, NotFound):
        return False
    except Exception:
        telemetry.log.exception('sweep could not judge a call', organisation=organisation, call=call_id)
        telemetry.count('SweepFaults')
        return False
    return True
