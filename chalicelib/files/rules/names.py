"""How files are called when they are saved: nothing in a name may lead a program or a reader astray."""

import re
import unicodedata

NAMELESS = 'file'
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def safe(name: str) -> str:
    """The name without folders, without letters that turn a line around, and without a hidden beginning."""
    last = re.split(r'[/\\]', name)[-1]
    plain = ''.join(letter for letter in last if unicodedata.category(letter) not in ('Cc', 'Cf', 'Cs'))
    decent = _FORBIDDEN.sub('_', unicodedata.normalize('NFC', plain)).strip(' .')
    return decent or NAMELESS


def plain(name: str) -> str:
    """The safe name in plain letters only, for programs that know no others."""
    return ''.join(letter if letter.isascii() and letter not in '"\\%;' else '_' for letter in safe(name))
