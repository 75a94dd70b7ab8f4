"""The rows of an employee's own settings, all in `<organisation>#preferences#<employee>`.

    filters#<page>#<client>    the filters of a page in one kind of client
    layout                     the columns of his lists
"""

from pydantic import ValidationError

from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.requests.model.filters import Filters
from chalicelib.requests.model.preferences import DEFAULT_LAYOUT, ListLayout
from chalicelib.requests.repository.rows import RequestRow

LAYOUT = 'layout'


def reading_filters(organisation: str, employee_id: str, page: str, client: str) -> Read[Filters]:
    """The saved filters of the page."""
    return Read(RequestRow, (_pk(organisation, employee_id), _filters(page, client)), _filters_of)


def saving_filters(
    organisation: str, employee_id: str, page: str, client: str, filters: Filters
) -> Write:
    """The page's filters will be these."""
    body = filters.model_dump_json(exclude_defaults=True)
    row = RequestRow(pk=_pk(organisation, employee_id), sk=_filters(page, client), body=body)
    return dynamo.putting(row)


def clearing_filters(organisation: str, employee_id: str, page: str, client: str) -> Write:
    """The page will have no saved filters."""
    return dynamo.removing(RequestRow(pk=_pk(organisation, employee_id), sk=_filters(page, client)))


def reading_layout(organisation: str, employee_id: str) -> Read[ListLayout]:
    """The saved columns."""
    return Read(RequestRow, (_pk(organisation, employee_id), LAYOUT), _layout_of)


def saving_layout(organisation: str, employee_id: str, layout: ListLayout) -> Write:
    """The columns will be these."""
    row = RequestRow(pk=_pk(organisation, employee_id), sk=LAYOUT, body=layout.model_dump_json())
    return dynamo.putting(row)


def _pk(organisation: str, employee_id: str) -> str:
    return f'{organisation}#preferences#{employee_id}'


def _filters(page: str, client: str) -> str:
    return f'filters#{page}#{client}'


def _filters_of(row: RequestRow) -> Filters:
    try:
        return Filters.model_validate_json(row.body or '')
    except ValidationError:  # saved before a release that knows a filter or a value no longer
        return Filters()


def _layout_of(row: RequestRow) -> ListLayout:
    try:
        return ListLayout.model_validate_json(row.body or '')
    except ValidationError:
        return DEFAULT_LAYOUT
