"""One-time codes: asked for, sent, entered. Nobody learns here whether an address is anybody's."""

import hmac
import json
import secrets
from datetime import datetime, timedelta

from chalicelib.identity import gateway, rules
from chalicelib.identity.model import (
    Address,
    AddressHolder,
    AddressKind,
    Challenge,
    CodeBudgetSpent,
    CodeEntered,
    CodeExpired,
    CodeOnItsWay,
    CodesTooOften,
    CodeWanted,
    CodeWrong,
    Knocks,
    LoginState,
    OrganisationUnknown,
    Tenant,
    Tokens,
)
from chalicelib.identity.repository import admitted
from chalicelib.identity.repository import codes as rows
from chalicelib.identity.repository.rows import EVERYBODY
from chalicelib.identity.service import sessions
from chalicelib.kit import clock, dynamo, settings, texts
from chalicelib.kit.dynamo import Write
from chalicelib.kit.errors import ChangedMeanwhile, Throttled
from chalicelib.kit.networks import network_of
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import Channel, Message

TRIES_OF_A_LOST_RACE = 4
CHANNELS = {AddressKind.PHONE: Channel.SMS, AddressKind.EMAIL: Channel.EMAIL}
NOBODY = '-'


def send_code(wanted: CodeWanted, *, source_ip: str) -> CodeOnItsWay:
    """A code is on its way to the address if it is anybody's; the one before opens nothing now (CLI-008).

    Refusals: OrganisationUnknown, PhoneNotMobile, EmailForStaffOnly, CodesTooOften, SignInLocked,
    CodeBudgetSpent.
    """
    rules.must_be_reachable(wanted.address)
    for attempt in range(TRIES_OF_A_LOST_RACE):
        try:
            message = _challenged(wanted, source_ip)
            break
        except ChangedMeanwhile:
            # Another code for the same address was first: judge again, by its traces.
            if attempt + 1 == TRIES_OF_A_LOST_RACE:
                raise
    messaging.send(message)
    return CodeOnItsWay(
        challenge_id=message.id,
        resend_after=int(rules.RESEND_AFTER.total_seconds()),
        expires_in=int(rules.CODE_LIFETIME.total_seconds()),
    )


def _challenged(wanted: CodeWanted, source_ip: str) -> Message:
    # What limits the codes is written before one leaves, so that calls at the same moment cannot pass it.
    address, now = wanted.address, clock.now()
    budgets = _budgets(address, now)
    tenant, holder, knocks, *spent = dynamo.fetch(
        admitted.reading_tenant(wanted.organisation, OrganisationUnknown),
        admitted.reading_holder(address),
        rows.reading_knocks(address),
        *(rows.reading_count(organisation, 'sms', window) for organisation, window, _ in budgets),
    )
    knocks = knocks or Knocks(address=address)
    for (_, _, limit), used in zip(budgets, spent, strict=True):
        if (used or 0) >= limit:  # said to everybody: an unknown number must not be told by a 202
            raise CodeBudgetSpent(retry_after=_to_tomorrow(now))
    challenge, code = _made(address, holder, now)
    replaced = [rows.dropping_challenge(knocks.challenge_id)] if knocks.challenge_id else []
    dynamo.send(
        [
            rows.keeping_knocks(rules.sending(knocks, challenge.id, now)),
            rows.making_challenge(challenge),
            *replaced,
            *_counts_of_sources(wanted, source_ip, now),
            *(
                rows.counting(
                    organisation,
                    'sms',
                    window,
                    by=1 if holder else 0,
                    limit=limit,
                    until=now + timedelta(days=2),
                    refusal=lambda: CodeBudgetSpent(retry_after=_to_tomorrow(now)),
                )
                for organisation, window, limit in budgets
            ),
        ]
    )
    return _message(challenge, code, holder, tenant, now)


def _made(address: Address, holder: AddressHolder | None, now: datetime) -> tuple[Challenge, str]:
    key = gateway.key_ring().current
    challenge_id = f'{address.organisation}_{secrets.token_urlsafe(16)}'
    code = _fixed_code(address) or f'{secrets.randbelow(10**6):06d}'
    challenge = Challenge(
        id=challenge_id,
        address=address,
        subject_id=holder.subject_id if holder else None,
        digest=rules.digest_of_code(key.codes, challenge_id, address, code),
        kid=key.kid,
        expires_at=now + rules.CODE_LIFETIME,
    )
    return challenge, code


