"""The topic that every message goes through, and the queues behind it."""

from collections.abc import Sequence
from typing import Any

from chalicelib.kit import settings, telemetry
from chalicelib.messaging.gateway import aws
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


def postpone(records: Sequence[tuple[dict[str, Any], int]]) -> None:
    """Each record of a queue comes again in so many seconds; failing that, when its visibility ends."""
    if not records:
        return
    name = records[0][0]['eventSourceARN'].rpartition(':')[2]
    entries = [
        {'Id': str(number), 'ReceiptHandle': record['receiptHandle'], 'VisibilityTimeout': seconds}
        for number, (record, seconds) in enumerate(records)
    ]
    try:
        queue = aws.patient('sqs').get_queue_url(QueueName=name)['QueueUrl']
        aws.patient('sqs').change_message_visibility_batch(QueueUrl=queue, Entries=entries)
    except aws.Fault as fault:
        telemetry.log.warning('not postponed', queue=name, reason=aws.code_of(fault))
