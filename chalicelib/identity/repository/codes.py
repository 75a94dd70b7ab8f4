"""Rows of codes on their way: challenges, what happened at addresses, and counts within windows of time."""

from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.identity import rules
from chalicelib.identity.model import Address, Challenge, ChallengeState, CodeUsed, Knocks
from chalicelib.identity.repository.rows import IdentityRow, address_pk, epoch
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.errors import ChangedMeanwhile


def reading_knocks(address: Address) -> Read[Knocks]:
    """A look at what happened at an address; None where nothing did lately."""
    return Read(
        IdentityRow, (address_pk(address), 'knocks'), lambda row: Knocks.model_validate_json(row.body)
    )


def keeping_knocks(knocks: Knocks) -> Write:
    """The knocks will be kept, if they still are of the version before."""
    row = IdentityRow(
        pk=address_pk(knocks.address),
        sk='knocks',
        version=knocks.version,
        body=knocks.model_dump_json(),
        ttl=epoch(clock.now() + rules.KNOCKS_REMEMBERED),
    )
    was = knocks.version - 1
    return dynamo.putting(row, IdentityRow.version == was) if was else dynamo.creating(row)


def challenge_key(challenge_id: str) -> tuple[str, str]:
    """The key of a challenge: its id begins with the organisation."""
    return f'{challenge_id.partition("_")[0]}#challenge#{challenge_id}', 'challenge'


def making_challenge(challenge: Challenge) -> Write:
    """The challenge will be kept."""
    pk, sk = challenge_key(challenge.id)
    return dynamo.creating(
        IdentityRow(
            pk=pk,
            sk=sk,
            body=challenge.model_dump_json(),
            attempts=challenge.attempts,
            state=challenge.state.value,
            until=clock.text(challenge.expires_at),
            ttl=epoch(challenge.expires_at + timedelta(hours=1)),
        )
    )


def dropping_challenge(challenge_id: str) -> Write:
    """The challenge will be gone, and its code with it."""
    pk, sk = challenge_key(challenge_id)
    return dynamo.removing(IdentityRow(pk=pk, sk=sk))


def find_challenge(challenge_id: str) -> Challenge | None:
    """The challenge as it stands now, or None."""
    return dynamo.find(Read(IdentityRow, challenge_key(challenge_id), _challenge))


def _challenge(row: IdentityRow) -> Challenge:
    made = Challenge.model_validate_json(row.body or '')
    return made.model_copy(
        update={'attempts': int(row.attempts or 0), 'state': ChallengeState(row.state or '')}
    )


def count_attempt(challenge: Challenge, now: datetime) -> Challenge | None:
    """One more attempt stands on the challenge, whatever becomes of it; None if it takes no more."""
    pk, sk = challenge_key(challenge.id)
    row = IdentityRow(pk=pk, sk=sk)
    is_open = (
        (IdentityRow.attempts < rules.CODE_TRIES)
        & (IdentityRow.until > clock.text(now))
        & (IdentityRow.state == ChallengeState.PENDING.value)
    )
    try:
        dynamo.update_now(row, [IdentityRow.attempts.add(1)], is_open)
    except ChangedMeanwhile:
        return None
    return _challenge(row)


def using_challenge(challenge: Challenge) -> Write:
    """The challenge will be used, if it still was not (CodeUsed)."""
    pk, sk = challenge_key(challenge.id)
    is_pending = IdentityRow.state == ChallengeState.PENDING.value
    used = [IdentityRow.state.set(ChallengeState.USED.value)]
    return dynamo.updating(IdentityRow(pk=pk, sk=sk), used, is_pending, CodeUsed)


def note_failure(knocks: Knocks, now: datetime) -> None:
    """One more wrong code stands at the address, even though the call is refused."""
    for _ in range(dynamo.CONFLICT_TRIES):
        try:
            dynamo.send([keeping_knocks(rules.failing(knocks, now))])
            return
        except ChangedMeanwhile:
            knocks = dynamo.find(reading_knocks(knocks.address)) or Knocks(address=knocks.address)
    raise ChangedMeanwhile


def reading_count(organisation: str, of: str, window: str) -> Read[int]:
    """A look at how often `of` was counted within `window`; None where it was not."""
    return Read(IdentityRow, (f'{organisation}#count#{of}', window), lambda row: int(row.counted or 0))


def counting(
    organisation: str,
    of: str,
    window: str,
    by: int,
    limit: int,
    until: datetime,
    refusal: Callable[[], Exception],
) -> Write:
    """The count will be higher `by` so many, unless `limit` is reached (`refusal`)."""
    row = IdentityRow(pk=f'{organisation}#count#{of}', sk=window)
    is_below = IdentityRow.counted.does_not_exist() | (IdentityRow.counted < limit)
    actions = [IdentityRow.counted.add(by), IdentityRow.ttl.set(epoch(until))]
    return dynamo.updating(row, actions, is_below, refusal)
