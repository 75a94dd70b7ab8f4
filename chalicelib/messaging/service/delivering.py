"""One message is delivered once: the ledger is asked first, told what is tried, and told what came of it.

A message that was surely not sent comes again. A push or a letter that may have been sent is sent again:
once more is better than never. An SMS that may have been sent is not: it costs money, and two alarm people.
"""

import contextlib
from collections.abc import Callable

from chalicelib.kit import clock, settings, telemetry
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.messaging import repository, rules
from chalicelib.messaging.events import SmsAccountRefused
from chalicelib.messaging.gateway import mail, platform_sms, push, smsc
from chalicelib.messaging.model import (
    FINAL,
    Ambiguous,
    Answer,
    BeingDelivered,
    Channel,
    Delivery,
    Device,
    Message,
    NotNow,
    NotTakenYet,
    Outcome,
    Rejected,
    SmsLoginWrong,
    SmsSettings,
    SmsTrouble,
    Stale,
    Taken,
    Unauthorised,
)
from chalicelib.messaging.service.sms import account_of

Carrier = Callable[[Message], Answer]

DEMO = smsc.Account('demo', 'demo', 'DOMOVOY')
"""Who sends locally for organisations without an account; the sandbox lets everybody in."""


def by_push(message: Message) -> None:
    """Every phone of the recipient was told (NTF-020..025, NTF-028). Raises NotTakenYet, BeingDelivered."""
    if _is_expired(message):
        return
    phones = [phone for phone in repository.devices(message.organisation, message.to) if phone.is_active]
    if not phones:
        _count('MessagesWithoutPhone', message)
        return
    delivery = _claimed(message)
    if delivery is None:
        return
    reached = list(delivery.reached)
    answers = [
        _to_phone(message, phone, reached) for phone in phones if phone.token_hash not in delivery.reached
    ]
    waiting = next((one for one in answers if isinstance(one, NotNow | Ambiguous)), None)
    delivery = delivery.model_copy(update={'reached': tuple(reached)})
    if waiting is not None:
        _settle(message, delivery, NotNow(waiting.reason))
    else:
        _settle(message, delivery, Taken() if reached else Rejected('no phone listens'))


def _to_phone(message: Message, phone: Device, reached: list[str]) -> Answer | Stale:
    now = clock.now()
    payload = rules.push_payload(message, now, push.apple_name(phone.endpoint))
    answer = push.publish(phone.endpoint, payload, max(1, int(rules.lifetime(message, now).total_seconds())))
    if isinstance(answer, Taken):
        reached.append(phone.token_hash)
    elif isinstance(answer, Stale):
        _count('StalePhones', message)
        with contextlib.suppress(ChangedMeanwhile):
            if answer.is_gone:
                repository.drop_unless_seen_again(phone)
            else:
                repository.keep_unless_seen_again(phone.model_copy(update={'is_active': False}))
    return answer


def by_email(message: Message) -> None:
    """The letter is with SES (NTF-026, NTF-029). Raises NotTakenYet, BeingDelivered."""

    def carry(message: Message) -> Answer:
        answer = mail.send(message)
        return NotNow(answer.reason) if isinstance(answer, Ambiguous) else answer

    _deliver(message, carry)


def by_sms(message: Message) -> None:
    """The text is with the organisation's SMS centre, or the platform's where it has none (SMS-002, NTF-027).

    A code goes by the platform when the centre refuses the account, or nobody could sign in to mend it.
    Raises NotTakenYet, BeingDelivered.
    """
    account = repository.sms_settings(message.organisation)
    _deliver(message, _by_centre(account) if account.is_configured else _by_platform)


def _by_centre(account: SmsSettings) -> Carrier:
    # Opened before the ledger is told: whatever fails here has sent nothing.
    try:
        opened = account_of(account)
    except SmsLoginWrong:
        opened = None

    def carry(message: Message) -> Answer:
        answer: Answer = Unauthorised(SmsTrouble.LOGIN_WRONG)
        if opened is not None:
            answer = smsc.send(opened, message.to, message.text, rules.hours_valid(message, clock.now()))
        if not isinstance(answer, Unauthorised):
            return answer
        _flag(account, SmsTrouble(answer.reason))
        return _by_platform(message) if message.is_secret else answer

    return carry


def _by_platform(message: Message) -> Answer:
    if settings.optional('SANDBOX_SMS_URL'):
        return smsc.send(DEMO, message.to, message.text, rules.hours_valid(message, clock.now()))
    return platform_sms.send(message.to, message.text)


def _flag(account: SmsSettings, trouble: SmsTrouble) -> None:
    """Staff see that the centre refuses the account, and since when; said once."""
    if account.trouble is trouble:
        return
    now = clock.now()
    flagged = account.model_copy(
        update={'trouble': trouble, 'trouble_at': now, 'version': account.version + 1}
    )
    event = SmsAccountRefused(organisation=account.organisation, at=now, by=SYSTEM, trouble=trouble)
    with contextlib.suppress(ChangedMeanwhile):
        repository.save_sms_settings(flagged, event)


def _deliver(message: Message, carry: Carrier) -> None:
    if _is_expired(message):
        return
    delivery = _claimed(message)
    if delivery is not None:
        _settle(message, delivery, carry(message))


def _is_expired(message: Message) -> bool:
    is_expired = message.is_expired(clock.now())
    if is_expired:
        _count('MessagesExpired', message)
    return is_expired


def _claimed(message: Message) -> Delivery | None:
    """The try that is ours, or None where there is nothing to do. Raises BeingDelivered."""
    now = clock.now()
    first = Delivery.of(message, now)
    try:
        repository.open_delivery(first)
    except repository.AlreadyKnown:
        return _claimed_again(message)
    return first


def _claimed_again(message: Message) -> Delivery | None:
    now = clock.now()
    known = repository.find_delivery(message)
    if known is None or (known.outcome is Outcome.SENDING and now < known.lease_until):
        raise BeingDelivered()
    if known.outcome in FINAL:
        return None
    if known.outcome is Outcome.SENDING and message.channel is Channel.SMS:
        # Whoever was at it died in the middle.
        _settle(message, known, Ambiguous('abandoned'))
        return None
    again = known.again(now)
    repository.reopen(again)
    return again


def _settle(message: Message, delivery: Delivery, answer: Answer) -> None:
    """The ledger knows what became of the message. Raises NotTakenYet where it has to come again."""
    now = clock.now()
    match answer:
        case Taken(reference, cost_minor):
            sent = delivery.ended(Outcome.SENT, now, reference=reference, cost_minor=cost_minor)
            repository.close_delivery(sent)
            _count('MessagesSent', message)
        case NotNow(reason):
            repository.close_delivery(delivery.ended(Outcome.WAITING, now, reason))
            _count('MessagesPostponed', message)
            raise NotTakenYet(reason=reason)
        case Ambiguous(reason):
            repository.close_delivery(delivery.ended(Outcome.UNKNOWN, now, reason))
            _count('MessagesUnknown', message)
        case Rejected(reason) | Unauthorised(reason):
            repository.close_delivery(delivery.ended(Outcome.REJECTED, now, reason))
            telemetry.log.warning('message rejected', message_id=message.id, reason=reason)
            _count('MessagesRejected', message)


def _count(metric: str, message: Message) -> None:
    telemetry.count(metric, channel=message.channel)
