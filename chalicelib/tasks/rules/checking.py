"""What becomes of the checklists of a request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.kit.caller import Caller
from chalicelib.tasks.model.checklists import Checklist, Checklists, ChecklistTemplate, Item
from chalicelib.tasks.model.refusals import ChecklistNotFound, TooManyChecklists

MOST_CHECKLISTS = 10


class Bringing(StrEnum):
    """What became of a checklist that an offering brings."""

    ADDED = 'added'
    KEPT = 'kept'  # it was there already
    NO_TEMPLATE = 'no_template'  # its template is gone
    NO_ROOM = 'no_room'  # the request has as many as it can have


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of it, what it is called as far as that is known, and the new checklist itself."""

    what: Bringing
    name: str = ''
    one: Checklist | None = None


def added(lists: Checklists, one: Checklist) -> Checklists:
    """The checklist stands after the others. Raises TooManyChecklists."""
    if len(lists.lists) >= MOST_CHECKLISTS:
        raise TooManyChecklists(limit=MOST_CHECKLISTS)
    return _next(lists, (*lists.lists, one))


def made(
    checklist_id: str, name: str, lines: Iterable[str], now: datetime, by: Caller | None = None
) -> Checklist:
    """A checklist of these lines, nothing ticked; without `by` it comes with the offering."""
    return Checklist(
        id=checklist_id,
        name=name,
        items=tuple(Item(id=f'{checklist_id}-{place}', text=text) for place, text in enumerate(lines, 1)),
        author_id=by and by.id,
        author=by and by.name,
        created_at=now,
    )


def brought(
    lists: Checklists, template_id: str, template: ChecklistTemplate | None, now: datetime
) -> tuple[Checklists, Brought]:
    """The checklists with the one of that template, and what became of it.

    It has the id of its template: where an offering brings it a second time it is there already.
    """
    there = [one for one in lists.lists if one.id == template_id]
    if there:
        return lists, Brought(Bringing.KEPT, there[0].name)
    if template is None:
        return lists, Brought(Bringing.NO_TEMPLATE)
    if len(lists.lists) >= MOST_CHECKLISTS:
        return lists, Brought(Bringing.NO_ROOM, template.name)
    one = made(template_id, template.name, template.items, now)
    return added(lists, one), Brought(Bringing.ADDED, one.name, one)


def found(lists: Checklists, checklist_id: str) -> Checklist:
    """The checklist of that id. Raises ChecklistNotFound."""
    for one in lists.lists:
        if one.id == checklist_id:
            return one
    raise ChecklistNotFound()


def item_of(one: Checklist, item_id: str) -> Item:
    """The item of that id. Raises ChecklistNotFound."""
    for item in one.items:
        if item.id == item_id:
            return item
    raise ChecklistNotFound()


def removed(lists: Checklists, one: Checklist) -> Checklists:
    """The checklist is gone."""
    return _next(lists, tuple(other for other in lists.lists if other.id != one.id))


def ticked(item: Item, is_done: bool, by: Caller, now: datetime) -> Item:
    """The item is ticked by that employee now, or by nobody; who has ticked it before stays."""
    if item.is_done is is_done:
        return item
    by_whom = {'done_by_id': by.id, 'done_by': by.name, 'done_at': now}
    return item.model_copy(update=by_whom if is_done else dict.fromkeys(by_whom))


def with_item(lists: Checklists, one: Checklist, item: Item) -> tuple[Checklists, Checklist]:
    """The checklists, and that one, with the item as it is now."""
    items = tuple(item if other.id == item.id else other for other in one.items)
    after = one.model_copy(update={'items': items})
    return _next(lists, tuple(after if other.id == one.id else other for other in lists.lists)), after


def _next(lists: Checklists, now: tuple[Checklist, ...]) -> Checklists:
    return lists.model_copy(update={'lists': now, 'version': lists.version + 1})
