"""What the doors of reports take and tell."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from chalicelib.kit.values import Instant, Stored, Value
from chalicelib.registers.model.views import PaymentFilters
from chalicelib.reports.model.fields import FieldGroup, ReportField
from chalicelib.reports.model.job import Failure, ReportStatus
from chalicelib.requests.model.filters import Filters, Search


class ReportTab(StrEnum):
    """A tab of «Все заявки», where reports are made (RPT-001); «Мои заявки» makes none."""

    NEW = 'new'
    ALL = 'all'


class NewReport(Value):
    """The window «Сформировать отчет», confirmed."""

    fields: Annotated[list[ReportField], Field(min_length=1, max_length=len(ReportField))] = Field(
        description='The ticked fields, at least one; `all` ticks every one (RPT-004, RPT-010).'
    )
    tab: ReportTab = Field(description='The tab the employee looks at.')
    filters: Filters | None = Field(
        None, description='Left out: the filters he has saved on the page «Все заявки» (RPT-007).'
    )
    search: Search | None = Field(None, description='What he has typed into the search, if anything.')


class NewPaymentsReport(Value):
    """The register of payments as the employee looks at it."""

    filters: PaymentFilters = Field(default_factory=PaymentFilters, description='Left out: all of it.')


class FieldCard(Stored):
    """A checkbox of the window."""

    code: ReportField
    title: str
    group: FieldGroup
    group_title: str
    is_ticked: bool


class ReportFields(Stored):
    """All fields there are, as the columns will stand from left to right."""

    fields: list[FieldCard]


class WhyFailed(Stored):
    """Why there is no file."""

    code: Failure
    message: str


class Links(Stored):
    """Where to look next."""

    report: str = Field(description='This job.')
    file: str | None = Field(description='Gives the file to whoever holds it, for 15 minutes; null if none.')


class ReportCard(Stored):
    """A job as its author sees it."""

    id: str
    version: int
    status: ReportStatus
    progress: int = Field(description='Per cent.')
    rows: int = Field(description='How many requests, or payments and refunds, are written so far.')
    created_at: Instant
    finished_at: Instant | None
    failure: WhyFailed | None
    size: int | None = Field(description='Bytes of the file.')
    expires_at: Instant | None = Field(description='Until when the file is kept.')
    links: Links
