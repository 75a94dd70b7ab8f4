"""How words of names are compared, whichever house keeps them."""

import pytest

from chalicelib.kit import words


def test_words_are_compared_without_case_dots_and_the_letter_yo():
    assert words.words('  Ёлочная ул., д. 5/2 «Ёлочная» ') == ('елочная', 'ул', 'д', '5', '2')
    assert words.words('  Приём: показаний «ХВС-2» ') == ('прием', 'показаний', 'хвс', '2')


@pytest.mark.parametrize(
    'one, other', [('кв. №12', 'кв 12'), ('Е\u0308ж', 'ЁЖ'), ('м²', 'м2'), ('Ⅱ этаж', 'II ЭТАЖ')]
)
def test_a_word_is_the_same_however_its_letters_are_written(one, other):
    assert words.words(one) == words.words(other)


def test_what_is_asked_first_is_the_longest_word():
    assert words.asked('5 лесная дом') == ('лесная', 'дом', '5')


@pytest.mark.parametrize(
    'text, sought',
    [
        ('ул. Мира, д. 5/2, кв. №12', ('ул', 'мира', '5', '2', '12')),
        ('дом 5а квартира 12', ('5а', '12')),
        ('д', ('д',)),
        ('домофон кв', ('домофон', 'кв')),
    ],
)
def test_what_people_write_before_a_number_need_not_stand_in_an_address(text, sought):
    assert words.sought(text) == sought


def test_no_text_makes_a_word_or_an_order_that_a_key_cannot_hold():
    assert words.words('я' * 500) == ('я' * words.LONGEST_WORD,)
    assert len(words.order(' '.join(f'слово{n}' for n in range(99)))) == words.LONGEST_ORDER
    assert len(words.asked(' '.join(f'слово{n}' for n in range(99)))) == words.MOST_WORDS_ASKED


def test_a_word_is_found_by_its_beginning_only():
    assert words.has_word('ул. Ёлочная', 'елоч')
    assert not words.has_word('ул. Ёлочная', 'лочная')


@pytest.mark.parametrize('one, other', [('Должник!', 'должник'), ('VIP  клиент', 'vip-клиент'), ('!!', '!!')])
def test_tags_that_people_take_for_one_are_one(one, other):
    assert words.tag_key(one) == words.tag_key(other)


def test_a_tag_without_words_is_still_a_tag():
    assert words.tag_key('!') == '!'
