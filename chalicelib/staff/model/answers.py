"""What the doors of the house tell."""

from typing import Self

from pydantic import BaseModel, Field

from chalicelib.kit.values import Stored
from chalicelib.staff.model.access import Matrix, Permissions
from chalicelib.staff.model.people import BankAccount, EmployeeState, ExternalIds


class _Told(Stored):
    """Some of the fields of an entity."""

    @classmethod
    def of(cls, entity: BaseModel) -> Self:
        """What is told of the entity."""
        return cls.model_validate(entity.model_dump())


class EmployeeBrief(_Told):
    """An employee as selectors show him to every colleague."""

    id: str
    name: str
    role_id: str
    department_ids: tuple[str, ...]
    state: EmployeeState


class EmployeeContact(_Told):
    """How a colleague reaches an employee (IAM-014)."""

    id: str
    name: str
    phone: str
    email: str | None
    state: EmployeeState


class EmployeeCard(_Told):
    """All there is to know of an employee."""

    id: str
    name: str
    phone: str
    email: str | None
    role_id: str
    department_ids: tuple[str, ...]
    places: tuple[str, ...] | None = Field(description='Buildings he sees; null for all.')
    locale: str | None = Field(description="The language he is spoken to; null for the organisation's.")
    is_community_manager: bool
    receives_registrations: bool
    external_ids: ExternalIds
    state: EmployeeState
    version: int


class RoleCard(_Told):
    """A role with its two tabs, «Доступ» and «Уведомления»."""

    id: str
    name: str
    permissions: Permissions
    matrix: Matrix
    is_seeded: bool
    is_archived: bool
    version: int


class Choice(Stored):
    """One of the things a role may have, with its name for people."""

    code: str
    name: str


class DepartmentCard(_Told):
    """A department."""

    id: str
    name: str
    is_archived: bool
    version: int


class LegalEntityBrief(_Told):
    """A legal entity as selectors show it."""

    id: str
    name: str
    inn: str


class LegalEntityCard(_Told):
    """A legal entity with its requisites."""

    id: str
    name: str
    inn: str
    kpp: str | None
    ogrn: str | None
    address: str
    bank_account: BankAccount | None
    is_archived: bool
    version: int


class SettingsCard(_Told):
    """The organisation and what it decides for itself."""

    id: str
    name: str
    zone: str
    locale: str
    execution_reminder_minutes: int
    resumption_reminder_at: str
    task_reminder_minutes: int
    rating_reminder_hours: int
    is_time_tracked: bool
    are_employees_anonymous: bool
    reopening_days: int | None
    version: int

    @classmethod
    def of(cls, entity: BaseModel) -> Self:
        """The organisation with its settings beside its name."""
        fields = entity.model_dump()
        return cls.model_validate({**fields, **fields['settings']})
