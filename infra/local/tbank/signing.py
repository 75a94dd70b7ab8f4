"""The token of calls and notices, written from the documents of the bank and not from the code it proves."""

import hashlib
from collections.abc import Mapping
from typing import Any


def token(fields: Mapping[str, Any], password: str) -> str:
    """SHA-256 of the values of all root fields and the password, in the order of their names."""
    pairs = [('Password', password)]
    for name, value in fields.items():
        if name == 'Token' or value is None or isinstance(value, Mapping | list | tuple):
            continue
        pairs.append((name, {True: 'true', False: 'false'}[value] if isinstance(value, bool) else str(value)))
    whole = ''.join(value for _, value in sorted(pairs))
    return hashlib.sha256(whole.encode('utf-8')).hexdigest()


def signed(fields: Mapping[str, Any], password: str) -> dict[str, Any]:
    """The fields with their token."""
    return {**fields, 'Token': token(fields, password)}
