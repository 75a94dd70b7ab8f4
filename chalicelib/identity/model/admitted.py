"""What houses above put here: who may sign in, what a role allows, what an organisation is."""

from enum import StrEnum

from pydantic import Field

from chalicelib.kit.caller import Audience
from chalicelib.kit.values import Id, OrganisationId, Stored


class LoginState(StrEnum):
    """What a login opens."""

    ACTIVE = 'active'  # everything its grant says
    BLOCKED = 'blocked'  # may sign in, read and pay, but not act (AMB-78)
    CLOSED = 'closed'  # nothing: cannot sign in, and its sessions are dead


class Login(Stored):
    """One person who may sign in at one organisation's door; the house above owns the person.

    `version` and `generation` are kept by `service.admitting`: callers may leave them alone.
    """

    organisation: OrganisationId
    audience: Audience
    subject_id: Id
    phone: str | None = Field(None, description='E.164; unique within organisation and audience.')
    email: str | None = Field(None, description='Folded to lower case; opens the door to staff only.')
    name: str = ''
    grant_id: str | None = Field(None, description='The role; None grants nothing.')
    places: list[str] | None = Field(None, description='Buildings it may see; None is everywhere.')
    state: LoginState = LoginState.ACTIVE
    locale: str | None = Field(None, description='None is the language of the organisation.')
    generation: int = Field(1, description='Raised when all sessions must die: they carry the older one.')
    version: int = 1


class Grant(Stored):
    """What a role allows."""

    organisation: OrganisationId
    grant_id: Id
    permissions: frozenset[str] = frozenset()


class Tenant(Stored):
    """What every call needs to know of the organisation."""

    organisation: OrganisationId
    name: str
    zone: str = 'Europe/Moscow'
    locale: str = 'ru'
    features: frozenset[str] = frozenset()
