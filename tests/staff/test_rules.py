"""Requisites, names, seeded roles, and who may entrust what."""

import pytest

from chalicelib.staff.model import (
    BankAccount,
    BankAccountInvalid,
    Employee,
    EmployeeState,
    InnInvalid,
    KppInvalid,
    LegalEntity,
    MatrixChannel,
    NotificationKind,
    OgrnInvalid,
    Organisation,
    Permission,
    PermissionsAboveOwn,
    PlacesAboveOwn,
    Role,
)
from chalicelib.staff.rules import authority, cards, names, requisites, seeds, telling
from tests.make import staff as make


@pytest.mark.parametrize('inn', ['7707083893', '7736050003', '500100732259'])
def test_a_real_inn_fits(inn):
    assert requisites.inn_fits(inn)


@pytest.mark.parametrize(
    'inn',
    [
        '7707083894',
        '0000000000',
        '000000000000',
        '500100732250',
        '500100732258',
        '77070838',
        '',
        '77O7083893',
    ],
)
def test_an_inn_with_a_mistake_does_not_fit(inn):
    assert not requisites.inn_fits(inn)


def test_an_ogrn_fits_the_kind_of_the_inn():
    assert requisites.ogrn_fits('1027700132195', '7707083893')
    assert requisites.ogrn_fits('304500116000157', '500100732259')
    assert not requisites.ogrn_fits('1027700132196', '7707083893')
    assert not requisites.ogrn_fits('1027700132195', '500100732259')
    assert not requisites.ogrn_fits('0000000000000', '7707083893')


@pytest.mark.parametrize(
    'bik, correspondent',
    [
        ('044525225', '30101810400000000225'),
        ('044525187', '30101810700000000187'),
        ('044525974', '30101810145250000974'),
        ('044525593', '30101810200000000593'),
    ],
)
def test_a_correspondent_account_is_keyed_by_the_region_of_its_bank(bik, correspondent):
    account = _keyed_account(bik)
    assert requisites.bank_account_fits(BankAccount(bik=bik, account=account, correspondent=correspondent))
    assert not requisites.bank_account_fits(
        BankAccount(bik=bik, account=account, correspondent=correspondent[:-4] + '9' + correspondent[-3:])
    )


@pytest.mark.parametrize('digit', range(10))
def test_only_one_control_digit_of_an_account_fits(digit):
    account = BankAccount(bik='044525225', account=f'40702810{digit}38000000001')
    assert requisites.bank_account_fits(account) is (digit == 9)


def test_an_account_at_the_bank_of_russia_is_let_pass():
    assert requisites.bank_account_fits(BankAccount(bik='044525000', account='40702810038000000001'))


def _keyed_account(bik):
    """The one account of ten that fits the bank."""
    accounts = (BankAccount(bik=bik, account=f'40702810{digit}38000000001') for digit in range(10))
    return next(account.account for account in accounts if requisites.bank_account_fits(account))


@pytest.mark.parametrize(
    'changes, refusal',
    [
        ({'inn': '7707083894'}, InnInvalid),
        ({'inn': '500100732259', 'kpp': '773601001'}, KppInvalid),
        ({'ogrn': '1027700132190'}, OgrnInvalid),
        (
            {'bank_account': BankAccount(bik='044525225', account='40702810038000000001')},
            BankAccountInvalid,
        ),
    ],
)
def test_the_bad_requisite_is_named(changes, refusal):
    fields = {'id': 'l1', 'organisation': 'demo', 'name': 'ООО', 'inn': '7707083893', **changes}
    with pytest.raises(refusal):
        requisites.checked(LegalEntity(**fields))


def test_names_are_found_by_the_beginning_of_any_word_whatever_the_case_and_the_yo():
    assert names.words('Ёлкина  АЛЁНА-Мария') == ('елкина', 'алена', 'мария')
    wanted = names.words('алё')
    assert names.answers('Ёлкина Алёна', wanted, 'алена')
    assert not names.answers('Ёлкина Алёна', names.words('лкина'), 'елкина')


