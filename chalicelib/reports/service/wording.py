"""The words of reports, from the catalogue, in the reader's language."""

from collections.abc import Sequence

from chalicelib.kit import texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.xlsx import Column
from chalicelib.reports import gateway
from chalicelib.reports.model import (
    EVERY_FIELD,
    FieldCard,
    Links,
    Report,
    ReportCard,
    ReportField,
    ReportKind,
    WhyFailed,
)
from chalicelib.reports.rules import columns, life
from chalicelib.reports.rules.columns import LINES, Line
from chalicelib.reports.rules.payments import PaymentLine

PATHS = {ReportKind.REQUESTS: '/v1/staff/reports', ReportKind.PAYMENTS: '/v1/staff/payments/reports'}


def fields(ticked: Sequence[ReportField], locale: str) -> list[FieldCard]:
    """The checkboxes of the window."""
    return [_checkbox(LINES[field], field in ticked, locale) for field in EVERY_FIELD]


def _checkbox(line: Line, is_ticked: bool, locale: str) -> FieldCard:
    return FieldCard(
        code=line.field,
        title=texts.say(f'report-field-{line.field}', locale),
        group=line.group,
        group_title=texts.say(f'report-group-{line.group}', locale),
        is_ticked=is_ticked,
    )


def heading(line: Line, locale: str) -> Column:
    """The column as the workbook begins it."""
    return Column(texts.say(f'report-field-{line.field}', locale), line.kind, line.width)


def heading_of_payments(line: PaymentLine, locale: str) -> Column:
    """The column of the register as the workbook begins it."""
    return Column(texts.say(f'report-payment-{line.name}', locale), line.kind, line.width)


def words(locale: str, of: Sequence[str] = columns.WORDS) -> dict[str, str]:
    """Every word that a cell may be."""
    return {word: texts.say(f'report-{word}', locale) for word in of}


def sheet(kind: ReportKind, locale: str) -> str:
    """The name of the sheet."""
    return texts.say(f'report-sheet-{kind}', locale)


def file_name(report: Report, by: Caller) -> str:
    """What the file is called when it is saved: by the day and minute of its order, where its author is."""
    at = report.created_at.astimezone(by.zoneinfo)
    return texts.say(f'report-file-{report.kind}', by.locale, at=f'{at:%Y-%m-%d %H-%M}') + '.xlsx'


def card(report: Report, by: Caller, *, is_kept: bool) -> ReportCard:
    """The job as its author sees it; `is_kept` says whether there is a file to be saved."""
    failure = report.failure
    return ReportCard(
        id=report.id,
        version=report.version,
        status=report.status,
        progress=report.progress,
        rows=report.rows,
        created_at=report.created_at,
        finished_at=report.finished_at,
        failure=failure
        and WhyFailed(
            code=failure, message=texts.say(f'report-failure-{failure}', by.locale, limit=life.MOST_ROWS)
        ),
        size=report.file.size if report.file else None,
        expires_at=life.file_until(report),
        links=Links(
            report=f'{PATHS[report.kind]}/{report.id}',
            file=gateway.link(report.file.key) if report.file and is_kept else None,
        ),
    )
