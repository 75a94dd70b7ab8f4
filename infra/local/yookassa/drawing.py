"""Pages drawn from the templates of a sandbox; whatever a merchant wrote is shown and never obeyed."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from infra.local.gateway import Reply

HEADERS = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    'Referrer-Policy': 'no-referrer',
}
HERE = Path(__file__).parent


def drawn(name: str, words: Mapping[str, Any], status: int = 200, *, folder: Path = HERE) -> Reply:
    """The page of that name."""
    return Reply(status, dict(HEADERS), _template(folder / name).render(words).encode())


def roubles(value: str) -> str:
    """The amount as a person reads it: 1 250,00 ₽."""
    whole, _, part = value.partition('.')
    return f'{int(whole):,}'.replace(',', '\u00a0') + f',{part}\u00a0₽'


@cache
def _template(file: Path) -> Any:
    from jinja2 import Environment, StrictUndefined  # the runtime starts without it
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters['roubles'] = roubles
    style = Markup((HERE / 'page.css').read_text(encoding='utf-8'))  # noqa: S704 - our own file
    return environment.from_string(file.read_text(encoding='utf-8'), globals={'style': style})
