"""Whether the requisites of a legal entity can be real: check digits of INN, OGRN and accounts."""

from collections.abc import Sequence

from chalicelib.staff.model import (
    BankAccount,
    BankAccountInvalid,
    InnInvalid,
    KppInvalid,
    LegalEntity,
    OgrnInvalid,
)

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12_FIRST = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12_SECOND = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_ACCOUNT = (7, 1, 3)
COMPANY_INN, PERSON_INN = 10, 12
_HELD_AT_THE_BANK_OF_RUSSIA = ('000', '001', '002')


def checked(entity: LegalEntity) -> LegalEntity:
    """The entity itself; raises the refusal of the first requisite that cannot be real."""
    if not inn_fits(entity.inn):
        raise InnInvalid()
    if entity.kpp and len(entity.inn) != COMPANY_INN:
        raise KppInvalid()
    if entity.ogrn and not ogrn_fits(entity.ogrn, entity.inn):
        raise OgrnInvalid()
    if entity.bank_account and not bank_account_fits(entity.bank_account):
        raise BankAccountInvalid()
    return entity


def inn_fits(inn: str) -> bool:
    """Whether 10 or 12 digits bear their check digits; all zeroes bear them and are no INN all the same."""
    if not inn.isdecimal() or not int(inn):
        return False
    if len(inn) == COMPANY_INN:
        return _weighed(inn, _INN_10) == int(inn[9])
    if len(inn) == PERSON_INN:
        return _weighed(inn, _INN_12_FIRST) == int(inn[10]) and _weighed(inn, _INN_12_SECOND) == int(inn[11])
    return False


def ogrn_fits(ogrn: str, inn: str) -> bool:
    """Whether it is the OGRN (13 digits) of a company or the OGRNIP (15) of a sole trader, as `inn` says."""
    length, modulus = (13, 11) if len(inn) == COMPANY_INN else (15, 13)
    if len(ogrn) != length or not ogrn.isdecimal() or not int(ogrn):
        return False
    return int(ogrn[:-1]) % modulus % 10 == int(ogrn[-1])


def bank_account_fits(account: BankAccount) -> bool:
    """Whether the numbers bear the control key of the bank's BIK.

    Accounts held directly at the Bank of Russia are keyed otherwise and are let pass.
    """
    if account.bik.endswith(_HELD_AT_THE_BANK_OF_RUSSIA):
        return True
    if account.correspondent and not _keyed('0' + account.bik[4:6], account.correspondent):
        return False
    return _keyed(account.bik[-3:], account.account)


def _weighed(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10


def _keyed(prefix: str, number: str) -> bool:
    total = sum(int(digit) * _ACCOUNT[i % 3] % 10 for i, digit in enumerate(prefix + number))
    return total % 10 == 0
