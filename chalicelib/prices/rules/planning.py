"""What becomes of a list by a workbook: which prices are new, which are different, which stay.

A row with a code is the price of that code; a row without one is the price of its name, or a new one. What
the workbook does not name stays as it is: an import never takes a price out of the list.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chalicelib.kit.words import LONGEST_ORDER, folded
from chalicelib.prices.model import Price, Problem, ProblemCode
from chalicelib.prices.rules.columns import Heading
from chalicelib.prices.rules.sheet import Line

P = ProblemCode


@dataclass(frozen=True, slots=True)
class Change:
    """A row that makes a difference: to the price `before`, or as a new one."""

    before: Price | None
    line: Line


@dataclass(frozen=True, slots=True)
class Plan:
    """What the list becomes, if there are no problems."""

    changes: tuple[Change, ...]
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def added(self) -> int:
        """How many prices are new."""
        return sum(change.before is None for change in self.changes)


def name_key(name: str) -> str:
    """A name as names of prices are compared: without case, punctuation and spaces that say nothing.

    Every word and sign counts in its place: «1 1/2» is another size than «1/2», and «> 50» than «< 50».
    """
    said = (' ' if unicodedata.category(one)[0] in 'PZC' else one for one in folded(name))
    return ' '.join(''.join(said).split())[:LONGEST_ORDER] or name.casefold()


def planned(lines: Sequence[Line], listed: Iterable[Price]) -> Plan:
    """What the list of active prices becomes by the rows.

    Made again from a list that has become so in part, the rest of the same plan.
    """
    by_id = {price.id: price for price in listed}
    by_name = {name_key(price.name): price for price in by_id.values()}
    changes, problems, unchanged = [], [], 0
    named: set[str] = set()
    taken: set[str] = set()
    for line in lines:
        before = by_id.get(line.code) if line.code else by_name.get(name_key(line.name))
        problem = _wrong(line, before, by_name, named, taken)
        named.add(name_key(line.name))
        if before is not None:
            taken.add(before.id)
        if problem is not None:
            problems.append(problem)
        elif before is not None and _as_it_is(before, line):
            unchanged += 1
        else:
            changes.append(Change(before, line))
    return Plan(tuple(changes), unchanged, tuple(problems))


def _wrong(
    line: Line, before: Price | None, by_name: dict[str, Price], named: set[str], taken: set[str]
) -> Problem | None:
    if line.code and before is None:
        return _problem(P.CODE_UNKNOWN, line, Heading.CODE)
    if name_key(line.name) in named:
        return _problem(P.NAME_TWICE, line, Heading.NAME)
    if before is not None and before.id in taken:
        return _problem(P.CODE_TWICE, line, Heading.CODE if line.code else Heading.NAME)
    owner = by_name.get(name_key(line.name))
    if owner is not None and owner is not before:
        # Also where that price gets another name by the same workbook: names are not changed round.
        return _problem(P.NAME_TAKEN, line, Heading.NAME)
    return None


def _problem(code: ProblemCode, line: Line, heading: Heading) -> Problem:
    return Problem(code=code, row=line.row, column=line.columns.get(heading))


def _as_it_is(price: Price, line: Line) -> bool:
    return (price.name, price.unit, price.tariff, price.vat) == (line.name, line.unit, line.tariff, line.vat)
