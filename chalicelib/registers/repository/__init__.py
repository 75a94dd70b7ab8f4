"""The only room that knows the rows of the register, their keys and indexes."""

from chalicelib.registers.repository.entries import entering, entries
from chalicelib.registers.repository.lists import Wanted, first, list_entries, walk
from chalicelib.registers.repository.rows import RegisterRow

__all__ = ['RegisterRow', 'Wanted', 'entering', 'entries', 'first', 'list_entries', 'walk']
