"""A report as it is kept: the job, what was ordered and for whom, and the desk of the one who orders."""

from enum import StrEnum

from chalicelib.kit.caller import Audience, Caller, ClientKind, Scope
from chalicelib.kit.values import Instant, Stored
from chalicelib.registers.model.views import PaymentFilters
from chalicelib.reports.model.fields import ReportField
from chalicelib.requests.model.filters import Selection


class ReportKind(StrEnum):
    """What a report is of."""

    REQUESTS = 'requests'
    PAYMENTS = 'payments'  # the register of payments and refunds


class ReportStatus(StrEnum):
    """Where a job stands."""

    WAITING = 'waiting'  # nobody works on it
    RUNNING = 'running'  # a worker writes the file
    READY = 'ready'  # the file can be saved
    FAILED = 'failed'  # for good, and the job says why
    CANCELLED = 'cancelled'  # by its author

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self not in (ReportStatus.WAITING, ReportStatus.RUNNING)


class Failure(StrEnum):
    """Why there is no file; the sentences are in the catalogue as `report-failure-<code>`."""

    EMPLOYEE_DISMISSED = 'employee_dismissed'  # its author left before it was written
    TOO_MANY_ROWS = 'too_many_rows'  # more than one report holds
    INTERRUPTED = 'interrupted'  # every attempt broke off
    NOT_STARTED = 'not_started'  # no worker came to it


class Author(Stored):
    """Who ordered a report and what he was allowed then: the report shows him that and no more."""

    id: str
    name: str
    client: ClientKind
    permissions: frozenset[str]
    places: frozenset[str] | None
    zone: str
    locale: str

    @classmethod
    def of(cls, caller: Caller, permissions: frozenset[str]) -> 'Author':
        """The caller, with those of the permissions that he has."""
        return cls(
            id=caller.id,
            name=caller.name,
            client=caller.client,
            permissions=caller.permissions & permissions,
            places=caller.scope.places,
            zone=caller.zone,
            locale=caller.locale,
        )

    def calling(self, organisation: str) -> Caller:
        """The same as a caller again."""
        return Caller(
            organisation,
            Audience.STAFF,
            self.id,
            name=self.name,
            client=self.client,
            permissions=self.permissions,
            scope=Scope(self.places),
            zone=self.zone,
            locale=self.locale,
        )


class Order(Stored):
    """What is to be in a report, and for whom; it never changes."""

    author: Author
    kind: ReportKind = ReportKind.REQUESTS
    fields: tuple[ReportField, ...] = ()
    selection: Selection = Selection()
    payments: PaymentFilters = PaymentFilters()


class ReportFile(Stored):
    """The finished workbook: where it lies, and how many bytes it has."""

    key: str
    size: int


class Report(Stored):
    """A job. `attempts` counts the workers who took it, `worked_at` is when it was last in any hand."""

    id: str
    organisation: str
    author_id: str
    kind: ReportKind = ReportKind.REQUESTS
    version: int = 1
    status: ReportStatus = ReportStatus.WAITING
    attempts: int = 0
    progress: int = 0
    rows: int = 0
    created_at: Instant
    worked_at: Instant
    finished_at: Instant | None = None
    file: ReportFile | None = None
    failure: Failure | None = None


class Desk(Stored):
    """What an employee ticked when he last made a report (RPT-006, SET-003)."""

    ticks: tuple[str, ...] = ()
