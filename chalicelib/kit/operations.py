"""What the doors offer, remembered as they are declared: the API's own description is made from it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel, TypeAdapter, create_model

from chalicelib.kit.html import Page


@dataclass(frozen=True, slots=True)
class Raw:
    """The request as it came, for doors that must check a signature or take what is not JSON."""

    body: bytes
    headers: dict[str, str]
    source_ip: str


@dataclass(frozen=True, slots=True)
class Plain:
    """An answer in plain text, for machines that want to read a word of theirs."""

    text: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One view at one method and path."""

    name: str
    method: str
    path: str
    status: int
    audience: str | None
    permission: str | None
    tag: str
    summary: str
    description: str
    path_fields: dict[str, Any]
    query_type: type[BaseModel] | None = None
    body_kind: Any = None
    answer_type: Any = None
    takes_caller: bool = False
    takes_raw: bool = False
    page: Page | None = None

    # Both are made at the first call: a cold start answers one of a hundred operations.
    @cached_property
    def path_type(self) -> type[BaseModel]:
        """What the path's parameters must be."""
        return create_model('Path', **self.path_fields)

    @cached_property
    def body_type(self) -> TypeAdapter[Any] | None:
        """What the body must be, if there is one."""
        return TypeAdapter(self.body_kind) if self.body_kind is not None else None

    @classmethod
    def of(
        cls,
        view: Callable[..., Any],
        method: str,
        path: str,
        status: int,
        audience: str | None,
        permission: str | None,
        tag: str,
        page: Page | None = None,
    ) -> 'Operation':
        """The operation a view's signature and docstring describe."""
        signature = inspect.signature(view, eval_str=True)
        parameters = dict(signature.parameters)
        query = parameters.pop('query', None)
        body = parameters.pop('body', None)
        takes_caller = parameters.pop('caller', None) is not None
        takes_raw = parameters.pop('raw', None) is not None
        summary, _, description = inspect.cleandoc(view.__doc__ or '').partition('\n')
        # chalicelib.<house>.routes or, where the room is a folder, chalicelib.<house>.routes.<part>
        _, house, _, *part = view.__module__.split('.')
        return cls(
            name='_'.join([audience or 'public', house, *part, view.__name__]),
            method=method,
            path=path,
            status=int(status) if signature.return_annotation is not None else 204,
            audience=audience,
            permission=str(permission) if permission else None,
            tag=tag or house,
            summary=summary.rstrip('.'),
            description=description.strip(),
            path_fields={name: (given.annotation, ...) for name, given in parameters.items()},
            query_type=query.annotation if query else None,
            body_kind=body.annotation if body else None,
            answer_type=signature.return_annotation,
            takes_caller=takes_caller,
            takes_raw=takes_raw,
            page=page,
        )


_operations: list[Operation] = []


def register(operation: Operation) -> None:
    """The operation is part of the API's description."""
    _operations.append(operation)


def operations() -> list[Operation]:
    """All operations declared so far, by path and method."""
    return sorted(_operations, key=lambda operation: (operation.path, operation.method))
