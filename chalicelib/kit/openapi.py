"""The description of the API, OpenAPI 3.1, made from what the doors declared; nothing is written twice.

Only the door of the description imports this: a cold start never pays for it.
"""

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Annotated, Any, Literal, get_origin

from chalice.app import Response
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from chalicelib.kit.attribute_words import words_of
from chalicelib.kit.caller import Audience
from chalicelib.kit.http import ANY_AUDIENCE
from chalicelib.kit.openapi_parts import HEADERS, PARAMETERS, REFUSALS
from chalicelib.kit.operations import Operation, Plain
from chalicelib.kit.problems import Problem

Json = dict[str, Any]
_Mode = Literal['validation', 'serialization']
_Wanted = tuple[tuple[str, str], _Mode, TypeAdapter[Any]]

_REFERENCE = '#/components/schemas/'
_PROBLEM = ('', 'problem')
_AUDIENCES = {
    Audience.STAFF: 'An access token of an employee.',
    Audience.RESIDENT: 'An access token of a resident.',
    Audience.PARTNER: 'An access token or an API key of a partner.',
}


class _Schemas(GenerateJsonSchema):
    """Schemas without titles that only repeat the field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a title would say the name once more."""
        return False

    def model_schema(self, schema: Any) -> Any:
        """The model's schema, each property with what the line below its attribute says."""
        described = super().model_schema(schema)
        for name, words in words_of(schema['cls']).items():
            described.get('properties', {}).get(name, {}).setdefault('description', words)
        return described


def document(operations: Iterable[Operation], *, title: str, version: str, description: str) -> Json:
    """The description of the operations, valid by OpenAPI 3.1."""
    listed = [operation for operation in operations if _is_for_programs(operation)]
    schemas, definitions = _schemas(listed)
    whole: Json = {
        'openapi': '3.1.0',
        'info': {'title': title, 'version': version, 'description': description},
        'servers': [{'url': '.'}],
        'tags': [{'name': tag} for tag in sorted({operation.tag for operation in listed})],
        'paths': {},
        'components': {
            'schemas': dict(definitions),
            'parameters': PARAMETERS,
            'headers': HEADERS,
            'responses': {_name(status): _refusal(status) for status in REFUSALS},
            'securitySchemes': {
                audience.value: {'type': 'http', 'scheme': 'bearer', 'description': words}
                for audience, words in _AUDIENCES.items()
            },
        },
    }
    for operation in listed:
        described = _described(operation, schemas)
        whole['paths'].setdefault(operation.path, {})[operation.method.lower()] = described
        if operation.method == 'PATCH':
            _forget_defaults(schemas[operation.name, 'body'], whole['components']['schemas'])
    names = _decent_names(definitions)
    renamed: Json = _renamed(whole, {_REFERENCE + old: _REFERENCE + new for old, new in names.items()})
    renamed['components']['schemas'] = {
        names[old]: {key: value for key, value in schema.items() if key != 'title'}
        for old, schema in renamed['components']['schemas'].items()
    }
    return renamed


def _is_for_programs(operation: Operation) -> bool:
    is_page = operation.page is not None and operation.page.is_always
    return operation.answer_type is not Response and not is_page


def _schemas(operations: list[Operation]) -> tuple[dict[tuple[str, str], Json], dict[str, Json]]:
    wanted: list[_Wanted] = [(_PROBLEM, 'serialization', TypeAdapter(Problem))]
    for operation in operations:
        wanted += _needed(operation)
    schemas, whole = TypeAdapter.json_schemas(
        wanted, ref_template=_REFERENCE + '{model}', schema_generator=_Schemas
    )
    return {key: schema for (key, _), schema in schemas.items()}, whole.get('$defs', {})


def _needed(operation: Operation) -> Iterator[_Wanted]:
    for place, model in (('path', operation.path_type), ('query', operation.query_type)):
        for name, field in model.model_fields.items() if model else ():
            # A field's annotation has lost its constraints; the field itself carries them.
            kind = Annotated[field.annotation, field]  # type: ignore[name-defined]
            yield (operation.name, f'{place}.{name}'), 'validation', TypeAdapter(kind)
    if operation.body_type:
        yield (operation.name, 'body'), 'validation', operation.body_type
    if operation.answer_type not in (None, Plain):
        yield (operation.name, 'answer'), 'serialization', TypeAdapter(operation.answer_type)


def _described(operation: Operation, schemas: dict[tuple[str, str], Json]) -> Json:
    described: Json = {
        'operationId': operation.name,
        'tags': [operation.tag],
        'summary': operation.summary,
        'description': _description(operation),
        'parameters': [*_parameters(operation, schemas), *_header_parameters(operation)],
        'security': _security(operation),
        'responses': _answers(operation, schemas),
    }
    if operation.permission:
        described['x-permission'] = operation.permission
    if operation.body_type:
        content = {'application/json': {'schema': schemas[operation.name, 'body']}}
        described['requestBody'] = {'required': True, 'content': content}
    elif operation.takes_raw and operation.method != 'GET':
        described['requestBody'] = {
            'content': {'application/octet-stream': {'schema': {'type': 'string', 'format': 'binary'}}}
        }
    return described


def _description(operation: Operation) -> str:
    needs = f'Needs the permission `{operation.permission}`.' if operation.permission else ''
    return '\n\n'.join(part for part in (operation.description, needs) if part) or operation.summary


