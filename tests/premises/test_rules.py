"""By what words a place is found, and how numbers compare."""

import pytest

from chalicelib.kit.words import MOST_WORDS
from chalicelib.premises import rules


def test_two_comes_before_ten_in_a_list():
    assert sorted(['кв 10', 'кв 2', 'кв 1а', 'кв 1'], key=rules.order) == ['кв 1', 'кв 1а', 'кв 2', 'кв 10']


@pytest.mark.parametrize('one, other', [('12 а', '12А'), ('№12', '12'), ('1-2', '12')])
def test_numbers_that_people_take_for_one_are_one(one, other):
    assert rules.number_key(one) == rules.number_key(other)


def test_no_text_makes_more_words_than_a_transaction_holds():
    assert len(rules.indexed(' '.join(f'слово{n}' for n in range(99)))) == MOST_WORDS
