"""The organisation and its people for tests, made through the service; every argument is optional.

An organisation that was not founded before is founded with its seeded roles: `administrator`,
`dispatcher`, `executor`, `community-manager`.
"""

import itertools
from typing import Any

from chalicelib.kit.caller import Audience, Caller, Scope
from chalicelib.kit.dynamo import find
from chalicelib.staff import service
from chalicelib.staff.model import (
    Department,
    Employee,
    LegalEntity,
    NewDepartment,
    NewEmployee,
    NewLegalEntity,
    NewOrganisation,
    NewRole,
    Organisation,
    OrganisationChanges,
    Permission,
    Role,
)

_numbers = itertools.count(1)


def caller(organisation: str = 'demo', **changes: Any) -> Caller:
    """An employee who may do everything everywhere; `places` and other fields as given."""
    places = changes.pop('places', None)
    scope = Scope(None if places is None else frozenset(places))
    fields = {'id': 'e1', 'name': 'Анна', 'permissions': frozenset(Permission), 'scope': scope, **changes}
    return Caller(organisation, Audience.STAFF, **fields)


def phone() -> str:
    """A mobile number nobody else has."""
    return f'+7916{next(_numbers):07d}'


def organisation(organisation: str = 'demo', **changes: Any) -> Organisation:
    """An organisation with its seeded roles and first administrator; settings as given."""
    fields = {
        'name': 'УК «Домовой»',
        'administrator_name': 'Петрова Анна Сергеевна',
        'administrator_phone': phone(),
    }
    of_new = {name: changes.pop(name) for name in list(changes) if name in NewOrganisation.model_fields}
    made = service.found(NewOrganisation(id=organisation, **{**fields, **of_new})).organisation
    if changes:
        made = service.organisations.change(OrganisationChanges(**changes), by=caller(organisation))
    return made


def employee(organisation: str = 'demo', **changes: Any) -> Employee:
    """A dispatcher at work who sees everything."""
    _founded(organisation)
    fields = {'name': 'Иванов Иван Иванович', 'phone': phone(), 'role_id': 'dispatcher', **changes}
    return service.employees.hire(NewEmployee(**fields), by=caller(organisation))


def role(organisation: str = 'demo', **changes: Any) -> Role:
    """A role that grants and tells nothing."""
    _founded(organisation)
    return service.roles.create(NewRole(**{'name': 'Наблюдатель', **changes}), by=caller(organisation))


def department(organisation: str = 'demo', **changes: Any) -> Department:
    """A department in which nobody works."""
    _founded(organisation)
    fields = {'name': 'Сантехники', **changes}
    return service.departments.create(NewDepartment(**fields), by=caller(organisation))


def legal_entity(organisation: str = 'demo', **changes: Any) -> LegalEntity:
    """A company whose requisites bear their check digits."""
    _founded(organisation)
    fields = {'name': 'ООО «Домовой»', 'inn': '7707083893', **changes}
    return service.legal_entities.create(NewLegalEntity(**fields), by=caller(organisation))


def _founded(identity: str) -> None:
    if find(service.reading_organisation(identity)) is None:
        organisation(identity)
