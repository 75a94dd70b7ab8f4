"""The words below an attribute reach the description of the API."""

from chalicelib.kit.attribute_words import words_of
from chalicelib.kit.values import Value


class Plain(Value):
    first: int
    """What comes first."""
    second: int


class Richer(Plain):
    second: int
    """What comes second,
    on two lines."""


def test_each_attribute_has_the_words_below_it_inherited_or_own():
    assert words_of(Plain) == {'first': 'What comes first.'}
    assert words_of(Richer) == {'first': 'What comes first.', 'second': 'What comes second,\non two lines.'}


def test_a_class_made_at_run_time_has_only_what_it_inherits():
    made = type('Made', (Plain,), {'__annotations__': {}})
    assert words_of(made) == {'first': 'What comes first.'}
