"""How the words of names are compared: beginnings, without case and punctuation, «ё» as «е» (REQ-058)."""

import re
import unicodedata

LONGEST_WORD = 40
LONGEST_ORDER = 200
"""Characters of a sort key: an index takes 1,024 bytes of it."""
MOST_WORDS = 16
MOST_WORDS_ASKED = 6

_WORD = re.compile(r'[^\W_]+')
_BEFORE_A_NUMBER = frozenset({'д', 'дом', 'кв', 'квартира'})
"""What people write before the number of a house or a flat, while an address may hold the number alone."""


def folded(text: str) -> str:
    """The text as compared: one way of writing each letter, no case, «ё» as «е»."""
    # «№» would become the letters «No», and a flat would be found by them.
    return unicodedata.normalize('NFKC', text.replace('№', ' ')).casefold().replace('ё', 'е')


def words(text: str) -> tuple[str, ...]:
    """The distinct words of the text as compared, in their order."""
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(folded(text))))


def spelled(text: str) -> str:
    """The words of the text one after another, as a beginning is sought among names kept so."""
    return ' '.join(words(text))


def order(text: str) -> str:
    """The text as lists are sorted by."""
    return spelled(text)[:LONGEST_ORDER]


def sought(text: str) -> tuple[str, ...]:
    """The words somebody looks for, in their order: of «ул. Мира, д. 5, кв. 12» all but «д» and «кв»."""
    said = _WORD.findall(folded(text))
    named = (
        word
        for word, next_one in zip(said, [*said[1:], ''], strict=False)
        if not (word in _BEFORE_A_NUMBER and next_one[:1].isdigit())
    )
    return words(' '.join(named))[:MOST_WORDS_ASKED]


def asked(text: str) -> tuple[str, ...]:
    """The words asked for, the longest first: the first one chooses the rows, the others filter them."""
    return tuple(sorted(sought(text), key=len, reverse=True))


def has_word(text: str, beginning: str) -> bool:
    """Whether a word of the text begins so."""
    return any(word.startswith(beginning) for word in words(text))


def tag_key(tag: str) -> str:
    """A tag as it is compared (CLI-014)."""
    return spelled(tag) or tag.casefold()
