"""Roles: what their employees may do and what they are told of (IAM-001..009, NTF-001, SET-009)."""

from chalicelib.identity import service as identity
from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import agree, commit, fetch, get
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM, Actor
from chalicelib.staff.events import Deed, RoleChanged
from chalicelib.staff.model import NewRole, Permission, Role, RoleChanges
from chalicelib.staff.repository import counts, rows
from chalicelib.staff.rules import authority, cards, logins, seeds


def read(role_id: str, *, by: Caller) -> Role:
    """The role; raises RoleNotFound."""
    authority.may_read_roles(by)
    return get(rows.reading(rows.ROLES, by.organisation, role_id))


def list_all(*, by: Caller) -> list[Role]:
    """All roles that are not archived, by name."""
    authority.may_read_roles(by)
    return rows.roles(by.organisation)


def create(new: NewRole, *, by: Caller) -> Role:
    """The role exists and may be given; nobody makes a role above his own (IAM-002)."""
    role = Role(id=new_id(), organisation=by.organisation, **dict(new))
    authority.may_entrust(by, role)
    cards.has_room(rows.roles(by.organisation))
    commit(
        *rows.keeping(rows.ROLES, role, _changed(role, Deed.CREATED, by)),
        counts.opening_role(role),
        identity.granting(logins.grant(role)),
    )
    return role


def change(role_id: str, changes: RoleChanges, *, by: Caller) -> Role:
    """All who have the role may do, and are told of, what it now says (IAM-003, SET-009).

    Raises PermissionsAboveOwn where the role was or would be above the caller's own, LastAdministrator
    where nobody would be left to change employees and roles.
    """
    was: Role
    was, seeing = fetch(
        rows.reading(rows.ROLES, by.organisation, role_id),
        counts.reading_seeing(by.organisation, role_id),
    )
    agree(was.version)
    cards.is_kept(was)
    now = cards.changed(was, changes)
    authority.may_entrust(by, was)
    authority.may_entrust(by, now)
    if now is was:
        return was
    turned = counts.regoverning(now, seeing) if now.is_governing != was.is_governing else []
    event = _changed(now, Deed.CHANGED, by, was)
    granted = [identity.granting(logins.grant(now))] if now.permissions != was.permissions else []
    commit(*rows.keeping(rows.ROLES, now, event), *turned, *granted)
    return now


def archive(role_id: str, *, by: Caller) -> None:
    """The role can no longer be given; raises RoleInUse while anybody at work has it."""
    was = get(rows.reading(rows.ROLES, by.organisation, role_id))
    agree(was.version)
    cards.is_kept(was)
    authority.may_entrust(by, was)
    now = cards.archived(was)
    commit(*rows.keeping(rows.ROLES, now, _changed(now, Deed.ARCHIVED, by)), counts.closing_role(was))


def restore_administrators(organisation: str) -> Role:
    """The seeded role of administrators grants every permission there is, as after its founding.

    For the operator: after a release with new permissions, which nobody could otherwise give, and where an
    organisation has locked itself out. No route leads here.
    """
    was: Role
    was, seeing = fetch(
        rows.reading(rows.ROLES, organisation, seeds.ADMINISTRATOR),
        counts.reading_seeing(organisation, seeds.ADMINISTRATOR),
    )
    cards.is_kept(was)
    now = cards.changed(was, RoleChanges(permissions=frozenset(Permission)))
    if now is was:
        return now
    turned = counts.regoverning(now, seeing) if now.is_governing != was.is_governing else []
    event = _changed(now, Deed.CHANGED, None, was)
    commit(*rows.keeping(rows.ROLES, now, event), *turned, identity.granting(logins.grant(now)))
    return now


def _changed(role: Role, deed: Deed, by: Caller | None, was: Role | None = None) -> RoleChanged:
    return RoleChanged(
        organisation=role.organisation,
        at=clock.now(),
        by=Actor.of(by) if by else SYSTEM,
        role_id=role.id,
        name=role.name,
        deed=deed,
        differences=cards.differences(was, role) if was else {},
    )
