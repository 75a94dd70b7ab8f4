"""Who is calling, as the doors establish it and the services judge it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from zoneinfo import ZoneInfo

from chalicelib.kit.errors import PermissionMissing


class Audience(StrEnum):
    """The doors of the house; a token opens one of them."""

    STAFF = 'staff'
    RESIDENT = 'resident'
    PARTNER = 'partner'


class ClientKind(StrEnum):
    """The program the caller holds, as its token says (AMB-63)."""

    CRM = 'crm'
    STAFF_APP = 'staff-app'
    RESIDENT_APP = 'resident-app'
    SITE = 'site'


@dataclass(frozen=True, slots=True)
class Scope:
    """Which places a caller may see. `places` is None where everything is open."""

    places: frozenset[str] | None = None

    def covers(self, place: str | None) -> bool:
        """Whether a thing at `place` may be seen; a thing without a place is open to all staff."""
        return self.places is None or place is None or place in self.places


@dataclass(frozen=True, slots=True)
class Caller:
    """One authenticated principal: its organisation bounds everything it can reach.

    `locale` is the language this call asks for, or else the one it is usually spoken to.
    """

    organisation: str
    audience: Audience
    id: str
    session: str = ''
    name: str = ''
    client: ClientKind = ClientKind.CRM
    permissions: frozenset[str] = frozenset()
    scope: Scope = field(default_factory=Scope)
    zone: str = 'Europe/Moscow'
    locale: str = 'ru'
    usual_locale: str = ''
    features: frozenset[str] = frozenset()
    is_blocked: bool = False

    def spoken_to_in(self, locale: str) -> 'Caller':
        """The caller in a call that asks for words of this language."""
        return replace(self, locale=locale, usual_locale=self.locale)

    def may(self, permission: str) -> bool:
        """Whether the caller's role grants `permission`."""
        return permission in self.permissions

    def needs(self, permission: str) -> None:
        """Refuses unless the caller's role grants `permission`."""
        if not self.may(permission):
            raise PermissionMissing(permission=permission)

    @property
    def zoneinfo(self) -> ZoneInfo:
        """The zone the organisation's people read clocks in."""
        return ZoneInfo(self.zone)
