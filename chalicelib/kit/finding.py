"""Word rows: how a thing is found by the beginnings of its words, with one Query and without a scan.

Each word of a thing is a row on its *shelf*, a partition for each first letter, so that no partition holds
the words of a whole organisation:

    <shelf>#<letter>    <word>#<id>
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.kit import dynamo, pages
from chalicelib.kit.dynamo import Row, Write
from chalicelib.kit.values import Page, Paging


class FoundRow(Row):
    """A row of a house whose things are found by words: all of them, and the one before in their order."""

    words = UnicodeAttribute(null=True)
    previous = UnicodeAttribute(null=True)


F = TypeVar('F', bound=FoundRow)

SEARCHED_AT_ONCE, MOST_SEARCHED = 500, 1000
"""Word rows one Query of `candidates` looks at, and all of them together."""


def word_rows(row: type[F], shelf: str, id: str, words: Sequence[str], **marks: Any) -> dict[str, F]:
    """The rows a thing is found by, each with the marks that a search filters by; `words` are sorted."""
    joined = ' ' + ' '.join(words)
    return {
        word: row(
            pk=_letter(shelf, word), sk=f'{word}#{id}', words=joined, previous=previous or None, **marks
        )
        for previous, word in zip(('', *words), words, strict=False)
    }


def finding(now: dict[str, F], was: dict[str, F]) -> list[Write]:
    """The thing will be found by the rows of `now`, and no longer by what else stood in `was`."""
    gone = [dynamo.removing(row) for word, row in was.items() if word not in now]
    come = [
        dynamo.putting(row)
        for word, row in now.items()
        if word not in was or row.attribute_values != was[word].attribute_values
    ]
    return gone + come


class Candidate(NamedTuple):
    """A thing that was found, and its place in the order of the words."""

    place: str
    id: str


class Candidates(NamedTuple):
    """Things that were found, and after which place the search goes on, None where it is at its end."""

    found: list[Candidate]
    after: str | None


def candidates(
    row: type[F], shelf: str, words: Sequence[str], *, after: str | None, most: int
) -> Candidates:
    """Up to `most` things with a word beginning with each of `words`, from a place on, each once.

    One Query on the rows of the first word, two where the others leave little; at most MOST_SEARCHED rows.
    """
    shelf_of_first, searched = _letter(shelf, words[0]), 0
    at_once = most + 1 if len(words) == 1 else SEARCHED_AT_ONCE
    start: dict[str, Any] | None = {'pk': {'S': shelf_of_first}, 'sk': {'S': after}} if after else None
    seen: list[Candidate] = []
    while True:
        answer = row._get_connection().query(
            shelf_of_first,
            range_key_condition=row.sk.startswith(words[0]),
            filter_condition=_fits(row, words),
            exclusive_start_key=start,
            limit=at_once,
        )
        places = [str(item['sk']['S']) for item in answer['Items']]
        seen += [Candidate(place, place.partition('#')[2]) for place in places]
        searched += at_once
        start = answer.get('LastEvaluatedKey')
        if len(seen) > most:
            return Candidates(seen[:most], seen[most - 1].place)
        if start is None or searched >= MOST_SEARCHED or len(seen) == most:
            return Candidates(seen, start and start['sk']['S'])


def _fits(row: type[F], words: Sequence[str]) -> Condition:
    first, *others = words
    fits: Condition = ~row.previous.startswith(first)
    for word in others:
        fits &= row.words.contains(f' {word}')
    return fits


def found(
    row: type[F],
    shelf: str,
    words: Sequence[str],
    *,
    paging: Paging,
    binding: Sequence[str],
    filters: Condition | None,
) -> Page[str]:
    """The ids of what has a word beginning with each of `words`, each once though several may begin so.

    One Query on the rows of the first word, at most four pages of a hundred.
    """
    if not words:
        return Page(items=[])
    fits = _fits(row, words)
    return pages.page(
        row,
        lambda one: str(one.sk).partition('#')[2],
        _letter(shelf, words[0]),
        paging=paging,
        binding=(*binding, *words),
        condition=row.sk.startswith(words[0]),
        filters=fits if filters is None else fits & filters,
        forward=True,
    )


def _letter(shelf: str, word: str) -> str:
    return f'{shelf}#{word[0]}'