def _fixed_code(address: Address) -> str | None:
    # Of demonstrations and tests; in production only for the reviewers of the app stores. A deployment
    # that does not say its stage is taken for production.
    if settings.optional('DOMOVOY_STAGE', 'prod') == 'prod' and address.value != settings.optional(
        'REVIEW_PHONE'
    ):
        return None
    fixed: dict[str, str] = json.loads(settings.optional('FIXED_CODES', '{}'))
    return fixed.get(address.value)


def _budgets(address: Address, now: datetime) -> list[tuple[str, str, int]]:
    if address.kind is not AddressKind.PHONE:
        return []
    today = f'{now:%Y-%m-%d}'
    return [
        (address.organisation, today, int(settings.optional('SMS_CODES_PER_DAY', '2000'))),
        (EVERYBODY, today, int(settings.optional('SMS_CODES_PER_DAY_OF_ALL', '20000'))),
    ]


def _to_tomorrow(now: datetime) -> int:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return int((midnight - now).total_seconds()) + 1


def _counts_of_sources(wanted: CodeWanted, source_ip: str, now: datetime) -> list[Write]:
    # Clock hours, not sliding ones: a network may be a whole village behind one address of its operator.
    sources = [(f'network#{network_of(source_ip)}', rules.CODES_PER_SOURCE)]
    if wanted.device_id:
        sources.append((f'device#{wanted.device_id}', rules.CODES_PER_DEVICE))
    next_hour = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    wait = int((next_hour - now).total_seconds()) + 1

    def refusal() -> Throttled:
        return CodesTooOften(retry_after=wait)

    return [
        rows.counting(
            wanted.organisation,
            source,
            f'{now:%Y-%m-%dT%H}',
            by=1,
            limit=limit,
            until=next_hour,
            refusal=refusal,
        )
        for source, limit in sources
    ]


def _message(
    challenge: Challenge, code: str, holder: AddressHolder | None, tenant: Tenant, now: datetime
) -> Message:
    locale = (holder.locale if holder else None) or tenant.locale
    site = settings.optional('SIGN_IN_DOMAIN', 'app.domovoy.example')
    channel = CHANNELS[challenge.address.kind]
    named = {'code': code, 'site': site, 'organisation': tenant.name}
    return Message(
        id=challenge.id,
        organisation=tenant.organisation,
        channel=channel,
        to=challenge.address.value,
        title=texts.say('sign-in-email.subject', locale, **named) if channel is Channel.EMAIL else '',
        text=texts.say(f'sign-in-{channel.value}', locale, **named),
        locale=locale,
        is_secret=True,
        # Nobody's message goes the same way as any other, so that the answer takes as long; but it has
        # expired already, and the deliverer lets it fall.
        expires_at=challenge.expires_at if holder else now,
    )


def verify(entered: CodeEntered) -> Tokens:
    """The person who has the code is signed in; the code opens nothing a second time (IAM-017).

    The try is counted before the code is looked at. Refusals: CodeWrong, CodeExpired, CodeUsed,
    TooManyTries, SignInLocked, ClientForAnotherAudience.
    """
    challenge, now = rows.find_challenge(entered.challenge_id), clock.now()
    if challenge is None:
        raise CodeExpired()
    address = challenge.address
    rules.must_suit(entered.client, address.audience)
    login, knocks = dynamo.fetch(
        admitted.finding_login(address.organisation, address.audience, challenge.subject_id or NOBODY),
        rows.reading_knocks(address),
    )
    knocks = knocks or Knocks(address=address)
    rules.must_be_unlocked(knocks, now)
    counted = rows.count_attempt(challenge, now)
    if counted is None:
        raise rules.why_shut(rows.find_challenge(challenge.id) or challenge, now) or CodeExpired()
    is_right = _is_right(counted, entered.code)
    if (
        not is_right
        or login is None
        or login.state is LoginState.CLOSED
        or address not in rules.addresses(login)
    ):
        rows.note_failure(knocks, now)
        raise CodeWrong(tries_left=rules.CODE_TRIES - counted.attempts)
    tokens, writes = sessions.opening(login, entered.client, entered.device)
    dynamo.commit(rows.using_challenge(challenge), *writes)
    return tokens


def _is_right(challenge: Challenge, code: str) -> bool:
    key = gateway.find_key(challenge.kid)
    if key is None:
        return False
    digest = rules.digest_of_code(key.codes, challenge.id, challenge.address, code)
    return hmac.compare_digest(digest, challenge.digest)
