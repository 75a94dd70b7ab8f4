"""The organisation's own SMS centre: account, balance, what a message costs (SET-004, SMS-002..007)."""

import hashlib
from datetime import timedelta

from chalicelib.kit import clock, dynamo
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.messaging import repository
from chalicelib.messaging.events import SmsSettingsChanged
from chalicelib.messaging.gateway import secrets, smsc
from chalicelib.messaging.model import (
    Amount,
    SmsBalance,
    SmsEstimate,
    SmsNotConfigured,
    SmsSettings,
    SmsSettingsChange,
    SmsSettingsView,
)

COST_IS_GOOD = timedelta(minutes=5)
BALANCE_IS_GOOD = timedelta(seconds=45)


def sms_settings(organisation: str) -> SmsSettingsView:
    """The account as staff may see it (SET-004)."""
    return SmsSettingsView.of(repository.sms_settings(organisation))


def configure_sms(organisation: str, change: SmsSettingsChange, *, by: Actor = SYSTEM) -> SmsSettingsView:
    """The account is changed; a password is sealed and never shown again (SET-004)."""
    settings = repository.sms_settings(organisation)
    dynamo.agree(settings.version)
    named = change.model_fields_set
    if not named:
        return SmsSettingsView.of(settings)
    values: dict[str, object] = {name: getattr(change, name) for name in named - {'password'}}
    if 'password' in named:
        sealed = None if change.password is None else secrets.seal(organisation, change.password)
        values['sealed_password'] = sealed
    fresh = {'trouble': None, 'trouble_at': None, 'version': settings.version + 1}
    changed = settings.model_copy(update={**values, **fresh})
    event = SmsSettingsChanged(
        organisation=organisation,
        at=clock.now(),
        by=by,
        changed=tuple(sorted(named)),
        is_configured=changed.is_configured,
    )
    repository.save_sms_settings(changed, event)
    return SmsSettingsView.of(changed)


def need_sms(organisation: str) -> None:
    """Refuses with SmsNotConfigured unless the organisation's SMS centre is set up (SMS-002, SMS-013)."""
    _configured(organisation)


def check_sms(organisation: str) -> SmsBalance:
    """The centre accepts the account, and this is what is left on it.

    Raises SmsNotConfigured, SmsLoginWrong, SmsCentreBusy, SmsCentreAway.
    """
    return _balance(organisation, account_of(_configured(organisation)))


def sms_balance(organisation: str) -> SmsBalance:
    """What is left on the account, by the centre's word of less than a minute ago (SMS-007).

    Raises SmsNotConfigured, SmsLoginWrong, SmsCentreBusy, SmsCentreAway.
    """
    settings = _configured(organisation)
    return SmsBalance(balance=_kept_balance(settings, account_of(settings)))


def estimate_sms(organisation: str, phone: str, text: str) -> SmsEstimate:
    """What the text would cost and whether the balance pays for it, by the centre's word (SMS-004, SMS-007).

    Raises SmsNotConfigured, SmsLoginWrong, SmsNumberRefused, SmsTextRefused, SmsCentreBusy, SmsCentreAway.
    """
    settings = _configured(organisation)
    account = account_of(settings)
    now = clock.now()
    whole = '\x1f'.join([account.user, account.sender, phone, text])
    name = f'cost#{hashlib.sha256(whole.encode()).hexdigest()}'
    kept = repository.recall(organisation, name, now)
    if kept is None:
        cost = smsc.cost(account, phone, text)
        repository.keep(organisation, name, f'{cost.minor} {cost.segments}', now + COST_IS_GOOD)
    else:
        minor, segments = kept.split()
        cost = smsc.Cost(int(minor), int(segments))
    left = _kept_balance(settings, account)
    return SmsEstimate(
        segments=cost.segments,
        cost=Amount(minor=cost.minor, currency=left.currency),
        balance=left,
        is_enough=left.minor >= cost.minor,
        expires_at=now + COST_IS_GOOD,
    )


def account_of(settings: SmsSettings) -> smsc.Account:
    """The account with its password in the clear, for the time of one call."""
    password = secrets.unseal(settings.organisation, settings.sealed_password or '')
    return smsc.Account(settings.user or '', password, settings.sender or '')


def _configured(organisation: str) -> SmsSettings:
    settings = repository.sms_settings(organisation)
    if not settings.is_configured:
        raise SmsNotConfigured()
    return settings


def _kept_balance(settings: SmsSettings, account: smsc.Account) -> Amount:
    organisation, name, now = settings.organisation, f'balance#{settings.version}', clock.now()
    known = repository.recall(organisation, name, now)
    if known:
        return Amount.model_validate_json(known)
    left = _balance(organisation, account).balance
    repository.keep(organisation, name, left.model_dump_json(), now + BALANCE_IS_GOOD)
    return left


def _balance(organisation: str, account: smsc.Account) -> SmsBalance:
    minor, currency = smsc.balance(account)
    return SmsBalance(balance=Amount(minor=minor, currency=currency))
