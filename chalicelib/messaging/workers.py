"""The three queues behind the topic: each message is delivered by its channel, or comes again later."""

from chalicelib.kit.lambdas import Lambdas
from chalicelib.messaging.model import Message
from chalicelib.messaging.service import delivering

workers = Lambdas(__name__)


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
