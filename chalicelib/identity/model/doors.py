"""What goes in and out at the doors of `/v1/auth`."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.identity.model.kept import Address, AddressKind
from chalicelib.kit.caller import Audience, Caller, ClientKind
from chalicelib.kit.values import Email, Id, Instant, Line, OrganisationId, Phone, Value

SignInAudience = Literal[Audience.STAFF, Audience.RESIDENT]


class CodeWanted(Value):
    """Who wants a code. The organisation says only where to sign in; later calls take it from the token."""

    organisation: OrganisationId
    audience: SignInAudience
    phone: Phone | None = None
    email: Email | None = None
    device_id: Id | None = Field(None, description='What the program calls its device; counted for limits.')

    @model_validator(mode='after')
    def _has_one_address(self) -> 'CodeWanted':
        if (self.phone is None) == (self.email is None):
            raise PydanticCustomError('one_address', 'either a phone or an e-mail address is needed')
        return self

    @property
    def address(self) -> Address:
        """The address the code shall go to."""
        kind = AddressKind.PHONE if self.phone else AddressKind.EMAIL
        value = self.phone or self.email or ''
        return Address(organisation=self.organisation, audience=self.audience, kind=kind, value=value)


class CodeOnItsWay(Value):
    """The same for every address, known or not."""

    challenge_id: str
    resend_after: int = Field(description='Seconds until another code may be asked for.')
    expires_in: int = Field(description='Seconds the code can be entered.')


class CodeEntered(Value):
    """The code as the person typed it, and the program it was typed into."""

    challenge_id: Id
    code: Annotated[str, Field(pattern=r'^[0-9]{6}$')]
    client: ClientKind
    device: Annotated[str, Line(100)] | None = Field(None, description='A name the person will know it by.')


class RefreshTokenGiven(Value):
    """The refresh token of the answer before."""

    refresh_token: Annotated[str, Line(512)]


class Tokens(Value):
    """The keys of a session; each refresh token serves once."""

    access_token: str
    token_type: Literal['Bearer'] = 'Bearer'  # noqa: S105 - a kind, not a token
    expires_in: int = Field(description='Seconds the access token is taken.')
    refresh_token: str
    refresh_expires_in: int = Field(description='Seconds the refresh token is taken if it stays unused.')


class Me(Value):
    """Who the caller is, as the doors see it."""

    id: str
    name: str
    organisation: str
    audience: Audience
    client: ClientKind
    permissions: list[str]
    locale: str = Field(description='The language of letters, and of words where a call asks for none.')
    zone: str
    features: list[str]
    is_blocked: bool = Field(description='May read and pay, but not act (AMB-78).')

    @classmethod
    def of(cls, caller: Caller) -> 'Me':
        """The caller as the doors know it."""
        return cls(
            id=caller.id,
            name=caller.name,
            organisation=caller.organisation,
            audience=caller.audience,
            client=caller.client,
            permissions=sorted(caller.permissions),
            locale=caller.usual_locale or caller.locale,
            zone=caller.zone,
            features=sorted(caller.features),
            is_blocked=caller.is_blocked,
        )


class SessionCard(Value):
    """One of the caller's sign-ins."""

    id: str
    client: ClientKind
    device: str | None
    created_at: Instant
    used_at: Instant
    ends_at: Instant = Field(description='When it ends if it stays unused.')
    is_current: bool
