"""Pure decisions: what words a place is found by, and how numbers of premises compare."""

import re

LONGEST_WORD = 40
LONGEST_ORDER = 200
"""Characters of a sort key: an index takes 1,024 bytes of it."""
MOST_WORDS = 16
MOST_WORDS_ASKED = 6

_WORD = re.compile(r'[^\W_]+')


def words(text: str) -> tuple[str, ...]:
    """The distinct words of `text` as compared: case folded, «ё» as «е», no punctuation (REQ-058)."""
    folded = text.casefold().replace('ё', 'е')
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded)))


def order(text: str) -> str:
    """The text as lists are sorted by: folded, and with numbers padded so that 2 comes before 10."""
    return re.sub(r'\d+', lambda number: number[0].zfill(8), ' '.join(words(text)))[:LONGEST_ORDER]


def number_key(number: str) -> str:
    """The number of premises as it is compared: «12 а» and «12А» are one."""
    return ''.join(words(number)) or number.casefold()


def indexed(*texts: str | None) -> tuple[str, ...]:
    """The words a place is found by, sorted; what comes after the first MOST_WORDS is not found."""
    return tuple(sorted(words(' '.join(text for text in texts if text))[:MOST_WORDS]))


def asked(text: str) -> tuple[str, ...]:
    """The words asked for, the longest first: the first one chooses the rows, the others filter them."""
    return tuple(sorted(words(text)[:MOST_WORDS_ASKED], key=len, reverse=True))


def has_word(text: str, beginning: str) -> bool:
    """Whether a word of the text begins so."""
    return any(word.startswith(beginning) for word in words(text))


def tag_key(tag: str) -> str:
    """A tag as it is compared (CLI-014)."""
    return ' '.join(words(tag)) or tag.casefold()
