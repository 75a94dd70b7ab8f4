"""The clock, the stream and the queue of requests."""

from typing import Any

from chalicelib.kit.lambdas import Lambdas
from chalicelib.kit.outbox import Delivered
from chalicelib.requests import service
from chalicelib.requests.model.request import Request

workers = Lambdas(__name__)


@workers.every('1 minute')
def sweep() -> None:
    """Whatever has fallen due is recorded; a missed minute is caught up, a double run changes nothing."""
    service.sweep()


@workers.each_stream_record
def index(record: dict[str, Any]) -> None:
    """Lists and search show the request whose row the record brings."""
    body = record['dynamodb'].get('NewImage', {}).get('body')
    if record['dynamodb']['Keys']['sk']['S'] == 'request' and body is not None:
        service.index(Request.model_validate_json(body['S']))


@workers.each_message
def follow(delivered: Delivered) -> None:
    """The machine that follows the status is at work."""
    service.follow(delivered)
