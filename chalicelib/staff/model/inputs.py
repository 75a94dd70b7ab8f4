"""What callers may ask of the house: every field bounded, absent fields of a change are kept."""

from collections.abc import Iterable
from typing import Annotated, Literal

from annotated_types import Len
from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Email, Id, Line, OrganisationId, Paging, Phone, Value
from chalicelib.staff.model.access import Matrix, Permissions
from chalicelib.staff.model.people import EmployeeState

DEPARTMENTS_LIMIT = 20
PLACES_LIMIT = 100
ROLES_LIMIT = 200
"""Roles of one organisation: recipients of a notification are found by looking at all of them."""


def _zone(name: str) -> str:
    from zoneinfo import available_timezones  # reads a directory tree: only a change of the zone needs it

    if name not in available_timezones():
        raise PydanticCustomError('zone_unknown', 'not a time zone of the IANA database')
    return name


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]
Locale = Literal['ru', 'en']
PersonName = Annotated[str, Line(200)]
Title = Annotated[str, Line(120)]
LocalTime = Annotated[str, StringConstraints(pattern=r'^([01][0-9]|2[0-3]):[0-5][0-9]$')]
DepartmentIds = Annotated[tuple[Id, ...], Len(0, DEPARTMENTS_LIMIT), AfterValidator(_distinct)]
Places = Annotated[tuple[Id, ...], Len(1, PLACES_LIMIT), AfterValidator(_distinct)]
Digits = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r'^[0-9]{1,20}$')]
Kpp = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r'^[0-9]{4}[0-9A-Z]{2}[0-9]{3}$')]


class NewEmployee(Value):
    """Somebody to be hired."""

    name: PersonName
    phone: Phone
    email: Email | None = None
    role_id: Id
    department_ids: DepartmentIds = ()
    places: Places | None = Field(None, description='Buildings he sees; null for all.')
    locale: Locale | None = None
    is_community_manager: bool = False
    receives_registrations: bool = False


class EmployeeChanges(Value):
    """What becomes different about an employee; `null` clears where nothing is a sense of its own."""

    name: PersonName = ''
    phone: Phone = ''
    email: Email | None = None
    role_id: Id = ''
    department_ids: DepartmentIds = ()
    places: Places | None = Field(None, description='Buildings he sees; null for all.')
    locale: Locale | None = None
    is_community_manager: bool = False
    receives_registrations: bool = False


class EmployeesQuery(Paging):
    """Which employees; `search` is the beginning of any of their names, several words for several."""

    search: Annotated[str, Line(100)] | None = None
    department_id: Id | None = None
    role_id: Id | None = None
    state: EmployeeState = EmployeeState.ACTIVE


class NewRole(Value):
    """A role to be made."""

    name: Title
    permissions: Permissions = frozenset()
    matrix: Matrix = Field(default_factory=dict)


class RoleChanges(Value):
    """What becomes different about a role; permissions and matrix are given whole."""

    name: Title = ''
    permissions: Permissions = frozenset()
    matrix: Matrix = Field(default_factory=dict)


class NewDepartment(Value):
    """A department to be made."""

    name: Title


class DepartmentChanges(Value):
    """What becomes different about a department."""

    name: Title = ''


class NewBankAccount(Value):
    """Where a legal entity is paid."""

    bik: Annotated[str, StringConstraints(pattern=r'^[0-9]{9}$')]
    bank: Annotated[str, Line(200, least=0)] = ''
    account: Annotated[str, StringConstraints(pattern=r'^[0-9]{20}$')]
    correspondent: Annotated[str, StringConstraints(pattern=r'^([0-9]{20})?$')] = ''


class NewLegalEntity(Value):
    """A company of the organisation."""

    name: Annotated[str, Line(200)]
    inn: Digits
    kpp: Kpp | None = None
    ogrn: Digits | None = None
    address: Annotated[str, Line(500, least=0)] = ''
    bank_account: NewBankAccount | None = None


class LegalEntityChanges(Value):
    """What becomes different about a company; the bank account is given whole."""

    name: Annotated[str, Line(200)] = ''
    inn: Digits = ''
    kpp: Kpp | None = None
    ogrn: Digits | None = None
    address: Annotated[str, Line(500, least=0)] = ''
    bank_account: NewBankAccount | None = None


class OrganisationChanges(Value):
    """What becomes different about the organisation and its settings."""

    name: Annotated[str, Line(200)] = ''
    zone: Zone = ''
    locale: Locale = 'ru'
    execution_reminder_minutes: int = Field(60, ge=1, le=7 * 24 * 60)
    resumption_reminder_at: LocalTime = '09:00'
    task_reminder_minutes: int = Field(60, ge=1, le=7 * 24 * 60)
    rating_reminder_hours: int = Field(24, ge=1, le=30 * 24)
    is_time_tracked: bool = False
    are_employees_anonymous: bool = True
    reopening_days: int | None = Field(None, ge=1, le=3650)


class NewOrganisation(Value):
    """An organisation to be founded with its first administrator."""

    id: OrganisationId
    name: Annotated[str, Line(200)]
    zone: Zone = 'Europe/Moscow'
    locale: Locale = 'ru'
    administrator_name: PersonName
    administrator_phone: Phone
    administrator_email: Email | None = None
