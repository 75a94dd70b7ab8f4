"""Employees: found one by one, by role, by name and department; and the shelves they stand on.

Besides the shelf of all, an employee stands, by further small rows, on the shelf of each department, of
each word of his name (index `by_shelf`), and of those who receive registrations.
"""

from collections.abc import Iterable, Iterator

from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Stored
from chalicelib.staff.model import Employee, EmployeesQuery, EmployeeState, Role
from chalicelib.staff.repository.rows import EMPLOYEES, ByShelf, StaffRow
from chalicelib.staff.rules import cards, names


class _Place(Stored):
    """Where on a shelf an employee stands: what its row can tell without the card."""

    employee_id: str
    word: str

    @classmethod
    def of(cls, row: StaffRow) -> '_Place':
        return cls(employee_id=str(row.pk).rpartition('#')[2], word=str(row.sk).rpartition('#')[2])


def employees_with(role: Role) -> Iterator[Employee]:
    """The employees at work who have the role: one query for each megabyte of cards, some 1,500 people."""
    for row in StaffRow.by_role.query(f'{role.organisation}#{role.id}'):
        yield EMPLOYEES.read(row)


def registrars(organisation: str) -> list[Employee]:
    """The employees at work who receive registrations."""
    rows = StaffRow.by_shelf.query(f'{organisation}#registrars', limit=dynamo.BATCH_READ_LIMIT)
    return employees(organisation, [_Place.of(row).employee_id for row in rows])


def employees(organisation: str, ids: Iterable[str]) -> list[Employee]:
    """Those of the employees that exist, in the order asked: one round trip for each 100."""
    keys = (EMPLOYEES.key(organisation, identity) for identity in dict.fromkeys(ids))
    return dynamo.fetch_all(Read(StaffRow, key, EMPLOYEES.read) for key in keys)


def search(organisation: str, query: EmployeesQuery) -> Page[Employee]:
    """One page of the employees asked for, by name; a page may be short and yet not the last.

    By a beginning of a name or by department: the index and one batch of cards. Else the index alone.
    """
    words = names.words(query.search or '')
    is_at_work = query.state is EmployeeState.ACTIVE
    if query.search is not None:
        places = _by_word(organisation, query, words)
    elif query.department_id and is_at_work:
        places = _on(f'{organisation}#department#{query.department_id}', organisation, query)
    else:
        return _whole(organisation, query, by_role=is_at_work and query.role_id is not None)
    found = {card.id: card for card in employees(organisation, [place.employee_id for place in places.items])}
    told = [
        card
        for place in places.items
        if (card := found.get(place.employee_id)) is not None
        and cards.fits(card, query)
        and (not words or names.answers(card.name, words, place.word))
    ]
    return Page(items=told, next_cursor=places.next_cursor)


def _by_word(organisation: str, query: EmployeesQuery, words: tuple[str, ...]) -> Page[_Place]:
    if not words:
        return Page(items=[])
    return _on(f'{organisation}#employee-word', organisation, query, names.leading(words))


def _on(shelf: str, organisation: str, query: EmployeesQuery, beginning: str = '') -> Page[_Place]:
    return page(
        StaffRow,
        _Place.of,
        shelf,
        paging=query,
        binding=(organisation, 'employees', *_asked(query)),
        index=StaffRow.by_shelf,
        condition=ByShelf.label.startswith(beginning) if beginning else None,
        forward=True,
    )


def _whole(organisation: str, query: EmployeesQuery, by_role: bool) -> Page[Employee]:
    found = page(
        StaffRow,
        EMPLOYEES.read,
        f'{organisation}#{query.role_id}' if by_role else f'{organisation}#{EMPLOYEES.name}#{query.state}',
        paging=query,
        binding=(organisation, 'employees', *_asked(query)),
        index=StaffRow.by_role if by_role else StaffRow.by_shelf,
        forward=True,
    )
    return Page(
        items=[card for card in found.items if cards.fits(card, query)], next_cursor=found.next_cursor
    )


def _asked(query: EmployeesQuery) -> tuple[str, ...]:
    return query.search or '', query.department_id or '', query.role_id or '', query.state


def shelving(was: Employee | None, now: Employee) -> list[Write]:
    """The employee will stand on the shelves his card says, and no longer on those the former one said."""
    before, after = _places_on_shelves(was) if was else {}, _places_on_shelves(now)
    pk, _ = EMPLOYEES.key(now.organisation, now.id)
    gone = [dynamo.removing(StaffRow(pk=pk, sk=sk)) for sk in before.keys() - after.keys()]
    come = [
        dynamo.putting(StaffRow(pk=pk, sk=sk, shelf=shelf, label=label))
        for sk, (shelf, label) in after.items()
        if before.get(sk) != (shelf, label)
    ]
    return gone + come


def _places_on_shelves(employee: Employee) -> dict[str, tuple[str, str]]:
    organisation, label = employee.organisation, names.label(employee.name, employee.id)
    places = {
        f'on#word#{word}': (f'{organisation}#employee-word', f'{word}#{label}')
        for word in names.words(employee.name)
    }
    if not employee.is_active:
        return places
    for department_id in employee.department_ids:
        places[f'on#department#{department_id}'] = f'{organisation}#department#{department_id}', label
    if employee.receives_registrations:
        places['on#registrars'] = f'{organisation}#registrars', label
    return places
