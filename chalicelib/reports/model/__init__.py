"""The nouns of reports: fields, jobs, what doors take and give, what may be refused."""

from chalicelib.reports.model.doors import (
    FieldCard,
    Links,
    NewPaymentsReport,
    NewReport,
    ReportCard,
    ReportFields,
    WhyFailed,
)
from chalicelib.reports.model.fields import DEFAULT_TICKS, EVERY_FIELD, FieldGroup, ReportField
from chalicelib.reports.model.job import (
    Author,
    Desk,
    Failure,
    Order,
    Report,
    ReportFile,
    ReportKind,
    ReportStatus,
)
from chalicelib.reports.model.refusals import (
    CannotBeMade,
    ReportAlreadyOver,
    ReportNotFound,
    ReportsOnlyInCrm,
    TakenAway,
    TooManyReports,
)

__all__ = [
    'DEFAULT_TICKS', 'EVERY_FIELD', 'Author', 'CannotBeMade', 'Desk', 'Failure', 'FieldCard', 'FieldGroup',
    'Links', 'NewPaymentsReport', 'NewReport', 'Order', 'Report', 'ReportAlreadyOver', 'ReportCard',
    'ReportField', 'ReportFields', 'ReportFile', 'ReportKind', 'ReportNotFound', 'ReportStatus',
    'ReportsOnlyInCrm', 'TakenAway', 'TooManyReports', 'WhyFailed',
]  # fmt: skip
