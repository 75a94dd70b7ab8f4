"""The rows of the figures. Counters are of a generation, `<n>`, so that others can be made beside them.

    pk                            sk                         what
    <org>                         generations                which one is looked at, which is being counted
    <org>#<n>#request#<number>    ledger                     what the request has added to the generation
    <org>#<n>#<place>#<kind>      day#<day>#<value>          what happened on the day
    <org>#<n>#<place>#<kind>      month#<month>#<value>      the same of the month: a long period has few rows
    <org>#<n>#<place>#<kind>      now#<value>                how many there are in each status

A place is a building, or `*` for the whole organisation. A ledger and the counters that it speaks of change
in one transaction, so at any moment every counter is the sum of the ledgers.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pynamodb.attributes import NumberAttribute

from chalicelib.figures.model import EVERYWHERE, NOW, Cell, Generations, Kind, Ledger, Slot, Sums
from chalicelib.figures.rules.contributing import with_step
from chalicelib.figures.rules.periods import Grain, Segment
from chalicelib.kit import dynamo, settings
from chalicelib.kit.dynamo import Read, Row, TableMeta, Write

MOST_REMOVED = 100
"""Rows that one transaction removes."""

_LAST = '~'
"""Sorts after every character of an id."""

Line = tuple[Slot, Counter[str]]


class FigureRow(Row):
    """A counter, with a number for each measure of a day or month, or for each status of now."""

    class Meta(TableMeta):
        table_name = settings.table('figures')

    created = NumberAttribute(null=True)
    done = NumberAttribute(null=True)
    cancelled = NumberAttribute(null=True)
    reaction_kept = NumberAttribute(null=True)
    reaction_broken = NumberAttribute(null=True)
    execution_kept = NumberAttribute(null=True)
    execution_broken = NumberAttribute(null=True)
    reactions = NumberAttribute(null=True)
    reaction_ms = NumberAttribute(null=True)
    executions = NumberAttribute(null=True)
    execution_ms = NumberAttribute(null=True)
    ratings = NumberAttribute(null=True)
    points = NumberAttribute(null=True)
    waiting = NumberAttribute(null=True)
    in_progress = NumberAttribute(null=True)
    suspended = NumberAttribute(null=True)
    reopened = NumberAttribute(null=True)
    approval = NumberAttribute(null=True)
    clarification = NumberAttribute(null=True)
    quality_control = NumberAttribute(null=True)


# Which generations there are


def generations(organisation: str) -> Generations:
    """Which one is looked at, and which is being counted anew: one strongly consistent read."""
    return dynamo.find(reading_generations(organisation)) or Generations()


def reading_generations(organisation: str) -> Read[Generations]:
    """The same, to be fetched beside other rows; nothing is there before the first counting anew."""
    key = (organisation, 'generations')
    return Read(FigureRow, key, lambda row: Generations.model_validate_json(row.body or ''))


def keep_generations(organisation: str, was: Generations, **changes: int | None) -> Generations:
    """The generations are as changed; raises ChangedMeanwhile where another hand was faster."""
    now = was.model_copy(update={**changes, 'revision': was.revision + 1})
    row = FigureRow(pk=organisation, sk='generations', version=now.revision, body=now.model_dump_json())
    dynamo.commit(_following(row, was.revision))
    return now


# Counting


def reading_ledger(organisation: str, generation: int, number: int) -> Read[Ledger]:
    """What the request has added to the generation."""
    return Read(FigureRow, (_ledger_pk(organisation, generation, number), 'ledger'), _ledger_of)


def count(
    organisation: str, generation: int, number: int, ledger: Ledger, step: Sums, version: int
) -> Ledger:
    """The counters and the ledger are a step further, both or neither; returns the ledger.

    Raises ChangedMeanwhile where the ledger is no longer as it was read.
    """
    now = Ledger(version, ledger.revision + 1, with_step(ledger.sums, step))
    row = FigureRow(
        pk=_ledger_pk(organisation, generation, number),
        sk='ledger',
        version=now.revision,
        body=json.dumps({'version': version, 'sums': _nested(now.sums)}, separators=(',', ':')),
    )
    by_slot: dict[Slot, dict[str, int]] = defaultdict(dict)
    for cell, amount in step.items():
        by_slot[cell.slot][cell.measure] = amount
    added = [_adding(organisation, generation, slot, amounts) for slot, amounts in by_slot.items()]
    dynamo.commit(*added, _following(row, ledger.revision))
    return now


# Looking


def reading_now(organisation: str, generation: int, place: str) -> Read[Counter[str]]:
    """How many requests of the place are in each status."""
    key = _key(organisation, generation, Slot(place, Kind.TOTAL, place, NOW))
    return Read(FigureRow, key, lambda row: _numbers(row.serialize()))


def list_now(organisation: str, generation: int, place: str, kind: Kind) -> Iterator[Line]:
    """How many requests of each value are in each status: one query for each megabyte."""
    return _query(organisation, generation, place, kind, f'{NOW}#', f'{NOW}#{_LAST}')


def list_segment(
    organisation: str, generation: int, place: str, kind: Kind, segment: Segment
) -> Iterator[Line]:
    """What happened in each day or month of the segment, by value: one query for each megabyte."""
    first, last = f'{segment.grain}#{segment.first}#', f'{segment.grain}#{segment.last}#{_LAST}'
    return _query(organisation, generation, place, kind, first, last)


# The whole of a generation, for checking it and for taking it away


def counted(organisation: str, generation: int, places: Iterable[str]) -> Sums:
    """Every number of the generation, at the places and wherever else it knows of itself."""
    known = {*places, *_buildings(organisation, generation)}
    sums: Sums = Counter()
    for place, kind in _partitions(known):
        for slot, numbers in _query(organisation, generation, place, kind):
            sums.update({Cell(slot, name): number for name, number in numbers.items()})
    return sums


def wipe(organisation: str, generation: int, last_number: int) -> None:
    """The generation is gone, its list of buildings last: what is stopped is found again by the next."""
    for place, kind in _partitions(_buildings(organisation, generation)):
        keys = (
            _key(organisation, generation, slot)
            for slot, _ in _query(organisation, generation, place, kind)
        )
        _remove(keys)
    _remove((_ledger_pk(organisation, generation, number), 'ledger') for number in range(1, last_number + 1))


def _buildings(organisation: str, generation: int) -> set[str]:
    return {slot.value for slot, _ in list_now(organisation, generation, EVERYWHERE, Kind.BUILDING)}


def _partitions(buildings: Iterable[str]) -> Iterator[tuple[str, Kind]]:
    for place in sorted({*buildings} - {EVERYWHERE}):
        yield from ((place, kind) for kind in Kind if kind is not Kind.BUILDING)
    yield from ((EVERYWHERE, kind) for kind in sorted(Kind, key=lambda kind: kind is Kind.BUILDING))


def _remove(keys: Iterable[tuple[str, str]]) -> None:
    writes: list[Write] = []
    for pk, sk in keys:
        writes.append(dynamo.removing(FigureRow(pk=pk, sk=sk)))
        if len(writes) == MOST_REMOVED:
            dynamo.commit(*writes)
            writes = []
    dynamo.commit(*writes)


def _query(
    organisation: str, generation: int, place: str, kind: Kind, first: str = '', last: str = _LAST
) -> Iterator[Line]:
    # Not by entities: a long period has thousands of rows, and PynamoDB takes 0.1 ms for each.
    start = None
    while True:
        answer = FigureRow._get_connection().query(
            _pk(organisation, generation, place, kind),
            range_key_condition=FigureRow.sk.between(first or '!', last),
            exclusive_start_key=start,
        )
        for item in answer['Items']:
            yield _slot(place, kind, item['sk']['S']), _numbers(item)
        start = answer.get('LastEvaluatedKey')
        if start is None:
            return


# Keys and bodies


def _pk(organisation: str, generation: int, place: str, kind: Kind) -> str:
    return f'{organisation}#{generation}#{place}#{kind}'


def _ledger_pk(organisation: str, generation: int, number: int) -> str:
    return f'{organisation}#{generation}#request#{number}'


def _key(organisation: str, generation: int, slot: Slot) -> tuple[str, str]:
    grain = Grain.DAY if len(slot.period) > len('2026-11') else Grain.MONTH
    beginning = NOW if slot.period == NOW else f'{grain}#{slot.period}'
    return _pk(organisation, generation, slot.place, slot.kind), f'{beginning}#{slot.value}'


def _slot(place: str, kind: Kind, sk: str) -> Slot:
    *_, period, value = sk.split('#')
    return Slot(place, kind, value, period)


def _adding(organisation: str, generation: int, slot: Slot, amounts: dict[str, int]) -> Write:
    pk, sk = _key(organisation, generation, slot)
    row = FigureRow(pk=pk, sk=sk)
    return dynamo.updating(row, [getattr(FigureRow, name).add(amount) for name, amount in amounts.items()])


def _following(row: FigureRow, revision: int) -> Write:
    return dynamo.putting(row, FigureRow.version == revision) if revision else dynamo.creating(row)


def _numbers(item: dict[str, Any]) -> Counter[str]:
    return Counter({name: int(typed['N']) for name, typed in item.items() if 'N' in typed})


def _nested(sums: Sums) -> dict[str, dict[str, dict[str, int]]]:
    # What repeats is said once: the ledger of a long life takes three kilobytes and not ten.
    nested: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for (slot, measure), amount in sums.items():
        nested[f'{slot.place}#{slot.kind}#{slot.value}'][slot.period][measure] = amount
    return nested


def _ledger_of(row: FigureRow) -> Ledger:
    kept = json.loads(row.body or '')
    sums: Sums = Counter()
    for named, periods in kept['sums'].items():
        place, kind, value = named.split('#')
        for period, amounts in periods.items():
            slot = Slot(place, Kind(kind), value, period)
            sums.update({Cell(slot, measure): amount for measure, amount in amounts.items()})
    return Ledger(kept['version'], int(row.version or 0), sums)
