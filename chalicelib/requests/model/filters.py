"""What a list of requests is narrowed by: the filters, the tab they are applied to, and the text sought."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from chalicelib.kit.values import Day, Id, Line, Paging, Value
from chalicelib.requests.model.status import Channel, Label, PaidState, Status

MOST_VALUES = 50
"""Values of one filter: more than anybody ticks in a list."""

Ids = Annotated[list[Id], Field(max_length=MOST_VALUES)]
Search = Annotated[str, Line(100)]


class Tab(StrEnum):
    """Which list of requests is looked at."""

    NEW = 'new'  # «Новые»: nobody has begun (REQ-011)
    ALL = 'all'  # «Все» (REQ-014)
    MINE = 'mine'  # «Мои заявки»: the caller is an assignee (REQ-016)


class PageName(StrEnum):
    """A page of the client whose filters are saved by themselves (AMB-32)."""

    ALL = 'all'  # «Все заявки», with its two tabs
    MINE = 'mine'  # «Мои заявки»


class Filters(Value):
    """Filters of a list; all that are given must hold, of several values of one any (REQ-045, AMB-34)."""

    offering_id: Ids = Field(default_factory=list)
    status: list[Status] = Field(default_factory=list, max_length=len(Status))
    rating: list[Annotated[int, Field(ge=1, le=5)]] = Field(default_factory=list, max_length=5)
    is_overdue: bool | None = Field(None, description='Whether the execution SLA was breached (AMB-23).')
    assignee_id: Ids = Field(default_factory=list)
    department_id: Ids = Field(default_factory=list)
    building_id: Ids = Field(default_factory=list)
    group_id: Ids = Field(default_factory=list)
    quarter_id: Ids = Field(default_factory=list)
    premises_id: Ids = Field(default_factory=list)
    client_id: Ids = Field(default_factory=list)
    created_since: Day | None = Field(None, description='The first day of creation, local time.')
    created_until: Day | None = Field(None, description='The last day of creation.')
    done_since: Day | None = Field(None, description='The first day of completion, local time.')
    done_until: Day | None = Field(None, description='The last day of completion.')
    channel: list[Channel] = Field(default_factory=list, max_length=len(Channel))
    is_attached: bool | None = Field(
        None, description='«Прикреплена к инциденту»: true shows only those attached; else they are left out.'
    )
    incident_id: Id | None = Field(None, description='Only those attached to this incident.')
    label: list[Label] = Field(default_factory=list, max_length=len(Label))
    paid: list[PaidState] = Field(default_factory=list, max_length=len(PaidState))

    @field_validator('created_until', 'done_until')
    @classmethod
    def _follows(cls, until: date | None, info: ValidationInfo) -> date | None:
        since = info.data.get(f'{str(info.field_name).partition("_")[0]}_since')
        if until is not None and since is not None and until < since:
            raise PydanticCustomError('period_reversed', 'the period ends before it begins')
        return until

    @property
    def count(self) -> int:
        """How many filters are applied: a period is one, the default of incidents none (REQ-042, AMB-29)."""
        given = {name for name in type(self).model_fields if self.says(name)}
        return len({name.removesuffix('_since').removesuffix('_until') for name in given})

    def says(self, name: str) -> bool:
        """Whether the filter narrows the list."""
        value = getattr(self, name)
        return bool(value) if name == 'is_attached' else value not in (None, [])


class RequestsQuery(Filters, Paging):
    """Which requests are listed: a tab, narrowed by filters and by words."""

    tab: Tab = Tab.NEW
    search: Search | None = Field(
        None,
        description='A number, or beginnings of words of offering, client and address; all must be met.',
    )
    is_saved: bool = Field(False, description='Whether the filters the caller saved for the page apply.')

    @property
    def page(self) -> PageName:
        """The page of the client that shows the tab."""
        return PageName.MINE if self.tab is Tab.MINE else PageName.ALL

    @property
    def filters(self) -> Filters:
        """The filters alone."""
        return Filters(**{name: getattr(self, name) for name in Filters.model_fields})


class Selection(Value):
    """Requests chosen by a tab, filters and words, to be walked through as a whole."""

    tab: Tab = Tab.ALL
    filters: Filters = Filters()
    search: Search | None = None
