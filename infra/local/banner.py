"""What a person sees when the runtime is ready."""

import importlib
import importlib.util
import sys
from collections.abc import Callable
from typing import TextIO, cast

from infra.local.world import World

RULE = '-' * 78


def show(world: World, seconds: float, screen: TextIO = sys.stderr) -> None:
    """The addresses and the demonstration data are on the screen."""
    lines = [
        RULE,
        f'Domovoy is ready in {seconds:.1f} s. Ctrl-C stops it.',
        f'  API      {world.api}',
        f'  docs     {world.api}/docs',
        f'  outbox   {world.api}/outbox        what was sent by push, e-mail and SMS',
        f'  ЮKassa   {world.yookassa.url}        the sandbox: its shops, payments and notices',
        f'  T-Bank   {world.tbank.url}        the sandbox of Т-Касса: its terminals, payments and notices',
        f'  clock    curl -X POST {world.api}/_local/clock -d \'{{"advance_seconds": 3600}}\'',
        f"  calls    curl -X POST {world.api}/_local/calls        rings at the dispatcher's",
        f'  AWS      {world.endpoint}        logs and data: {world.data}',
    ]
    if not world.engine_url:
        lines.append("  no dynoxide on this machine: DynamoDB is MiniStack's own, in memory and slower")
    lines += [f'  {line}' for line in demonstration(world.api)]
    print('\n'.join([*lines, RULE]), file=screen, flush=True)


def demonstration(api: str) -> list[str]:
    """Demonstration data is loaded, and these lines say how to sign in; none where the project has none."""
    if importlib.util.find_spec('infra.local.demo') is None:
        return []
    load = cast('Callable[[str], list[str]]', importlib.import_module('infra.local.demo').load)
    try:
        return ['', *load(api)]
    except Exception as error:
        # Somebody working on the API needs the runtime most when the demonstration fails.
        return ['', f'the demonstration data was not loaded: {type(error).__name__}: {error}']
