"""An import of a price list: a workbook that is read, checked row by row, and taken whole or not at all."""

from enum import StrEnum

from pydantic import Field

from chalicelib.files.model import Attached
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Id, Instant, Stored, Value


class ImportStatus(StrEnum):
    """Where an import stands."""

    WAITING = 'waiting'  # nobody has read the workbook to its end
    APPLYING = 'applying'  # every row is right, the list becomes as the workbook says
    APPLIED = 'applied'  # the list is as the workbook says
    CHECKED = 'checked'  # every row is right, and nothing more was asked for
    REFUSED = 'refused'  # rows are wrong, nothing was changed
    FAILED = 'failed'  # the workbook could not be read, by a fault of ours; nothing was changed

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self not in (ImportStatus.WAITING, ImportStatus.APPLYING)


class ProblemCode(StrEnum):
    """What is wrong with a workbook, a row or a cell; the sentences are `price-problem-<code>`."""

    NOT_WORKBOOK = 'not_workbook'
    TOO_LARGE = 'too_large'  # unpacked
    NO_ROWS = 'no_rows'
    TOO_MANY_ROWS = 'too_many_rows'
    COLUMN_UNKNOWN = 'column_unknown'
    COLUMN_TWICE = 'column_twice'
    COLUMN_MISSING = 'column_missing'
    FORMULA = 'formula'
    MISSING = 'missing'
    NOT_TEXT = 'not_text'
    TOO_LONG = 'too_long'
    CODE_UNKNOWN = 'code_unknown'
    CODE_TWICE = 'code_twice'
    NAME_TWICE = 'name_twice'
    NAME_TAKEN = 'name_taken'
    UNIT_UNKNOWN = 'unit_unknown'
    VAT_UNKNOWN = 'vat_unknown'
    TARIFF_INVALID = 'tariff_invalid'
    TARIFF_NEGATIVE = 'tariff_negative'
    TARIFF_TOO_FINE = 'tariff_too_fine'
    TARIFF_TOO_LARGE = 'tariff_too_large'


class Problem(Stored):
    """One thing that is wrong: `row` and `column` as Excel names them, none where the whole is meant."""

    code: ProblemCode
    row: int | None = None
    column: str | None = None


class PriceImport(Stored):
    """An import; `attempts` counts how often it was begun, `worked_at` is when it was last in any hand."""

    id: Id
    organisation: str
    legal_entity_id: Id
    author: Actor
    file: Attached
    is_check: bool
    status: ImportStatus = ImportStatus.WAITING
    version: int = 1
    attempts: int = 1
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0
    created_at: Instant
    worked_at: Instant
    finished_at: Instant | None = None


class NewPriceImport(Value):
    """A workbook that was sent as an `import`."""

    file_id: Id = Field(description='The upload: sent by the caller, found clean, not used yet.')


class ImportQuery(Value):
    """How the workbook is taken."""

    check: bool = Field(False, description='Whether it is checked only, and nothing is changed.')


class ProblemCard(Stored):
    """One thing that is wrong with the workbook."""

    code: ProblemCode
    row: int | None = Field(description='The row as Excel counts it; null where none is meant.')
    column: str | None = Field(description='The letters of the column as Excel names it.')
    message: str


class PriceImportCard(Stored):
    """An import as staff see it."""

    id: Id
    version: int
    legal_entity_id: Id
    status: ImportStatus
    is_check: bool
    added: int = Field(description='Prices that are new.')
    changed: int = Field(description='Prices of the list that are different from what they were.')
    unchanged: int
    problems: list[ProblemCard] = Field(description='The first two hundred, by rows.')
    problem_count: int = Field(description='How many there are.')
    created_at: Instant
    finished_at: Instant | None
