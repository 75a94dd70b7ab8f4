"""moto's transactions without its copies: conditions are judged first, then the writes are made.

moto copies every table whole for each transaction (half of a test's time), to roll back when a condition
fails. Judging all conditions on the state before, as DynamoDB does, leaves nothing to roll back.
"""

from types import SimpleNamespace
from typing import Any

from moto.dynamodb import models
from moto.dynamodb.comparisons import get_filter_expression
from moto.dynamodb.exceptions import ConditionalCheckFailed, TransactionCanceledException

_original = models.DynamoDBBackend.transact_write_items


def _transact(self: models.DynamoDBBackend, transact_items: list[dict[str, Any]]) -> None:
    errors = [_broken(self, *next(iter(item.items()))) for item in transact_items]
    if any(code for code, _, _ in errors):
        raise TransactionCanceledException(errors)
    whole, models.copy = models.copy, SimpleNamespace(deepcopy=lambda table: table, copy=models.copy.copy)
    try:
        _original(self, transact_items)
    finally:
        models.copy = whole


def _broken(backend: models.DynamoDBBackend, act: str, operation: dict[str, Any]) -> tuple[Any, Any, Any]:
    condition = operation.get('ConditionExpression')
    if condition is None:
        return None, None, None
    table = backend.get_table(operation['TableName'])
    named = operation['Item'] if act == 'Put' else operation['Key']
    keys = [table.hash_key_attr, *([table.range_key_attr] if table.range_key_attr else [])]
    current = backend.get_item(operation['TableName'], {name: named[name] for name in keys})
    names, values = operation.get('ExpressionAttributeNames'), operation.get('ExpressionAttributeValues')
    if get_filter_expression(condition, names, values).expr(current):
        return None, None, None
    return 'ConditionalCheckFailed', ConditionalCheckFailed().message, None


def install() -> None:
    """moto's transactions are judged first from now on."""
    models.DynamoDBBackend.transact_write_items = _transact
