"""The desk of the house of staff.

Its own doors speak to the rooms (`employees.hire`, `roles.change`); what other houses need is named here:
prepared reads for `kit.dynamo.fetch`, recipients of notifications, and the founding of an organisation.
"""

from chalicelib.kit.dynamo import Read
from chalicelib.staff.model import Department, Employee, LegalEntity, Organisation, Role
from chalicelib.staff.repository import rows
from chalicelib.staff.service import departments, employees, legal_entities, organisations, roles
from chalicelib.staff.service.organisations import Founded, found
from chalicelib.staff.service.recipients import (
    employees_by_ids,
    recipients,
    recipients_among,
    registrars,
)

__all__ = [
    'Founded',
    'departments',
    'employees',
    'employees_by_ids',
    'found',
    'legal_entities',
    'organisations',
    'reading_department',
    'reading_employee',
    'reading_legal_entity',
    'reading_organisation',
    'reading_role',
    'recipients',
    'recipients_among',
    'registrars',
    'roles',
]


def reading_organisation(organisation: str) -> Read[Organisation]:
    """A look at the organisation with its zone and settings; `missing` is OrganisationNotFound."""
    return rows.reading_organisation(organisation)


def reading_employee(organisation: str, employee_id: str) -> Read[Employee]:
    """A look at an employee, dismissed ones too (see `is_active`); `missing` is EmployeeNotFound."""
    return rows.reading(rows.EMPLOYEES, organisation, employee_id)


def reading_department(organisation: str, department_id: str) -> Read[Department]:
    """A look at a department, archived ones too (see `is_archived`); `missing` is DepartmentNotFound."""
    return rows.reading(rows.DEPARTMENTS, organisation, department_id)


def reading_legal_entity(organisation: str, legal_entity_id: str) -> Read[LegalEntity]:
    """A look at a legal entity, archived ones too (see `is_archived`); `missing` is LegalEntityNotFound."""
    return rows.reading(rows.LEGAL_ENTITIES, organisation, legal_entity_id)


def reading_role(organisation: str, role_id: str) -> Read[Role]:
    """A look at a role, archived ones too (see `is_archived`); `missing` is RoleNotFound."""
    return rows.reading(rows.ROLES, organisation, role_id)
