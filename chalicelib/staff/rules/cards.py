"""What a change makes of a card, and whether the card may still be changed or chosen."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from chalicelib.kit.errors import DomainError
from chalicelib.kit.values import Stored, Value
from chalicelib.staff.events import Differences
from chalicelib.staff.model import (
    ROLES_LIMIT,
    Archivable,
    ArchivedForGood,
    Employee,
    EmployeeIsDismissed,
    EmployeesQuery,
    EmployeeState,
    ExternalIds,
    Organisation,
    OrganisationChanges,
    OrganisationSettings,
    Role,
    RolesLimitReached,
)

E = TypeVar('E', bound=Stored)
A = TypeVar('A', bound=Archivable)

_CONTACTS = frozenset({'phone', 'email'})
_SHOWN_OF_A_CONTACT = 4


def changed(entity: E, changes: Value) -> E:
    """The entity with the given fields of `changes`, a version higher; itself if nothing differs."""
    was = entity.model_dump()
    now = {**was, **changes.model_dump(exclude_unset=True)}
    if now == was:
        return entity
    return type(entity).model_validate({**now, 'version': was['version'] + 1})


def resettled(organisation: Organisation, changes: OrganisationChanges) -> Organisation:
    """The organisation with the given fields of `changes`, a version higher; itself if nothing differs."""
    given = changes.model_dump(exclude_unset=True)
    of_settings = {name: given.pop(name) for name in OrganisationSettings.model_fields if name in given}
    settings = organisation.settings.model_copy(update=of_settings)
    now = organisation.model_copy(update={**given, 'settings': settings})
    return organisation if now == organisation else now.model_copy(update={'version': now.version + 1})


def archived(entity: A) -> A:
    """The entity out of the lists, for good."""
    return entity.model_copy(update={'is_archived': True, 'version': entity.version + 1})


def dismissed(employee: Employee) -> Employee:
    """The employee as one who works here no more."""
    return employee.model_copy(update={'state': EmployeeState.DISMISSED, 'version': employee.version + 1})


def linked(employee: Employee, external_ids: ExternalIds) -> Employee:
    """The employee known elsewhere as `external_ids` say."""
    return employee.model_copy(update={'external_ids': external_ids, 'version': employee.version + 1})


def differences(was: Stored, now: Stored) -> Differences:
    """By field, what it was and what it is now; contacts only by their ends."""
    before, after = was.model_dump(mode='json'), now.model_dump(mode='json')
    return {
        field: (_told(field, before[field]), _told(field, after[field]))
        for field in before
        if field != 'version' and before[field] != after[field]
    }


def _told(field: str, value: Any) -> Any:
    return f'…{value[-_SHOWN_OF_A_CONTACT:]}' if field in _CONTACTS and value else value


def is_kept(entity: Archivable) -> None:
    """Refuses if the entity was archived."""
    if entity.is_archived:
        raise ArchivedForGood()


def may_be_chosen(entity: Archivable, refusal: Callable[[], DomainError]) -> None:
    """Refuses with `refusal` if the entity was archived."""
    if entity.is_archived:
        raise refusal()


def works_here(employee: Employee) -> None:
    """Refuses if the employee was dismissed."""
    if not employee.is_active:
        raise EmployeeIsDismissed()


def fits(employee: Employee, query: EmployeesQuery) -> bool:
    """Whether the employee has the state, the department and the role that the query asks for."""
    return (
        employee.state is query.state
        and query.department_id in (None, *employee.department_ids)
        and query.role_id in (None, employee.role_id)
    )


def has_room(roles: Sequence[Role]) -> None:
    """Refuses if the organisation has as many roles as it may."""
    if len(roles) >= ROLES_LIMIT:
        raise RolesLimitReached(limit=ROLES_LIMIT)


def moves(left: set[str], joined: set[str]) -> list[tuple[str, int]]:
    """By how many the headcount of each department changes; those that stay the same are not named."""
    return [(gone, -1) for gone in sorted(left - joined)] + [(come, +1) for come in sorted(joined - left)]


def seats(
    was: Employee | None, former: Role | None, now: Employee, role: Role | None
) -> list[tuple[Role, int, int]]:
    """By how many the headcount of each role changes, and that of those of it who see everything.

    No `former` role is for somebody hired, no `role` for somebody dismissed; what stays is not named.
    """
    saw, sees = int(bool(was and was.sees_everything)), int(now.sees_everything)
    if former and role and former.id == role.id:
        return [(role, 0, sees - saw)] if sees != saw else []
    left = [(former, -1, -saw)] if former else []
    return left + ([(role, +1, sees)] if role else [])
