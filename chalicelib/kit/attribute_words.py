"""What the line below an attribute says of it, read from the source when the API describes itself.

pydantic can do this for every class at its birth, which is half the time of a cold start.
"""

import ast
import inspect
import textwrap
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


@cache
def words_of(model: type[BaseModel]) -> dict[str, str]:
    """The docstring below each attribute of the model and of those it inherits from, by its name."""
    words: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if issubclass(kind, BaseModel) and kind is not BaseModel:
            words |= _own_words(kind)
    return words


def _own_words(kind: type[BaseModel]) -> dict[str, str]:
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(kind)))
    except (OSError, TypeError):  # a class made at run time has no source
        return {}
    [defined] = tree.body
    body = defined.body if isinstance(defined, ast.ClassDef) else []
    return {
        attribute.target.id: inspect.cleandoc(text.value.value)
        for attribute, text in pairwise(body)
        if isinstance(attribute, ast.AnnAssign)
        and isinstance(attribute.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
