"""How names are folded so that lists sort and searches find: case and ё do not matter."""

from chalicelib.kit import words as of_text
from chalicelib.kit.words import folded

WORDS_LIMIT = 6
"""Words of a name that can be searched for; each costs a row."""


def words(text: str) -> tuple[str, ...]:
    """The different words of the text, folded, at most WORDS_LIMIT."""
    return of_text.words(text)[:WORDS_LIMIT]


def label(name: str, identity: str) -> str:
    """What lists sort by: the folded name, and the identity where names are the same."""
    return f'{folded(name)[:200]}#{identity}'


def leading(wanted: tuple[str, ...]) -> str:
    """The word of a search that narrows most."""
    return max(wanted, key=len)


def answers(name: str, wanted: tuple[str, ...], found_by: str) -> bool:
    """Whether each wanted beginning begins a word of the name, and `found_by` is the row to tell it by.

    A name stands in the index once for each of its words; it is told once, by the first that fits.
    """
    known = words(name)
    if not all(any(word.startswith(beginning) for word in known) for beginning in wanted):
        return False
    return found_by == min(word for word in known if word.startswith(leading(wanted)))
