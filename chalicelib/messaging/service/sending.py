"""Messages are handed to the topic; the deliverers behind it do the rest."""

from collections.abc import Sequence
from itertools import groupby

from chalicelib.kit import telemetry
from chalicelib.messaging import repository, rules
from chalicelib.messaging.gateway import topic
from chalicelib.messaging.model import Message, Outcome


def send(*messages: Message) -> None:
    """The messages are on their way; the same id given again is the same message (NTF-020..028).

    Raises MessagesNotTaken: some may be on their way then, and all may be sent again.
    """
    for channel, alike in groupby(sorted(messages, key=lambda one: one.channel), lambda one: one.channel):
        for batch in rules.batches(_correlated(message).model_dump_json() for message in alike):
            topic.publish(channel, batch)


def outcomes(organisation: str, ids: Sequence[str]) -> dict[str, Outcome]:
    """What became of the messages of these ids; those that no deliverer has begun with are left out."""
    return {one.message: one.outcome for one in repository.deliveries(organisation, ids)}


def _correlated(message: Message) -> Message:
    if message.correlation:
        return message
    return message.model_copy(update={'correlation': telemetry.correlation()})
