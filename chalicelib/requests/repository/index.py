"""The index of requests: a row in every list a request stands in, and one for every word it is found by.

    pk                        sk                       what
    <org>#list#<name>         <rank>                   the request in the list; `<name>#attached` for those
                                                       attached to an incident
    <org>#words#<letter>      <word>#<newest first>    the request under one of its words
    <org>#request#<number>    standing                 what stands in the index of the request, and so what
                                                       must go when it changes
    <org>#sizes               <name>                   how many requests stand in the list

All of it follows from the requests and can be made anew (`service.indexing`), so it has a table of its own:
no stream carries its writes, and a change of a request does not wait for them. The rows of a change, the
standing row and the sizes are one transaction, so whatever is delivered twice, late or never is one state.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.kit import clock, dynamo, settings
from chalicelib.kit.dynamo import Read, TableMeta, Write
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.finding import FoundRow, word_rows
from chalicelib.requests.rules.listing import Rank, Standing

MOST_WRITES = 100
"""Actions of one transaction."""

DIGITS = 10
_ALL_NINES = int('9' * DIGITS)

Key = tuple[str, str]


class IndexRow(FoundRow):
    """A row of the index; which attributes it has depends on its keys."""

    class Meta(TableMeta):
        table_name = settings.table('requests-index')

    facets = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    done_at = UnicodeAttribute(null=True)
    tally = NumberAttribute(null=True)
    moves = NumberAttribute(null=True)


class Kept(NamedTuple):
    """What stands in the index of a request, and how often that has been written."""

    standing: Standing
    revision: int


def rank_text(rank: Rank) -> str:
    """The rank as a sort key: texts compare as ranks do."""
    return f'{int(rank.is_pinned)}#{clock.text(rank.at)}#{rank.number:0{DIGITS}d}'


def number_at(rank: str) -> int:
    """The number of the request of that sort key."""
    return int(rank.rpartition('#')[2])


def list_pk(organisation: str, name: str, is_attached: bool) -> str:
    """The partition of a list."""
    return f'{organisation}#list#{_named(name, is_attached)}'


def words_shelf(organisation: str) -> str:
    """The shelf of the words of an organisation's requests."""
    return f'{organisation}#words'


def word_id(number: int) -> str:
    """The number as word rows end: the newest request comes first among those of the same word."""
    return f'{_ALL_NINES - number:0{DIGITS}d}'


def number_of_word(id_: str) -> int:
    """The number that `word_id` wrote."""
    return _ALL_NINES - int(id_)


def reading_kept(organisation: str, number: int) -> Read[Kept]:
    """What stands in the index of the request."""
    return Read(IndexRow, (f'{organisation}#request#{number}', 'standing'), _kept_of)


def sizes(organisation: str, names: Sequence[str], is_attached: bool) -> dict[str, int]:
    """How many requests stand in each of the lists, in one round trip for a hundred."""
    known: dict[str, int] = {}
    for start in range(0, len(names), dynamo.BATCH_READ_LIMIT):
        some = names[start : start + dynamo.BATCH_READ_LIMIT]
        keys = [(f'{organisation}#sizes', _named(name, is_attached)) for name in some]
        found = dynamo.fetch(*(Read(IndexRow, key, _tally) for key in keys))
        known |= {name: size or 0 for name, size in zip(some, found, strict=True)}
    return known


def settle(organisation: str, was: Kept | None, now: Standing) -> None:
    """The index shows the request as it stands now.

    Raises ChangedMeanwhile where another hand was faster. A change too large for one transaction goes by way
    of what still is a true state of the index: the new words first, then none of the lists.
    """
    revision = was.revision if was else 0
    before = was.standing if was else None
    for after in _steps(organisation, before, now):
        dynamo.commit(*_writes(organisation, before, after, revision))
        before, revision = after, revision + 1


def rows_of(organisation: str, standing: Standing) -> dict[Key, IndexRow]:
    """Every list and word row of a request that stands so, by its key."""
    facets = f' {" ".join(standing.facets)} '
    rank = rank_text(standing.rank)
    listed = [
        IndexRow(
            pk=list_pk(organisation, name, standing.is_attached),
            sk=rank,
            facets=facets,
            created_at=clock.text(standing.created_at),
            done_at=clock.text(standing.done_at) if standing.done_at else None,
        )
        for name in standing.facets
    ]
    shelf = words_shelf(organisation)
    found = word_rows(IndexRow, shelf, word_id(standing.number), standing.words)
    return {(row.pk, row.sk): row for row in (*listed, *found.values())}


def sizes_of(standing: Standing | None) -> Counter[str]:
    """What the request adds to the sizes of lists."""
    if standing is None:
        return Counter()
    return Counter(_named(name, standing.is_attached) for name in standing.facets)


def rewrite(organisation: str, kept: Kept) -> None:
    """Every row that is to stand in the index of the request does; raises ChangedMeanwhile if it changed.

    For repair: where a row was lost and the standing row was not, comparing them finds nothing to do.
    """
    key = reading_kept(organisation, kept.standing.number).key
    still = dynamo.checking(IndexRow, key, IndexRow.version == kept.revision, ChangedMeanwhile)
    rows = [dynamo.putting(row) for row in rows_of(organisation, kept.standing).values()]
    for start in range(0, len(rows), MOST_WRITES - 1):
        dynamo.commit(still, *rows[start : start + MOST_WRITES - 1])


def _steps(organisation: str, before: Standing | None, now: Standing) -> list[Standing]:
    if before is None or len(_writes(organisation, before, now, 0)) <= MOST_WRITES:
        return [now]
    reworded = before.model_copy(update={'words': now.words})
    if len(_writes(organisation, reworded, now, 0)) <= MOST_WRITES:
        return [reworded, now]
    return [reworded, reworded.model_copy(update={'facets': ()}), now]


def _writes(organisation: str, before: Standing | None, after: Standing, revision: int) -> list[Write]:
    were = rows_of(organisation, before) if before else {}
    are = rows_of(organisation, after)
    writes = [dynamo.removing(row) for key, row in were.items() if key not in are]
    writes += [
        dynamo.putting(row)
        for key, row in are.items()
        if key not in were or row.attribute_values != were[key].attribute_values
    ]
    difference = sizes_of(after)
    difference.subtract(sizes_of(before))
    writes += [
        dynamo.updating(
            IndexRow(pk=f'{organisation}#sizes', sk=name),
            [IndexRow.tally.add(change), IndexRow.moves.add(1)],
        )
        for name, change in sorted(difference.items())
        if change
    ]
    return [*writes, _keeping(organisation, after, revision)]


def _keeping(organisation: str, standing: Standing, revision: int) -> Write:
    pk, sk = reading_kept(organisation, standing.number).key
    row = IndexRow(pk=pk, sk=sk, version=revision + 1, body=standing.model_dump_json())
    if not revision:
        return dynamo.creating(row)
    return dynamo.putting(row, IndexRow.version == revision)


def _kept_of(row: IndexRow) -> Kept:
    return Kept(Standing.model_validate_json(row.body or ''), int(row.version or 0))


def _tally(row: IndexRow) -> int:
    return int(row.tally or 0)


def _named(name: str, is_attached: bool) -> str:
    return f'{name}#attached' if is_attached else name
