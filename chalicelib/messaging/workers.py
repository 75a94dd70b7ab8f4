"""The three queues behind the topic: each message is delivered by its channel, or comes again later."""

import functools
from collections.abc import Callable
from typing import Any

from chalicelib.kit.lambdas import Handler, Lambdas
from chalicelib.messaging import rules
from chalicelib.messaging.gateway import topic
from chalicelib.messaging.model import Message
from chalicelib.messaging.service import delivering


class Deliverers(Lambdas):
    """Queues whose failed messages come again soon at first and then ever later."""

    def _handler(self, named: Callable[..., Any], run: Callable[..., Any]) -> Handler:
        @functools.wraps(named)
        def patient(payload: dict[str, Any], context: Any) -> Any:
            answer = run(payload, context)
            failed = {failure['itemIdentifier'] for failure in answer['batchItemFailures']}
            topic.postpone(
                [
                    (record, rules.wait(int(record.get('attributes', {}).get('ApproximateReceiveCount', 1))))
                    for record in payload['Records']
                    if record['messageId'] in failed
                ]
            )
            return answer

        return super()._handler(named, patient)


workers = Deliverers(__name__)


@workers.each_message
def deliver_push(message: Message) -> None:
    """The recipient's phones are told."""
    delivering.by_push(message)


@workers.each_message
def deliver_email(message: Message) -> None:
    """The letter is sent."""
    delivering.by_email(message)


@workers.each_message
def deliver_sms(message: Message) -> None:
    """The text message is sent."""
    delivering.by_sms(message)
