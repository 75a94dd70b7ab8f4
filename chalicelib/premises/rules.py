"""Pure decisions: what words a place is found by, and how numbers of premises compare."""

import re

from chalicelib.kit.words import LONGEST_ORDER, MOST_WORDS, spelled, words


def order(text: str) -> str:
    """The text as lists are sorted by: folded, and with numbers padded so that 2 comes before 10."""
    return re.sub(r'\d+', lambda number: number[0].zfill(8), spelled(text))[:LONGEST_ORDER]


def number_key(number: str) -> str:
    """The number of premises as it is compared: «12 а» and «12А» are one."""
    return ''.join(words(number)) or number.casefold()


def indexed(*texts: str | None) -> tuple[str, ...]:
    """The words a place is found by, sorted; what comes after the first MOST_WORDS is not found."""
    return tuple(sorted(words(' '.join(text for text in texts if text))[:MOST_WORDS]))
