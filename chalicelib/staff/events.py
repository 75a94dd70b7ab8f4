"""What the house of staff announces; the rows of these events are its audit trail."""

from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from chalicelib.kit.outbox import Event


class Deed(StrEnum):
    """What became of a thing that has no story beyond its edits."""

    CREATED = 'created'
    CHANGED = 'changed'
    ARCHIVED = 'archived'


Differences = dict[str, tuple[Any, Any]]
"""By field: what it was, what it is now; telephones and addresses only by their ends."""


class _Announced(Event):
    source: ClassVar[str] = 'staff'


class OrganisationFounded(_Announced):
    """An organisation exists, with its seeded roles and first administrator."""

    name: str
    zone: str
    administrator_id: str


class SettingsChanged(_Announced):
    """The organisation or its settings are different."""

    differences: Differences


class EmployeeHired(_Announced):
    """Somebody works here and may sign in."""

    employee_id: str
    name: str
    role_id: str


class EmployeeChanged(_Announced):
    """An employee's card is different."""

    employee_id: str
    name: str
    differences: Differences


class EmployeeDismissed(_Announced):
    """Somebody no longer works here, and may not sign in."""

    employee_id: str
    name: str


class RoleChanged(_Announced):
    """A role was made, changed or archived."""

    role_id: str
    name: str
    deed: Deed
    differences: Differences = Field(default_factory=dict)


class DepartmentChanged(_Announced):
    """A department was made, changed or archived."""

    department_id: str
    name: str
    deed: Deed
    differences: Differences = Field(default_factory=dict)


class LegalEntityChanged(_Announced):
    """A legal entity was made, changed or archived."""

    legal_entity_id: str
    name: str
    deed: Deed
    differences: Differences = Field(default_factory=dict)
