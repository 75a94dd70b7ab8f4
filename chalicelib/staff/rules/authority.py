"""Who may entrust what to whom: nobody gives, changes or takes what he does not hold himself."""

from collections.abc import Iterable

from chalicelib.kit.caller import Caller
from chalicelib.staff.model import Employee, Permission, PermissionsAboveOwn, PlacesAboveOwn, Role


def may_entrust(by: Caller, role: Role) -> None:
    """Refuses unless the caller holds every permission of the role himself.

    Else whoever may edit employees could become anybody: by giving himself a higher role, or by putting
    his own telephone into the card of somebody who has it.
    """
    if not role.permissions <= by.permissions:
        raise PermissionsAboveOwn()


def may_reach(by: Caller, places: Iterable[str] | None) -> None:
    """Refuses unless the caller sees all of the places himself; None is all there are."""
    own = by.scope.places
    if own is not None and (places is None or not own.issuperset(places)):
        raise PlacesAboveOwn()


def may_read_roles(by: Caller) -> None:
    """Refuses unless the caller keeps roles, or gives them to employees."""
    if not by.may(Permission.STAFF_EDIT):
        by.needs(Permission.ROLES_EDIT)


def governors(employee: Employee | None, role: Role | None) -> int:
    """1 for who, with that role, can give everything back to everybody, or else 0; without a role none can.

    Who sees some of the places cannot: he gives nobody more of them than he sees (`may_reach`).
    """
    return int(bool(employee and role and role.is_governing and employee.sees_everything))