def _parameters(operation: Operation, schemas: dict[tuple[str, str], Json]) -> Iterator[Json]:
    for place, model in (('path', operation.path_type), ('query', operation.query_type)):
        for name, field in model.model_fields.items() if model else ():
            schema = _without_null(schemas[operation.name, f'{place}.{name}'])
            said = schema.pop('description', None)
            words = said or field.description or words_of(model).get(name)
            parameter: Json = {'name': name, 'in': place, 'schema': schema}
            if words:
                parameter['description'] = words
            if place == 'path' or field.is_required():
                parameter['required'] = True
            if schema.get('type') == 'array':
                parameter |= {'style': 'form', 'explode': True}
            yield parameter


def _without_null(schema: Json) -> Json:
    """The schema of a parameter: one that is absent is not null."""
    schema = dict(schema)
    if schema.get('default', ...) is None:
        del schema['default']
    choices = [choice for choice in schema.get('anyOf', ()) if choice != {'type': 'null'}]
    if len(choices) == 1:
        del schema['anyOf']
        schema = {**choices[0], **schema}
    return schema


def _header_parameters(operation: Operation) -> list[Json]:
    named = ['AcceptLanguage', 'RequestId']
    if operation.method == 'POST' and operation.audience:
        named.append('IdempotencyKey')
    if _addresses_a_version(operation):
        named.append('IfMatch')
    return [{'$ref': f'#/components/parameters/{name}'} for name in named]


def _addresses_a_version(operation: Operation) -> bool:
    # A door without an id in its path changes the one thing there is, such as the settings.
    is_one = operation.method in ('PATCH', 'PUT', 'DELETE')
    names_one = is_one or bool(operation.path_type.model_fields)
    return operation.method != 'GET' and bool(operation.audience) and names_one


def _security(operation: Operation) -> list[Json]:
    if operation.audience is None:
        return []
    if operation.audience == ANY_AUDIENCE:
        return [{audience.value: []} for audience in Audience]
    return [{str(operation.audience): []}]


def _answers(operation: Operation, schemas: dict[tuple[str, str], Json]) -> Json:
    status = HTTPStatus(operation.status)
    answer: Json = {
        'description': status.phrase,
        'headers': {'X-Request-Id': {'$ref': '#/components/headers/RequestId'}},
    }
    if operation.answer_type is Plain:
        answer['content'] = {'text/plain': {'schema': {'type': 'string'}}}
    elif operation.answer_type is not None:
        answer['content'] = {'application/json': {'schema': schemas[operation.name, 'answer']}}
    if _has_version(operation.answer_type):
        answer['headers']['ETag'] = {'$ref': '#/components/headers/ETag'}
    if operation.method == 'POST' and operation.audience:
        replayed = {'$ref': '#/components/headers/IdempotencyReplayed'}
        answer['headers']['Idempotency-Replayed'] = replayed
    refused = {
        str(status.value): {'$ref': f'#/components/responses/{_name(status)}'}
        for status in _refusals(operation)
    }
    return {str(status.value): answer, **refused}


def _has_version(kind: Any) -> bool:
    is_model = get_origin(kind) is None and isinstance(kind, type) and issubclass(kind, BaseModel)
    return is_model and 'version' in kind.model_fields


def _refusals(operation: Operation) -> Iterator[HTTPStatus]:
    takes_body = operation.takes_raw or operation.body_type is not None
    names_others = operation.path_type.model_fields or takes_body or operation.query_type
    applies = {
        # Who opens a door without a token may show a key or a signature instead.
        HTTPStatus.UNAUTHORIZED: operation.audience is not None or takes_body,
        HTTPStatus.FORBIDDEN: operation.audience is not None,
        HTTPStatus.NOT_FOUND: bool(names_others),
        HTTPStatus.CONFLICT: operation.method != 'GET',
        HTTPStatus.PRECONDITION_FAILED: _addresses_a_version(operation),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: takes_body,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: operation.body_type is not None,
        HTTPStatus.UNPROCESSABLE_ENTITY: operation.method != 'GET',
    }
    return (status for status in REFUSALS if applies.get(status, True))


def _refusal(status: HTTPStatus) -> Json:
    headers = {'X-Request-Id': {'$ref': '#/components/headers/RequestId'}}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers['Retry-After'] = {'$ref': '#/components/headers/RetryAfter'}
    schema = {'$ref': _REFERENCE + 'Problem'}
    return {
        'description': REFUSALS[status],
        'headers': headers,
        'content': {'application/problem+json': {'schema': schema}},
    }


def _name(status: HTTPStatus) -> str:
    return status.phrase.title().replace(' ', '')


def _forget_defaults(body: Json, definitions: dict[str, Json]) -> None:
    """An absent field of a change keeps what is: whatever default the code has means nothing outside."""
    changes = definitions.get(body.get('$ref', '').removeprefix(_REFERENCE), body)
    for field in changes.get('properties', {}).values():
        field.pop('default', None)


def _decent_names(definitions: Iterable[str]) -> dict[str, str]:
    """What each schema is called: `PageOfX` for `Page[X]`, `X` as answered, `XInput` as taken."""
    names: dict[str, str] = {}
    for old in definitions:
        new = old
        if '__' in old:  # two houses have a class of this name
            house, name = re.sub(r'.*chalicelib__', '', old).split('__', 1)
            new = house.title() + name.rpartition('__')[2]
        new = re.sub(r'^(\w+?)_(\w+?)_*(?=-|$)', r'\1Of\2', new)
        new = new.removesuffix('-Output').replace('-Input', 'Input')
        names[old] = old.replace('-', '') if new in names.values() else new
    return names


def _renamed(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(entry, names) for entry in node]
    if isinstance(node, dict):
        return {key: _renamed(value, names) for key, value in node.items()}
    return names.get(node, node) if isinstance(node, str) else node