def test_a_name_with_two_fitting_words_is_told_once():
    wanted = names.words('иван')
    told = [
        word
        for word in names.words('Иванов Иван Иванович')
        if names.answers('Иванов Иван Иванович', wanted, word)
    ]
    assert told == ['иван']


def test_all_words_of_a_search_must_fit():
    assert names.answers('Иванов Пётр', names.words('пет ивано'), 'иванов')
    assert not names.answers('Иванов Пётр', names.words('пет сидор'), 'иванов')


@pytest.mark.proves('IAM-015', 'NTF-006')
def test_an_organisation_begins_with_the_roles_of_the_trade():
    administrator, dispatcher, executor, community_manager = seeds.roles('demo')
    assert administrator.permissions == frozenset(Permission)
    assert administrator.is_governing and not dispatcher.is_governing
    assert dispatcher.ticks(NotificationKind.REQUEST_CREATED) == {MatrixChannel.PUSH}
    assert Permission.REQUESTS_VIEW not in executor.permissions
    assert Permission.REQUESTS_COMPLETE in executor.permissions
    for role in (dispatcher, executor):  # who is given a task hears of it, and is reminded later
        assert role.ticks(NotificationKind.TASK_CREATED) == {MatrixChannel.PUSH}
        assert role.ticks(NotificationKind.TASK_DEADLINE_NEAR) == {MatrixChannel.PUSH}
    assert Permission.MARKETPLACE in community_manager.permissions


def test_nobody_entrusts_what_he_does_not_hold():
    clerk = make.caller(permissions=frozenset({'staff.edit'}), places=['b1', 'b2'])
    authority.may_entrust(
        clerk, Role(id='r', organisation='demo', name='r', permissions={Permission.STAFF_EDIT})
    )
    with pytest.raises(PermissionsAboveOwn):
        authority.may_entrust(clerk, seeds.roles('demo')[1])
    authority.may_reach(clerk, ('b1',))
    for places in (None, ('b1', 'b3')):
        with pytest.raises(PlacesAboveOwn):
            authority.may_reach(clerk, places)


EMPLOYEE = Employee(id='e', organisation='demo', name='Е', phone='+79160000000', email='e@x.ru', role_id='r')
DEMO = Organisation(id='demo', name='Демо', locale='ru')


@pytest.mark.proves('NTF-001')
@pytest.mark.parametrize(
    'ticked, changes, by_push, by_email',
    [
        ({'push'}, {}, True, False),
        ({'email'}, {}, False, True),
        ({'push', 'email'}, {}, True, True),
        ({'push', 'email'}, {'email': None}, True, False),
    ],
)
def test_an_employee_is_told_by_the_ticked_channels(ticked, changes, by_push, by_email):
    role = Role(id='r', organisation='demo', name='r', matrix={'assigned': ticked})
    told = telling.recipient(EMPLOYEE.model_copy(update=changes), role, NotificationKind.ASSIGNED, DEMO)
    assert (told.by_push, told.by_email, told.locale) == (by_push, by_email, 'ru')


@pytest.mark.parametrize(
    'ticked, changes',
    [(set(), {}), ({'email'}, {'email': None}), ({'push'}, {'state': EmployeeState.DISMISSED})],
)
def test_an_employee_without_a_channel_is_not_told(ticked, changes):
    role = Role(id='r', organisation='demo', name='r', matrix={'assigned': ticked})
    assert (
        telling.recipient(EMPLOYEE.model_copy(update=changes), role, NotificationKind.ASSIGNED, DEMO) is None
    )


def test_the_history_shows_contacts_only_by_their_ends():
    now = EMPLOYEE.model_copy(update={'phone': '+79161112233', 'name': 'Ё', 'version': 2})
    assert cards.differences(EMPLOYEE, now) == {'phone': ('…0000', '…2233'), 'name': ('Е', 'Ё')}
