"""The organisation: its founding, its name, zone and settings."""

from chalicelib.identity import service as identity
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import agree, commit, get
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.kit.values import Stored
from chalicelib.staff.events import Deed, EmployeeHired, OrganisationFounded, RoleChanged, SettingsChanged
from chalicelib.staff.model import Employee, NewOrganisation, Organisation, OrganisationChanges, Role
from chalicelib.staff.repository import counts, employees, rows
from chalicelib.staff.rules import cards, logins, seeds


class Founded(Stored):
    """A new organisation with what it begins with; the ids of the roles are those of `rules.seeds`."""

    organisation: Organisation
    administrator: Employee
    roles: tuple[Role, ...]


def found(new: NewOrganisation, *, by: Actor = SYSTEM) -> Founded:
    """The organisation exists with the seeded roles, and its first administrator may sign in (IAM-001).

    Raises OrganisationAlreadyFounded. For the operator of the deployment: no route leads here.
    """
    organisation = Organisation(id=new.id, name=new.name, zone=new.zone, locale=new.locale)
    roles = seeds.roles(new.id)
    administrator = Employee(
        id=new_id(),
        organisation=new.id,
        name=new.administrator_name,
        phone=new.administrator_phone,
        email=new.administrator_email,
        role_id=seeds.ADMINISTRATOR,
    )
    at = clock.now()
    founded = OrganisationFounded(
        organisation=new.id,
        at=at,
        by=by,
        name=new.name,
        zone=new.zone,
        administrator_id=administrator.id,
    )
    hired = EmployeeHired(
        organisation=new.id,
        at=at,
        by=by,
        employee_id=administrator.id,
        name=administrator.name,
        role_id=administrator.role_id,
    )
    writes = [
        *rows.keeping_organisation(organisation, founded),
        counts.opening_governors(new.id, headcount=1),
        identity.settling(logins.tenant(organisation)),
        *rows.keeping(rows.EMPLOYEES, administrator, hired),
        *employees.shelving(None, administrator),
        *identity.admitting(logins.of(administrator), None),
    ]
    for role in roles:
        made = RoleChanged(
            organisation=new.id, at=at, by=by, role_id=role.id, name=role.name, deed=Deed.CREATED
        )
        writes += rows.keeping(rows.ROLES, role, made)
        writes.append(counts.opening_role(role, headcount=int(role.id == administrator.role_id)))
        writes.append(identity.granting(logins.grant(role)))
    commit(*writes)
    return Founded(organisation=organisation, administrator=administrator, roles=roles)


def read(*, by: Caller) -> Organisation:
    """The caller's organisation."""
    return get(rows.reading_organisation(by.organisation))


def change(changes: OrganisationChanges, *, by: Caller) -> Organisation:
    """The organisation and its settings are as the caller wishes, from the next call on (SET-012, AMB-26)."""
    was = get(rows.reading_organisation(by.organisation))
    agree(was.version)
    now = cards.resettled(was, changes)
    if now is was:
        return was
    changed = SettingsChanged(
        organisation=was.id,
        at=clock.now(),
        by=Actor.of(by),
        differences=cards.differences(was, now),
    )
    tenant = logins.tenant(now)
    settled = [identity.settling(tenant)] if tenant != logins.tenant(was) else []
    commit(*rows.keeping_organisation(now, changed), *settled)
    return now
