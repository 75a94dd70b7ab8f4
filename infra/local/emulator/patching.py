"""How a private function of MiniStack is replaced: by name, loudly when the name is gone."""

import functools
import importlib.metadata
from collections.abc import Callable
from types import ModuleType
from typing import Any

PINNED = '1.5.33'

Function = Callable[..., Any]


class NotTheMiniStackWeKnow(SystemExit):
    """MiniStack changed under a patch: the message names what is gone."""


def require_pinned_version() -> None:
    """The installed MiniStack is the one the patches were written for."""
    installed = importlib.metadata.version('ministack')
    if installed != PINNED:
        raise NotTheMiniStackWeKnow(f'MiniStack {installed} is installed, the patches are for {PINNED}')


def existing(owner: ModuleType | type, name: str) -> Any:
    """The attribute a patch relies on. Raises NotTheMiniStackWeKnow when it is gone."""
    if not hasattr(owner, name):
        raise NotTheMiniStackWeKnow(
            f'MiniStack {PINNED}: {owner.__name__}.{name} is gone; adapt infra/local/emulator to this version'
        )
    return getattr(owner, name)


def put(owner: ModuleType | type, name: str, value: Any) -> None:
    """`owner.name` is `value`, having been something else before."""
    existing(owner, name)
    setattr(owner, name, value)


def around(owner: ModuleType | type, name: str) -> Callable[[Function], Function]:
    """The decorated function stands in place of `owner.name` and gets the original as its first argument."""
    original = existing(owner, name)

    def install(replacement: Function) -> Function:
        @functools.wraps(original)
        def call(*arguments: Any, **named: Any) -> Any:
            return replacement(original, *arguments, **named)

        setattr(owner, name, call)
        return replacement

    return install
