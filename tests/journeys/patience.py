"""Waiting for what comes by itself: no longer than needed, and not for ever."""

import time
from collections.abc import Callable
from typing import TypeVar

SECONDS = 30
BETWEEN_LOOKS = 0.02

Found = TypeVar('Found')


def eventually(look: Callable[[], Found]) -> Found:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, 'it did not come'
        time.sleep(BETWEEN_LOOKS)
    return found
