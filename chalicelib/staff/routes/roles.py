"""Roles with their tabs «Доступ» and «Уведомления», and what may be ticked in them."""

from collections.abc import Iterable

from chalicelib.kit import texts
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id, Page
from chalicelib.staff.model import NewRole, NotificationKind, Permission, RoleChanges
from chalicelib.staff.model.answers import Choice, RoleCard
from chalicelib.staff.service import roles

staff = Api(__name__, '/v1/staff/roles', Audience.STAFF)
choices = Api(__name__, '/v1/staff', Audience.STAFF)
doors = [staff, choices]


@staff.get()
def list_all(caller: Caller) -> Page[RoleCard]:
    """All roles, by name, for those who keep them or give them to employees."""
    return Page(items=[RoleCard.of(role) for role in roles.list_all(by=caller)])


@staff.post(status=201, permission=Permission.ROLES_EDIT)
def create(body: NewRole, caller: Caller) -> RoleCard:
    """Make a role; it grants nothing that the caller does not hold himself."""
    return RoleCard.of(roles.create(body, by=caller))


@staff.get('/{role_id}')
def read(role_id: Id, caller: Caller) -> RoleCard:
    """A role, for those who keep roles or give them to employees."""
    return RoleCard.of(roles.read(role_id, by=caller))


@staff.patch('/{role_id}', permission=Permission.ROLES_EDIT)
def change(role_id: Id, body: RoleChanges, caller: Caller) -> RoleCard:
    """Change a role: all who have it are changed with it, from their next call on."""
    return RoleCard.of(roles.change(role_id, body, by=caller))


@staff.delete('/{role_id}', permission=Permission.ROLES_EDIT)
def archive(role_id: Id, caller: Caller) -> None:
    """Archive a role that nobody at work has."""
    roles.archive(role_id, by=caller)


@choices.get('/permissions')
def permissions(caller: Caller) -> Page[Choice]:
    """All permissions with their names."""
    return _named('permission', Permission, caller)


@choices.get('/notification-kinds')
def notification_kinds(caller: Caller) -> Page[Choice]:
    """All lines of the notification matrix with their names; its columns are push and email."""
    return _named('kind', NotificationKind, caller)


def _named(of: str, codes: Iterable[str], caller: Caller) -> Page[Choice]:
    # Names of messages in the catalogue know no full stop: what follows one is an attribute.
    return Page(
        items=[
            Choice(code=code, name=texts.say(f'{of}-{code.replace(".", "-")}', caller.locale))
            for code in codes
        ]
    )
