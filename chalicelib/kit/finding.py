"""Word rows: how a thing is found by the beginnings of its words, with one Query and without a scan.

Each word of a thing is a row on its *shelf*, a partition for each first letter, so that no partition holds
the words of a whole organisation:

    <shelf>#<letter>    <word>#<id>
"""

from collections.abc import Sequence
from typing import Any, TypeVar

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
    first, *others = words
    fits = ~row.previous.startswith(first)
    for word in others:
        fits &= row.words.contains(f' {word}')
    return pages.page(
        row,
        lambda one: str(one.sk).partition('#')[2],
        _letter(shelf, first),
        paging=paging,
        binding=(*binding, *words),
        condition=row.sk.startswith(first),
        filters=fits if filters is None else fits & filters,
        forward=True,
    )


def _letter(shelf: str, word: str) -> str:
    return f'{shelf}#{word[0]}'
