"""What is sealed opens in its own context only, and its row tells nothing."""

import base64

import pytest

from chalicelib.kit import sealing
from tests.make.sealing import seals_key


@pytest.fixture
def key(world):
    return seals_key()


def test_a_seal_opens_in_its_own_context(key):
    sealed = sealing.seal('тайна', use='x', organisation='demo')
    assert sealing.unseal(sealed, organisation='demo', use='x') == 'тайна'
    for context in (
        {'use': 'x', 'organisation': 'other'},
        {'use': 'y', 'organisation': 'demo'},
        {'use': 'x'},
    ):
        with pytest.raises(sealing.SealBroken):
            sealing.unseal(sealed, **context)


def test_two_seals_of_one_secret_are_not_alike_and_hold_nothing_of_it(key):
    one, other = (sealing.seal('a secret', use='x') for _ in range(2))
    assert one != other
    opened = b''.join(base64.urlsafe_b64decode(part) for part in one.split('.')[1:])
    assert b'secret' not in opened


@pytest.mark.parametrize('part', [1, 2, 3])
def test_a_seal_that_was_tampered_with_does_not_open(key, part):
    parts = sealing.seal('a secret', use='x').split('.')
    raw = bytearray(base64.urlsafe_b64decode(parts[part]))
    raw[-1] ^= 1
    parts[part] = base64.urlsafe_b64encode(bytes(raw)).decode()
    with pytest.raises(sealing.SealBroken):
        sealing.unseal('.'.join(parts), use='x')


@pytest.mark.parametrize('text', ['', 'v1', 'v2.a.b.c', 'plain', 'v1.a.b'])
def test_what_is_no_seal_does_not_open(key, text):
    with pytest.raises(sealing.SealBroken):
        sealing.unseal(text, use='x')


def test_a_process_asks_for_each_key_once(key, monkeypatch):
    sealed, asked = sealing.seal('a secret', use='x'), []
    real = sealing._asked
    monkeypatch.setattr(
        sealing, '_asked', lambda *given, **more: (asked.append(given), real(*given, **more))[1]
    )
    assert {sealing.unseal(sealed, use='x') for _ in range(5)} == {'a secret'}
    assert len(asked) == 1


def test_a_secret_that_cannot_be_sealed_is_refused_as_a_neighbour_away(world):
    sealing._client = None
    with pytest.raises(sealing.SealsAway):
        sealing.seal('a secret', use='x')
