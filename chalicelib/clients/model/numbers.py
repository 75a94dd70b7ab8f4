"""Check digits of the numbers that the state gives to people and companies."""

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, *_INN_10)
_INN_12 = (3, *_INN_11)
_SNILS_WITHOUT_CHECK = 1_001_998
"""Numbers up to this one were given before there were check digits."""


def inn_fits(digits: str) -> bool:
    """Whether 10 or 12 digits are an INN."""
    if not set(digits) - {'0'}:
        return False
    if len(digits) == 10:
        return _check(digits, _INN_10) == digits[9]
    return len(digits) == 12 and _check(digits, _INN_11) + _check(digits, _INN_12) == digits[10:]


def snils_fits(digits: str) -> bool:
    """Whether 11 digits are a SNILS."""
    if len(digits) != 11 or not set(digits) - {'0'}:
        return False
    if int(digits[:9]) <= _SNILS_WITHOUT_CHECK:
        return True
    check = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9])) % 101
    return check % 100 == int(digits[9:])


def _check(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11 % 10)
