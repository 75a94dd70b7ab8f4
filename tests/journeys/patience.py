"""Waiting for what comes by itself: no longer than needed, and not for ever."""

import time
from collections.abc import Callable
from typing import TypeVar

SECONDS = 120
BETWEEN_LOOKS = 0.02

Found = TypeVar('Found')


def eventually(look: Callable[[], Found], why: Callable[[], str] = lambda: 'it did not come') -> Found:
    """What `look` finds, as soon as it finds something; `why` tells what is in the way."""
    deadline = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, why()
        time.sleep(BETWEEN_LOOKS)
    return found
