"""What becomes of the checklists of a request."""

from datetime import datetime

from chalicelib.kit.caller import Caller
from chalicelib.tasks.model.checklists import Checklist, Checklists, Item
from chalicelib.tasks.model.refusals import ChecklistNotFound, TooManyChecklists

MOST_CHECKLISTS = 10


def added(lists: Checklists, one: Checklist) -> Checklists:
    """The checklist stands after the others. Raises TooManyChecklists."""
    if len(lists.lists) >= MOST_CHECKLISTS:
        raise TooManyChecklists(limit=MOST_CHECKLISTS)
    return _next(lists, (*lists.lists, one))


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
