"""What the doors offer, remembered as they are declared: the API's own description is made from it."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, TypeAdapter, create_model


@dataclass(frozen=True, slots=True)
class Raw:
    """The request as it came, for doors that must check a signature or take what is not JSON."""

    body: bytes
    headers: dict[str, str]
    source_ip: str


@dataclass(frozen=True, slots=True)
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
    path_type: type[BaseModel]
    query_type: type[BaseModel] | None = None
    body_type: TypeAdapter[Any] | None = None
    answer_type: Any = None
    takes_caller: bool = False
    takes_raw: bool = False

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
            path_type=_model_of(parameters),
            query_type=query.annotation if query else None,
            body_type=TypeAdapter(body.annotation) if body else None,
            answer_type=signature.return_annotation,
            takes_caller=takes_caller,
            takes_raw=takes_raw,
        )


def _model_of(parameters: dict[str, inspect.Parameter]) -> type[BaseModel]:
    fields: dict[str, Any] = {name: (parameter.annotation, ...) for name, parameter in parameters.items()}
    return create_model('Path', **fields)


_operations: list[Operation] = []


def register(operation: Operation) -> None:
    """The operation is part of the API's description."""
    _operations.append(operation)


def operations() -> list[Operation]:
    """All operations declared so far, by path and method."""
    return sorted(_operations, key=lambda operation: (operation.path, operation.method))
