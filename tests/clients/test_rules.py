"""By what a client is found, what of him is hidden, and the check digits of his numbers."""

import pytest

from chalicelib.clients import rules
from chalicelib.clients.events import changes
from chalicelib.clients.model import Client, Passport
from chalicelib.clients.model.numbers import inn_fits, snils_fits
from chalicelib.kit.caller import Scope


def client(**changes):
    return Client(id='c1', organisation='demo', surname='Иванов', **changes)


@pytest.mark.parametrize('digits', ['7707083893', '7736050003', '500100732259'])
def test_an_inn_with_its_check_digits_fits(digits):
    assert inn_fits(digits)


@pytest.mark.parametrize(
    'digits', ['7707083894', '500100732258', '0000000000', '000000000000', '770708389', '']
)
def test_any_other_number_is_no_inn(digits):
    assert not inn_fits(digits)


@pytest.mark.parametrize('digits', ['11223344595', '08765430300', '00100199899'])
def test_a_snils_with_its_check_digits_fits(digits):
    assert snils_fits(digits)


@pytest.mark.parametrize('digits', ['12345678965', '11223344596', '00000000000', '1122334459', ''])
def test_any_other_number_is_no_snils(digits):
    assert not snils_fits(digits)


@pytest.mark.parametrize(
    'asked, word',
    [
        ('+7 (916) 123-45', '791612345'),
        ('8 916 123-45-67', '9161234567'),
        ('8916', '916'),
        ('916', '916'),
        ('812 123', '812123'),
    ],
)
def test_a_telephone_is_one_word_however_it_is_written(asked, word):
    assert rules.asked(asked) == (word,)


def test_a_client_is_found_by_all_names_and_by_his_phone_with_and_without_the_country():
    words = rules.indexed(client(given_name='Пётр', phone='+79161234567'))
    assert words == ('79161234567', '9161234567', 'иванов', 'петр')


@pytest.mark.parametrize(
    'places, scope, is_seen',
    [
        ((), Scope(frozenset({'b1'})), True),
        (('b1', 'b2'), Scope(frozenset({'b2'})), True),
        (('b1',), Scope(frozenset({'b2'})), False),
        (('b1',), Scope(), True),
        ((), Scope(frozenset()), True),
    ],
)
def test_a_client_is_seen_by_who_sees_one_of_his_places(places, scope, is_seen):
    assert rules.is_visible(client(places=places), scope) is is_seen


def test_of_documents_only_the_ends_are_shown():
    known = client(
        inn='500100732259',
        snils='11223344595',
        passport=Passport(series='4509', number='123456', issued_by='ОВД'),
        passport_comment='замена',
    )
    shown = rules.masked(known)
    assert (shown.inn, shown.snils, shown.passport_comment) == ('••••2259', '••••4595', '••••')
    assert shown.passport == Passport(number='••••3456')
    assert rules.masked(client()) == client()
    assert rules.hidden('123') == '••••'


def test_a_history_tells_that_documents_changed_and_not_how():
    told = changes(client(), client(inn='500100732259', note='a', version=2))
    assert [(change.field, change.was, change.now) for change in told] == [
        ('note', None, 'a'),
        ('inn', None, None),
    ]


def test_documents_do_not_get_into_logs():
    known = client(inn='500100732259', snils='11223344595', passport=Passport(number='123456'))
    assert not any(secret in repr(known) for secret in ('500100732259', '11223344595', '123456'))
