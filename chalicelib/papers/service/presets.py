"""The templates that come with the house, for offerings without their own (ACT-002, ACT-004)."""

import hashlib
from functools import cache
from pathlib import Path

from chalicelib.papers.model import Kind

_HOUSE = Path(__file__).parent.parent


@cache
def body(kind: Kind) -> bytes:
    """The document of Word."""
    return (_HOUSE / f'{kind}.docx').read_bytes()


@cache
def digest(kind: Kind) -> str:
    """Another one for any other document: papers of an older preset are other papers."""
    return hashlib.sha256(body(kind)).hexdigest()
