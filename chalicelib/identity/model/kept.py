"""What identity keeps of its own: addresses, knocks at them, challenges and sessions."""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.kit.values import Instant, Stored


class AddressKind(StrEnum):
    """Where a code is sent."""

    PHONE = 'phone'
    EMAIL = 'email'


class Address(Stored):
    """A telephone or e-mail address at one organisation's door."""

    organisation: str
    audience: Audience
    kind: AddressKind
    value: str


class AddressHolder(Stored):
    """Whose an address is, with what is needed to write to it."""

    subject_id: str
    locale: str | None = None


class Knocks(Stored):
    """What happened at an address lately, whether or not it is anybody's."""

    address: Address
    sent_at: list[Instant] = Field(default_factory=list)
    failed_at: list[Instant] = Field(default_factory=list)
    locked_until: Instant | None = None
    challenge_id: str | None = None
    version: int = 0


class ChallengeState(StrEnum):
    """Whether the code may still be entered."""

    PENDING = 'pending'
    USED = 'used'


class Challenge(Stored):
    """A code on its way. Only a keyed digest of the code is kept."""

    id: str
    address: Address
    subject_id: str | None = Field(description="None where the address is nobody's: no code opens it.")
    digest: str
    kid: str
    expires_at: Instant
    attempts: int = 0
    state: ChallengeState = ChallengeState.PENDING


class Session(Stored):
    """One sign-in and the family of refresh tokens that prolong it; only digests of tokens are kept."""

    id: str
    organisation: str
    audience: Audience
    subject_id: str
    client: ClientKind
    device: str | None = None
    generation: int
    created_at: Instant
    used_at: Instant
    idle_until: Instant
    ends_at: Instant
    nonce: str
    kid: str
    counter: int = 1
    current: str
    previous: str | None = None
    rotated_at: Instant | None = None
    is_ended: bool = False
    version: int = 1


class Seat(Stored):
    """Who sits behind a session: what a house above keeps to ask later whether he still may."""

    organisation: str
    audience: Audience
    subject_id: str
    session_id: str

    @classmethod
    def of(cls, caller: Caller) -> 'Seat':
        """The seat of a call."""
        return cls(
            organisation=caller.organisation,
            audience=caller.audience,
            subject_id=caller.id,
            session_id=caller.session,
        )
