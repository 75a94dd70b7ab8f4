"""Parts of a workbook around its rows: how a sheet begins and ends, styles, and the lists of what is there.

ECMA-376 names them all; only what Excel needs to open the workbook as we mean it is written.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from chalicelib.kit.xlsx_cells import Style, letters

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
_LINKS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
_PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
_TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

_LONGEST_NAME = 31
_FORBIDDEN_IN_NAMES = re.compile(r'[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]')

_INSTANT, _DAY = 164, 165
"""Numbers of formats of our own; those below 164 are Excel's."""

_FORMATS = {
    Style.PLAIN: 'numFmtId="0"',
    Style.HEADER: 'numFmtId="0" fontId="1" applyFont="1"',
    Style.QUOTED: 'numFmtId="0"',
    Style.WRAPPED: 'numFmtId="0"',
    Style.INTEGER: 'numFmtId="1" applyNumberFormat="1"',
    Style.INSTANT: f'numFmtId="{_INSTANT}" applyNumberFormat="1"',
    Style.DAY: f'numFmtId="{_DAY}" applyNumberFormat="1"',
    Style.DURATION: 'numFmtId="46" applyNumberFormat="1"',
    Style.MONEY: 'numFmtId="4" applyNumberFormat="1"',
}
_TEXTS = {Style.HEADER, Style.QUOTED, Style.WRAPPED}
_WRAPPING = {Style.HEADER, Style.WRAPPED}


class Written(NamedTuple):
    """A sheet that is complete."""

    name: str
    cells: str  # all of them, header too, as `A1:T100`


def sheet_name(wanted: str, number: int) -> str:
    """The name of the sheet of this number, as Excel takes it: `wanted`, `wanted 2`, `wanted 3`."""
    ending = f' {number}' if number > 1 else ''
    allowed = _FORBIDDEN_IN_NAMES.sub(' ', wanted).encode('utf-16-le')[: (_LONGEST_NAME - len(ending)) * 2]
    return (allowed.decode('utf-16-le', 'ignore').strip("' ") or 'Sheet') + ending


def sheet_beginning(number: int, widths: Iterable[float]) -> str:
    """A sheet up to its first row: the header frozen, columns as wide as they should be.

    Only the first is selected: a person who types into one of several selected sheets types into all.
    """
    selected = ' tabSelected="1"' if number == 1 else ''
    columns = ''.join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(widths, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData>'
    )


def sheet_end(cells: str) -> str:
    """A sheet after its last row: its header filters all of `cells`."""
    return f'</sheetData><autoFilter ref="{cells}"/></worksheet>'


def cells(columns: int, last_row: int) -> str:
    """All cells of a sheet, as `A1:T100`."""
    return f'A1:{letters(columns)}{last_row}'


def styles() -> str:
    """What each Style looks like."""
    looks = ''.join(_look(style) for style in sorted(Style))
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
        f'<numFmt numFmtId="{_INSTANT}" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/>'
        f'<numFmt numFmtId="{_DAY}" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(Style)}">{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _look(style: Style) -> str:
    quoted = ' quotePrefix="1"' if style in _TEXTS else ''
    font = '' if 'fontId' in _FORMATS[style] else ' fontId="0"'
    begun = f'<xf {_FORMATS[style]}{font} fillId="0" borderId="0" xfId="0"{quoted}'
    if style in _WRAPPING:
        return f'{begun} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    return f'{begun}/>'


def root_links() -> str:
    """Where the workbook lies in its package."""
    return _links([('rId1', 'officeDocument', 'xl/workbook.xml')])


def workbook(sheets: Sequence[Written]) -> str:
    """The list of the sheets, and what each of them filters."""
    listed = ''.join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    filtered = ''.join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{place}" hidden="1">'
        f'{escape(_reference(sheet))}</definedName>'
        for place, sheet in enumerate(sheets)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><bookViews><workbookView/></bookViews>'
        f'<sheets>{listed}</sheets><definedNames>{filtered}</definedNames></workbook>'
    )


def _reference(sheet: Written) -> str:
    name = sheet.name.replace("'", "''")
    return f"'{name}'!" + re.sub(r'([A-Z]+)(\d+)', r'$\1$\2', sheet.cells)


def workbook_links(sheets: int) -> str:
    """Where the sheets and the styles lie."""
    numbered = range(1, sheets + 1)
    return _links(
        [(f'rId{number}', 'worksheet', f'worksheets/sheet{number}.xml') for number in numbered]
        + [(f'rId{sheets + 1}', 'styles', 'styles.xml')]
    )


def _links(links: Iterable[tuple[str, str, str]]) -> str:
    listed = ''.join(
        f'<Relationship Id="{id}" Type="{_LINKS}/{kind}" Target="{target}"/>' for id, kind, target in links
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def content_types(sheets: int) -> str:
    """What each part of the package is."""
    parts = [('/xl/workbook.xml', 'sheet.main'), ('/xl/styles.xml', 'styles')]
    parts += [(f'/xl/worksheets/sheet{number}.xml', 'worksheet') for number in range(1, sheets + 1)]
    listed = ''.join(
        f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in parts
    )
    links = 'application/vnd.openxmlformats-package.relationships+xml'
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{links}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )
