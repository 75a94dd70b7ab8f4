"""What an employee has set for his own lists; each setting is a row of his and nobody else's."""

from chalicelib.kit import dynamo
from chalicelib.kit.caller import Caller
from chalicelib.requests import repository
from chalicelib.requests.model.filters import Filters, PageName
from chalicelib.requests.model.preferences import DEFAULT_LAYOUT, ListLayout, SavedFilters


def saved_filters(page: PageName, *, by: Caller) -> Filters:
    """The filters the caller has on the page in this kind of client; the default where none (AMB-32)."""
    return dynamo.find(repository.reading_filters(by.organisation, by.id, page, by.client)) or Filters()


def show_filters(page: PageName, *, by: Caller) -> SavedFilters:
    """The same, with their number for the button."""
    return _shown(page, saved_filters(page, by=by))


def save_filters(page: PageName, filters: Filters, *, by: Caller) -> SavedFilters:
    """The filters are in force at the next visit too (REQ-041, SET-001)."""
    dynamo.commit(repository.saving_filters(by.organisation, by.id, page, by.client, filters))
    return _shown(page, filters)


def clear_filters(page: PageName, *, by: Caller) -> None:
    """The page is as for somebody who has chosen nothing (REQ-044, REQ-048)."""
    dynamo.commit(repository.clearing_filters(by.organisation, by.id, page, by.client))


def list_layout(*, by: Caller) -> ListLayout:
    """The caller's columns, every one there is, from left to right (REQ-022)."""
    kept = dynamo.find(repository.reading_layout(by.organisation, by.id))
    return kept.whole if kept else DEFAULT_LAYOUT


def save_layout(layout: ListLayout, *, by: Caller) -> ListLayout:
    """The caller's lists have these columns from now on (REQ-020, REQ-021, SET-002)."""
    dynamo.commit(repository.saving_layout(by.organisation, by.id, layout))
    return layout.whole


def _shown(page: PageName, filters: Filters) -> SavedFilters:
    return SavedFilters(page=page, filters=filters, count=filters.count)
