"""A socket whose end nobody told is not listened through for ever."""

from chalicelib.kit import clock, telemetry
from chalicelib.kit.errors import ChangedMeanwhile, DomainError
from chalicelib.live import gateway, repository
from chalicelib.live.service.opening import forget

MOST_A_SHARD = 500
"""How many sockets of a shard one run looks at, the longest silent first; the next minute goes on."""


def sweep() -> int:
    """Every socket that was silent for too long, or whose session is over, is closed and forgotten.

    Returns how many there were. One that is heard at this moment is left; one that cannot be reached is
    tried again in a minute and keeps back no other.
    """
    closed = 0
    for shard in range(repository.SHARDS):
        for looked_at, socket_id in enumerate(repository.stale_by(clock.now(), shard)):
            if looked_at >= MOST_A_SHARD:
                telemetry.count('SweepBehind')
                break
            closed += _closed(socket_id)
    return closed


def _closed(socket_id: str) -> bool:
    try:
        gateway.close(socket_id)
        forget(socket_id)
    except ChangedMeanwhile:
        return False
    except DomainError as refusal:
        telemetry.log.warning(refusal.code, socket=socket_id)
        return False
    except Exception:
        telemetry.log.exception('sweep could not close a socket', socket=socket_id)
        telemetry.count('SweepFaults')
        return False
    return True
