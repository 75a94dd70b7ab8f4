"""The only room that knows the rows of the register, their keys and indexes."""

from chalicelib.registers.repository.entries import entering, entries
from chalicelib.registers.repository.lists import Wanted, first, list_entries, walk
from chalicelib.registers.repository.reconciliations import (
    differences,
    going_on,
    keep,
    list_differences,
    list_reconciliations,
    of_day,
    reading,
    returned,
    returned_on,
    seen_by,
    starting,
    unattended,
)
from chalicelib.registers.repository.rows import RegisterRow
from chalicelib.registers.repository.shops import due_by, keeping_shop, name_of, reading_shop

__all__ = [
    'RegisterRow', 'Wanted', 'differences', 'due_by', 'entering', 'entries', 'first', 'going_on', 'keep',
    'keeping_shop', 'list_differences', 'list_entries', 'list_reconciliations', 'name_of', 'of_day',
    'reading', 'reading_shop', 'returned', 'returned_on', 'seen_by', 'starting', 'unattended', 'walk',
]  # fmt: skip
