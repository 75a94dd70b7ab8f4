"""The SMS centre an organisation has a contract with, and what its account says (SET-004, SMS-002)."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints

from chalicelib.kit.errors import Refused, Throttled, Unavailable
from chalicelib.kit.values import Instant, Line, Stored, Value


class SmsProvider(StrEnum):
    """The SMS centres we speak with."""

    SMSC = 'smsc'  # smsc.ru


class SmsTrouble(StrEnum):
    """Why the centre does not work for an organisation's account."""

    LOGIN_WRONG = 'login_wrong'  # user name or password, or our address is not on the account's list
    NO_MONEY = 'no_money'  # the balance is spent


UserName = Annotated[str, Line(100)]
# Not a Line: a password keeps its blanks.
Password = Annotated[str, StringConstraints(pattern=r'^[^\x00-\x1f\x7f-\x9f]{1,200}$')]
SenderName = Annotated[str, StringConstraints(pattern=r'^(?:[A-Za-z0-9][A-Za-z0-9 ._-]{0,10}|\d{1,15})$')]


class SmsSettings(Stored):
    """An organisation's account at its SMS centre; the password is sealed."""

    organisation: str
    provider: SmsProvider | None = None
    user: str | None = None
    sealed_password: str | None = Field(None, repr=False)
    sender: str | None = None
    is_enabled: bool = True
    trouble: SmsTrouble | None = None
    trouble_at: Instant | None = None
    version: int = 0

    @property
    def is_configured(self) -> bool:
        """Whether all fields are filled and the account is in use (SMS-002)."""
        return self.is_enabled and all((self.provider, self.user, self.sealed_password, self.sender))


class SmsSettingsChange(Value):
    """Changes of the account: what is absent stays, null empties."""

    provider: SmsProvider | None = None
    user: UserName | None = None
    password: Password | None = Field(None, repr=False)
    """Never shown again."""
    sender: SenderName | None = None
    """Registered at the centre: up to 11 Latin letters and digits, or up to 15 digits."""
    is_enabled: bool = True


class SmsSettingsView(Value):
    """The account as staff see it: the password is never shown."""

    provider: SmsProvider | None
    user: str | None
    password_set: bool
    sender: str | None
    is_enabled: bool
    is_configured: bool = Field(description='Whether SMS can be sent: everything is filled (SMS-002).')
    trouble: SmsTrouble | None = Field(description='Why the centre refused the account when it last did.')
    trouble_at: Instant | None
    version: int

    @classmethod
    def of(cls, settings: SmsSettings) -> Self:
        """What may be shown of the settings."""
        return cls(
            provider=settings.provider,
            user=settings.user,
            password_set=settings.sealed_password is not None,
            sender=settings.sender,
            is_enabled=settings.is_enabled,
            is_configured=settings.is_configured,
            trouble=settings.trouble,
            trouble_at=settings.trouble_at,
            version=settings.version,
        )


class Amount(Value):
    """Money as an SMS centre counts it."""

    minor: int = Field(description='Kopecks.')
    currency: str = 'RUB'


class SmsBalance(Value):
    """What is left on the account."""

    balance: Amount


class SmsEstimate(Value):
    """What a message would cost (SMS-007)."""

    segments: int = Field(description='The parts the text is sent in.')
    cost: Amount
    balance: Amount
    is_enough: bool = Field(description='Whether the balance pays for it.')
    expires_at: Instant


class SmsNotConfigured(Refused):
    """Not all fields of the SMS integration are filled, or it is switched off (SMS-013)."""


class SmsLoginWrong(Refused):
    """The centre does not accept the user name and password."""


class SmsNumberRefused(Refused):
    """The centre cannot deliver to this number."""


class SmsTextRefused(Refused):
    """The centre forbids the sender name or the text."""


class SmsCentreBusy(Throttled):
    """The centre was asked too often."""


class SmsCentreAway(Unavailable):
    """The centre does not answer, or not in its language."""
