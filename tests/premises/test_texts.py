"""What people read when the house refuses, in both languages."""

import pytest

from chalicelib.kit import texts
from chalicelib.kit.errors import DomainError
from chalicelib.premises.model import refusals


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_refusal_has_its_words(locale):
    kinds = [
        kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, DomainError)
    ]
    ours = [kind for kind in kinds if kind.__module__ == refusals.__name__]
    assert all(texts.say(kind.__name__, locale) for kind in ours)
