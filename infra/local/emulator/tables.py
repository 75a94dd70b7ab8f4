"""DynamoDB is dynoxide: behind MiniStack's endpoint, in state machines, and when a stack is deployed."""

import asyncio
import http.client
import json
import threading
from typing import Any
from urllib.parse import urlsplit

import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.dynamodb as dynamodb
import ministack.services.dynamodb_streams as dynamodb_streams
import ministack.services.lambda_svc as lambdas
from ministack.core.responses import get_account_id, get_region

from infra.local.emulator.patching import existing, put

Answer = tuple[int, dict[str, str], bytes]

CONTENT_TYPE = 'application/x-amz-json-1.0'
# dynoxide only asks that a request is signed, not by whom.
SIGNATURE = 'AWS4-HMAC-SHA256 Credential=x/20260101/x/dynamodb/aws4_request, SignedHeaders=host, Signature=x'
OPTIMIZED = {
    '_put_item': 'PutItem',
    '_get_item': 'GetItem',
    '_delete_item': 'DeleteItem',
    '_update_item': 'UpdateItem',
}
# The label must be the same at every start: event source mappings and policies carry it.
STREAM_LABEL = '2026-01-01T00:00:00.000'
COPIED = (
    'TableName',
    'KeySchema',
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
    'ProvisionedThroughput',
    'BillingMode',
)


class TableChangeNeedsFreshData(ValueError):
    """The template asks for another key or stream view than the table on disk has; start with --fresh."""


class Dynoxide:
    """A client on kept connections, one for each thread."""

    def __init__(self, url: str) -> None:
        self._host = urlsplit(url).netloc
        self._own = threading.local()

    def send(self, target: str, body: bytes) -> Answer:
        """The answer of the engine, as it stands."""
        headers = {'X-Amz-Target': target, 'Content-Type': CONTENT_TYPE, 'Authorization': SIGNATURE}
        headers['X-Amz-Date'] = '20260101T000000Z'
        for is_last in (False, True):
            connection = getattr(self._own, 'connection', None)
            if connection is None:
                connection = self._own.connection = http.client.HTTPConnection(self._host)
            try:
                connection.request('POST', '/', body, headers)
                answer = connection.getresponse()
                return answer.status, {'Content-Type': CONTENT_TYPE}, answer.read()
            except (http.client.HTTPException, OSError):
                connection.close()
                self._own.connection = None
                if is_last:
                    raise
        raise AssertionError('unreachable')

    def call(self, action: str, arguments: dict[str, Any]) -> dict[str, Any] | None:
        """The decoded answer; None where the engine knows no such table. Raises ValueError otherwise."""
        status, _, body = self.send(f'DynamoDB_20120810.{action}', json.dumps(arguments).encode())
        answer: dict[str, Any] = json.loads(body or b'{}')
        if status == 200:
            return answer
        if str(answer.get('__type', '')).endswith('ResourceNotFoundException'):
            return None
        raise ValueError(f'{action} {arguments.get("TableName")}: {answer.get("message") or answer}')


def install(engine: Dynoxide) -> None:
    """Every way to DynamoDB inside MiniStack leads to `engine`; its own streams are read by nobody."""

    async def handle(
        method: str, path: str, headers: dict[str, str], body: bytes | str, query: Any
    ) -> Answer:
        target = next(value for name, value in headers.items() if name.lower() == 'x-amz-target')
        content = body.encode() if isinstance(body, str) else body
        return await asyncio.to_thread(engine.send, target, content)

    put(dynamodb, 'handle_request', handle)
    put(dynamodb_streams, 'handle_request', handle)
    for private, action in OPTIMIZED.items():
        put(dynamodb, private, _direct(engine, action))
    # The pump of the runtime delivers stream records; two deliverers would deliver twice.
    put(lambdas, '_poll_dynamodb_streams', lambda: False)
    handlers = existing(provisioners, '_RESOURCE_HANDLERS')
    handlers['AWS::DynamoDB::Table'] = {
        'create': lambda logical_id, props, stack: _provide(engine, props),
        'update': lambda physical, old, new, stack, logical_id=None: _provide(engine, new),
        'update_with_logical_id': True,
        # A table that left the template keeps its rows: data goes only with --fresh.
        'delete': lambda physical_id, props: None,
    }


def _direct(engine: Dynoxide, action: str) -> Any:
    return lambda data: engine.send(f'DynamoDB_20120810.{action}', json.dumps(data).encode())


def _provide(engine: Dynoxide, props: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """The table of the template stands in the engine, with every index the template names."""
    name = props['TableName']
    found = engine.call('DescribeTable', {'TableName': name})
    stream = dict(props.get('StreamSpecification') or {})
    if stream:
        stream['StreamEnabled'] = True
    if found is None:
        wanted = {key: props[key] for key in COPIED if props.get(key)}
        wanted.setdefault('BillingMode', 'PAY_PER_REQUEST')
        engine.call('CreateTable', wanted | ({'StreamSpecification': stream} if stream else {}))
    else:
        _reconcile(engine, props, stream, found['Table'])
    if ttl := props.get('TimeToLiveSpecification'):
        _remember_ttl(engine, name, ttl)
    arn = f'arn:aws:dynamodb:{get_region()}:{get_account_id()}:table/{name}'
    return name, {'Arn': arn} | ({'StreamArn': f'{arn}/stream/{STREAM_LABEL}'} if stream else {})


def _reconcile(
    engine: Dynoxide, props: dict[str, Any], stream: dict[str, Any], table: dict[str, Any]
) -> None:
    name = props['TableName']
    if table['KeySchema'] != props['KeySchema']:
        raise TableChangeNeedsFreshData(f'{name}: another key than on disk; start with --fresh')
    if stream and not (table.get('StreamSpecification') or {}).get('StreamEnabled'):
        engine.call('UpdateTable', {'TableName': name, 'StreamSpecification': stream})
    wanted = {index['IndexName']: index for index in props.get('GlobalSecondaryIndexes') or []}
    present = {index['IndexName']: index for index in table.get('GlobalSecondaryIndexes') or []}
    for index_name, index in present.items():
        if not _is_same_index(wanted.get(index_name), index):
            _change_index(engine, props, {'Delete': {'IndexName': index_name}})
    for index_name, index in wanted.items():
        if not _is_same_index(index, present.get(index_name)):
            _change_index(engine, props, {'Create': index})


def _change_index(engine: Dynoxide, props: dict[str, Any], change: dict[str, Any]) -> None:
    update = {'AttributeDefinitions': props['AttributeDefinitions'], 'GlobalSecondaryIndexUpdates': [change]}
    engine.call('UpdateTable', {'TableName': props['TableName']} | update)


def _is_same_index(one: dict[str, Any] | None, other: dict[str, Any] | None) -> bool:
    if one is None or other is None:
        return one is other
    return one['KeySchema'] == other['KeySchema'] and _projected(one) == _projected(other)


def _projected(index: dict[str, Any]) -> tuple[str, list[str]]:
    projection = index['Projection']
    return projection['ProjectionType'], sorted(projection.get('NonKeyAttributes') or [])


def _remember_ttl(engine: Dynoxide, name: str, ttl: dict[str, Any]) -> None:
    found = engine.call('DescribeTimeToLive', {'TableName': name}) or {}
    if found.get('TimeToLiveDescription', {}).get('TimeToLiveStatus') != 'ENABLED':
        engine.call('UpdateTimeToLive', {'TableName': name, 'TimeToLiveSpecification': ttl})
