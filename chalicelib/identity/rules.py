"""Pure decisions: how often, how long, by what, and when older sessions die."""

import hashlib
import hmac
import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.identity.events import EndReason
from chalicelib.identity.model import (
    Address,
    AddressKind,
    Challenge,
    ChallengeState,
    ClientForAnotherAudience,
    CodeExpired,
    CodesTooOften,
    CodeUsed,
    EmailForStaffOnly,
    Knocks,
    Login,
    LoginState,
    PhoneNotMobile,
    Session,
    SignInLocked,
    TooManyTries,
)
from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.errors import Refused

CODE_LIFETIME = timedelta(minutes=5)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=60)
SENDINGS = ((RESEND_AFTER, 1), (timedelta(hours=1), 5), (timedelta(days=1), 10))
"""To one address: within each span at most so many codes."""

FAILURES_SPAN, FAILURES_LIMIT = timedelta(days=1), 15
LOCK = timedelta(hours=24)
KNOCKS_REMEMBERED = timedelta(days=1)

CODES_PER_SOURCE = 20
CODES_PER_DEVICE = 10

ACCESS_LIFETIME = timedelta(minutes=10)
GRACE = timedelta(seconds=20)
IDLE = {Audience.RESIDENT: timedelta(days=60), Audience.STAFF: timedelta(hours=12)}
ABSOLUTE = {Audience.RESIDENT: timedelta(days=180), Audience.STAFF: timedelta(days=14)}

CLIENTS = {
    Audience.STAFF: frozenset({ClientKind.CRM, ClientKind.STAFF_APP}),
    Audience.RESIDENT: frozenset({ClientKind.RESIDENT_APP, ClientKind.SITE}),
}


def addresses(login: Login) -> frozenset[Address]:
    """The addresses that open the login's door; a closed login has none, so others may have them.

    Residents sign in by phone alone, and one e-mail address may be a whole family's.
    """
    if login.state is LoginState.CLOSED:
        return frozenset()
    given = {AddressKind.PHONE: login.phone}
    if login.audience is Audience.STAFF:
        given[AddressKind.EMAIL] = login.email
    return frozenset(
        Address(organisation=login.organisation, audience=login.audience, kind=kind, value=value)
        for kind, value in given.items()
        if value
    )


def ending(login: Login, was: Login) -> EndReason | None:
    """Why the sessions opened under `was` must die under `login`, or None where they may live on."""
    if login.state is not was.state:
        if login.state is LoginState.CLOSED:
            return EndReason.CLOSED
        if login.state is LoginState.BLOCKED:
            return EndReason.BLOCKED
    return EndReason.ADDRESS_CHANGED if addresses(was) - addresses(login) else None


def must_be_reachable(address: Address) -> None:
    """Refuses an address codes are not sent to: not a Russian mobile number, or a resident's e-mail."""
    if address.kind is AddressKind.EMAIL:
        if address.audience is not Audience.STAFF:
            raise EmailForStaffOnly()
    elif not _is_russian_mobile(address.value):
        raise PhoneNotMobile()


def _is_russian_mobile(phone: str) -> bool:
    import phonenumbers  # 36 ms of import that only this door needs

    number = phonenumbers.parse(phone)
    mobile = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    return phonenumbers.region_code_for_number(number) == 'RU' and phonenumbers.number_type(number) in mobile


def must_suit(client: ClientKind, audience: Audience) -> None:
    """Refuses a program that is not made for the audience."""
    if client not in CLIENTS[audience]:
        raise ClientForAnotherAudience(client=client.value)


def must_be_unlocked(knocks: Knocks, now: datetime) -> None:
    """Refuses while the address is locked for its wrong codes."""
    if knocks.locked_until and now < knocks.locked_until:
        raise SignInLocked(retry_after=_seconds(knocks.locked_until - now))


def sending(knocks: Knocks, challenge_id: str, now: datetime) -> Knocks:
    """The knocks with one more code sent; refuses when there were too many lately."""
    must_be_unlocked(knocks, now)
    wait = wait_before_next(knocks.sent_at, now)
    if wait:
        raise CodesTooOften(retry_after=wait)
    recent = [at for at in knocks.sent_at if now - at < KNOCKS_REMEMBERED]
    return knocks.model_copy(
        update={
            'sent_at': [*recent, now],
            'challenge_id': challenge_id,
            'version': knocks.version + 1,
        }
    )


def wait_before_next(sent_at: Sequence[datetime], now: datetime) -> int:
    """Seconds until another code may go where codes went at `sent_at` (in order), 0 if at once."""
    waits = [0]
    for span, most in SENDINGS:
        recent = [at for at in sent_at if now - at < span]
        if len(recent) >= most:
            waits.append(_seconds(recent[-most] + span - now))
    return max(waits)


def failing(knocks: Knocks, now: datetime) -> Knocks:
    """The knocks with one more wrong code; the fifteenth within a day locks the address for 24 hours."""
    recent = [*(at for at in knocks.failed_at if now - at < FAILURES_SPAN), now]
    is_full = len(recent) >= FAILURES_LIMIT
    return knocks.model_copy(
        update={
            'failed_at': [] if is_full else recent,
            'locked_until': now + LOCK if is_full else knocks.locked_until,
            'version': knocks.version + 1,
        }
    )


def why_shut(challenge: Challenge, now: datetime) -> Refused | None:
    """Why no code can be entered for the challenge any more, or None while one can."""
    if challenge.state is ChallengeState.USED:
        return CodeUsed()
    if now >= challenge.expires_at:
        return CodeExpired()
    return TooManyTries() if challenge.attempts >= CODE_TRIES else None


def digest_of_code(pepper: bytes, challenge_id: str, address: Address, code: str) -> str:
    """What is kept of a code: HMAC-SHA256 over the challenge, the address and the code."""
    whole = '|'.join([challenge_id, address.value, code])
    return hmac.new(pepper, whole.encode(), hashlib.sha256).hexdigest()


def digest_of_token(token: str) -> str:
    """What is kept of a refresh token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _seconds(span: timedelta) -> int:
    return math.ceil(span.total_seconds())


def is_alive(session: Session, login: Login, now: datetime) -> bool:
    """Whether the session still opens what its login opens."""
    is_of_login = session.generation == login.generation and login.state is not LoginState.CLOSED
    return is_of_login and not session.is_ended and now < session.idle_until


def is_in_grace(session: Session, digest: str, now: datetime) -> bool:
    """Whether a token of that digest was spent last, and not longer than 20 seconds ago."""
    if session.rotated_at is None or session.previous is None:
        return False
    return hmac.compare_digest(session.previous, digest) and now - session.rotated_at <= GRACE
