"""DynamoDB's answers read as the plain JSON they are.

botocore walks every attribute value of an answer through its shape tree, which is the largest single
cost of a list; the wire format already is the result unless it holds binary values.
"""

import json
from typing import Any

from botocore import parsers

_PLAIN = frozenset(
    {
        'QueryOutput', 'GetItemOutput', 'PutItemOutput', 'UpdateItemOutput', 'DeleteItemOutput',
        'BatchGetItemOutput', 'TransactGetItemsOutput', 'TransactWriteItemsOutput',
    }
)  # fmt: skip


class PlainJsonParser(parsers.JSONParser):
    """Gives the answer's JSON as it came; binary values and errors go botocore's own way."""

    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:
        binary = b'"B":' in raw_body or b'"BS":' in raw_body
        if shape is not None and shape.name in _PLAIN and not binary:
            return json.loads(raw_body) if raw_body else {}
        return super()._handle_json_body(raw_body, shape)  # type: ignore[misc]


class _Parsers:
    def create_parser(self, protocol: str) -> PlainJsonParser:
        return PlainJsonParser(timestamp_parser=None)


def read_plain_json(client: Any) -> Any:
    """The client from now on reads DynamoDB's answers as plain JSON."""
    # botocore names no public place for this: `requirements.txt` pins the version it was tried with.
    client._endpoint._response_parser_factory = _Parsers()
    return client
