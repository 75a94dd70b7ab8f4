"""The rows of the settings of telephony, and of the internal numbers."""

from typing import Any

from chalicelib.calls.events import LineFreed, LineSeated, TelephonyChanged
from chalicelib.calls.model.refusals import LineNotFound
from chalicelib.calls.model.settings import Line, Telephony
from chalicelib.calls.repository.rows import CallRow
from chalicelib.kit import dynamo
from chalicelib.kit.dynamo import Read, Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import announcing
from chalicelib.kit.pages import page
from chalicelib.kit.values import Page, Paging

SETTINGS = 'settings'
ONLY_VERSION = 1


def reading_settings(organisation: str) -> Read[Telephony]:
    """A look at what is agreed on with the exchange."""
    return Read(CallRow, (f'{organisation}#telephony', SETTINGS), _settings_of)


def reading_line(organisation: str, extension: str) -> Read[Line]:
    """A look at who sits at the internal number; `missing` is LineNotFound."""
    return Read(CallRow, (_lines(organisation), extension), _line_of, LineNotFound)


def settings_of(organisation: str) -> Telephony:
    """The settings, those of an organisation without telephony where none were made."""
    return dynamo.find(reading_settings(organisation)) or Telephony(organisation=organisation)


def settling(before: Telephony, after: Telephony, event: TelephonyChanged) -> list[Write]:
    """The settings will be as given in the next version, if nobody changed them since."""
    pk, version = f'{after.organisation}#telephony', before.version + 1
    saved = after.model_copy(update={'version': version})
    row = CallRow(pk=pk, sk=SETTINGS, version=version, body=saved.model_dump_json())
    kept = dynamo.replacing(row, before.version) if before.version else dynamo.creating(row)
    return [kept, *announcing(CallRow, f'{pk}#events', version, event)]


def list_lines(organisation: str, paging: Paging) -> Page[Line]:
    """One page of the internal numbers in their order."""
    return page(
        CallRow,
        _line_of,
        _lines(organisation),
        paging=paging,
        binding=(organisation, 'lines'),
        forward=True,
    )


def seating(line: Line, event: LineSeated) -> list[Write]:
    """The employee will sit at the internal number, whoever sat there before."""
    row = CallRow(pk=_lines(line.organisation), sk=line.extension, body=line.model_dump_json())
    return [dynamo.putting(row), *_announcing(line, event)]


def freeing(line: Line, event: LineFreed) -> list[Write]:
    """Nobody will sit at the internal number. Raises LineNotFound."""
    row = CallRow(pk=_lines(line.organisation), sk=line.extension)
    return [dynamo.removing(row, CallRow.pk.exists(), LineNotFound), *_announcing(line, event)]


def _announcing(line: Line, event: LineSeated | LineFreed) -> list[Write]:
    # A line has no version: each of its changes is told by itself.
    pk = f'{_lines(line.organisation)}#{line.extension}#{new_id()}'
    return announcing(CallRow, pk, ONLY_VERSION, event)


def _lines(organisation: str) -> str:
    return f'{organisation}#lines'


def _settings_of(row: Any) -> Telephony:
    return Telephony.model_validate_json(row.body or '')


def _line_of(row: Any) -> Line:
    return Line.model_validate_json(row.body or '')
