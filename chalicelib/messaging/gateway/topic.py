"""The topic that every message goes through."""

from collections.abc import Sequence

from chalicelib.kit import aws, settings
from chalicelib.messaging.model import Channel, MessagesNotTaken


def publish(channel: Channel, bodies: Sequence[str]) -> None:
    """The topic has the bodies, at most ten. Raises MessagesNotTaken when it lacks any of them."""
    entries = [
        {
            'Id': str(number),
            'Message': body,
            'MessageAttributes': {'channel': {'DataType': 'String', 'StringValue': channel}},
        }
        for number, body in enumerate(bodies)
    ]
    try:
        answer = aws.patient('sns').publish_batch(
            TopicArn=settings.required('MESSAGES_TOPIC'), PublishBatchRequestEntries=entries
        )
    except aws.Fault as fault:
        raise MessagesNotTaken(count=len(entries), reason=aws.code_of(fault)) from fault
    if answer.get('Failed'):
        raise MessagesNotTaken(count=len(answer['Failed']), reason=str(answer['Failed'][0].get('Code')))
