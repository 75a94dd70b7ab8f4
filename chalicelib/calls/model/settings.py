"""What an organisation's exchange and we have agreed on, and whose the internal numbers are (SET-005)."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.calls.model.call import Person
from chalicelib.kit.values import Id, Instant, Stored, Value

HOST = r'^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,63}$'


def _distinct(hosts: list[str]) -> list[str]:
    return list(dict.fromkeys(hosts))


Extension = Annotated[str, StringConstraints(pattern=r'^[0-9]{1,8}$')]
Host = Annotated[str, StringConstraints(pattern=HOST, max_length=253)]


class Telephony(Stored):
    """How the exchange of an organisation proves that it speaks, and where its recordings lie."""

    organisation: str
    sealed_secret: str | None = Field(None, repr=False, description='None: no exchange is connected.')
    secret_end: str = ''
    secret_made_at: Instant | None = None
    recording_hosts: tuple[str, ...] = ()
    version: int = 0


class TelephonyChanges(Value):
    """What is to be other than it was; what is left out stays."""

    recording_hosts: Annotated[list[Host], Field(max_length=10), AfterValidator(_distinct)] = Field(
        default_factory=list,
        description='Hosts of the provider that recordings may lie at, with all below them.',
    )


class TelephonyView(Stored):
    """The settings of telephony as they are shown: never the secret."""

    webhook: str = Field(description='Where the exchange sends its news, below the address of the API.')
    is_connected: bool = Field(description='Whether there is a secret: without one all news is refused.')
    secret: str | None = Field(description='Its end, masked.')
    secret_made_at: Instant | None
    recording_hosts: list[str]
    version: int

    @classmethod
    def of(cls, telephony: Telephony) -> 'TelephonyView':
        """The settings without what must not be told."""
        is_connected = telephony.sealed_secret is not None
        return cls(
            webhook=f'/v1/hooks/telephony/{telephony.organisation}',
            is_connected=is_connected,
            secret=f'••••{telephony.secret_end}' if is_connected else None,
            secret_made_at=telephony.secret_made_at,
            recording_hosts=list(telephony.recording_hosts),
            version=telephony.version,
        )


class NewSecret(TelephonyView):
    """The settings with the new secret, which is told this once."""

    plain: str = Field(
        repr=False, description='The secret itself: give it to the exchange, it is not told again.'
    )


class Line(Stored):
    """Whose an internal number is."""

    organisation: str
    extension: str
    employee: Person


class LineView(Stored):
    """An internal number and the employee who sits there."""

    extension: str
    employee_id: str
    employee: str = Field(description='His name when the number was given to him.')

    @classmethod
    def of(cls, line: Line) -> 'LineView':
        """The number as colleagues see it."""
        return cls(extension=line.extension, employee_id=line.employee.id, employee=line.employee.name)


class Seat(Value):
    """Who sits at the internal number from now on."""

    employee_id: Id
