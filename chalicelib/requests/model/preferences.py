"""What an employee has set for his own lists: columns and filters."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Stored, Value
from chalicelib.requests.model.filters import Filters, PageName


class Column(StrEnum):
    """A column a list of requests can show (REQ-018, REQ-019)."""

    STATUS = 'status'
    NUMBER = 'number'
    OFFERING = 'offering'
    ADDRESS = 'address'
    CLIENT = 'client'
    ASSIGNEES = 'assignees'
    LABELS = 'labels'
    UPDATED_AT = 'updated_at'
    EXECUTE_UNTIL = 'execute_until'
    CREATED_AT = 'created_at'
    CHANNEL = 'channel'
    RATING = 'rating'
    REFUND = 'refund'
    INCIDENT = 'incident'


DEFAULT_COLUMNS = (
    Column.STATUS, Column.NUMBER, Column.OFFERING, Column.ADDRESS, Column.CLIENT, Column.ASSIGNEES,
    Column.LABELS, Column.UPDATED_AT,
)  # fmt: skip
"""Those one sees who has chosen nothing, from left to right (REQ-018)."""


class ColumnSetting(Value):
    """A column, and whether it is shown."""

    code: Column
    is_visible: bool = True


class ListLayout(Value):
    """The columns from left to right (REQ-020, REQ-021); those not named come last and are hidden."""

    columns: Annotated[list[ColumnSetting], Field(min_length=1, max_length=len(Column))]

    @field_validator('columns')
    @classmethod
    def _once(cls, columns: list[ColumnSetting]) -> list[ColumnSetting]:
        if len({column.code for column in columns}) < len(columns):
            raise PydanticCustomError('column_twice', 'a column is named twice')
        return columns

    @property
    def whole(self) -> 'ListLayout':
        """The layout with every column there is."""
        named = {column.code for column in self.columns}
        others = [ColumnSetting(code=code, is_visible=False) for code in Column if code not in named]
        return ListLayout(columns=[*self.columns, *others])


DEFAULT_LAYOUT = ListLayout(columns=[ColumnSetting(code=code) for code in DEFAULT_COLUMNS]).whole


class SavedFilters(Stored):
    """The filters an employee has on a page, and how many they are (REQ-041..043)."""

    page: PageName
    filters: Filters
    count: int = Field(description='For the button «Фильтры»; the default about incidents is not counted.')
