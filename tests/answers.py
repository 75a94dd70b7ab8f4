"""moto's answers of DynamoDB without its walk through their shapes: they are in the words of the wire.

moto looks up each member of each value of each item in the model of the service, which is a fifth of a test's
time; an answer about rows is a dictionary that JSON can write as it is.
"""

import json
from typing import Any

from moto.core.responses import ActionContext, ActionResult

_OF_ROWS = frozenset({
    'BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'TransactGetItems', 'TransactWriteItems',
    'UpdateItem',
})  # fmt: skip
_original = ActionResult.execute_result


def _executed(self: ActionResult, context: ActionContext) -> Any:
    is_plain = isinstance(self.result, dict) and context.service_model.service_name == 'dynamodb'
    if not is_plain or context.operation_model.name not in _OF_ROWS:
        return _original(self, context)
    return 200, {'Content-Type': 'application/x-amz-json-1.0'}, json.dumps(self.result)


def install() -> None:
    """moto's answers about rows are written as they are from now on."""
    ActionResult.execute_result = _executed
