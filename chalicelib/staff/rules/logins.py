"""What identity is told of our people, roles and organisations."""

from chalicelib.identity.model import Grant, Login, LoginState, Tenant
from chalicelib.kit.caller import Audience
from chalicelib.staff.model import Employee, Organisation, Role


def of(employee: Employee) -> Login:
    """How the employee signs in; a dismissed one does not."""
    return Login(
        organisation=employee.organisation,
        audience=Audience.STAFF,
        subject_id=employee.id,
        phone=employee.phone,
        email=employee.email,
        name=employee.name,
        grant_id=employee.role_id,
        places=None if employee.places is None else list(employee.places),
        state=LoginState.ACTIVE if employee.is_active else LoginState.CLOSED,
        locale=employee.locale,
    )


def grant(role: Role) -> Grant:
    """What the role allows."""
    return Grant(
        organisation=role.organisation,
        grant_id=role.id,
        permissions=frozenset(permission.value for permission in role.permissions),
    )


def tenant(organisation: Organisation) -> Tenant:
    """What every call needs to know of the organisation."""
    return Tenant(
        organisation=organisation.id,
        name=organisation.name,
        zone=organisation.zone,
        locale=organisation.locale,
        features=organisation.features,
    )
