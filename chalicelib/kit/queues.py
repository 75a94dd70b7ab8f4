"""When a message of a queue that failed comes again: soon at first, then ever later."""

from collections.abc import Sequence
from typing import Any

from chalicelib.kit import aws, telemetry

FIRST_WAIT, LONGEST_WAIT = 5, 900


def wait(tries: int) -> int:
    """Seconds until a message that failed for the `tries`-th time comes again: 5, 20, 80, 320, then 900."""
    return int(min(LONGEST_WAIT, FIRST_WAIT * 4 ** (max(1, tries) - 1)))


def postpone(records: Sequence[dict[str, Any]]) -> None:
    """The failed records of a queue, at most ten, come again after their wait.

    Failing that they come when their visibility ends, which is meant for a function that died.
    """
    if not records:
        return
    name = records[0]['eventSourceARN'].rpartition(':')[2]
    entries = [
        {'Id': str(place), 'ReceiptHandle': record['receiptHandle'], 'VisibilityTimeout': _wait_of(record)}
        for place, record in enumerate(records)
    ]
    try:
        queue = aws.patient('sqs').get_queue_url(QueueName=name)['QueueUrl']
        aws.patient('sqs').change_message_visibility_batch(QueueUrl=queue, Entries=entries)
    except aws.Fault as fault:
        telemetry.log.warning('not postponed', queue=name, reason=aws.code_of(fault))


def _wait_of(record: dict[str, Any]) -> int:
    return wait(int(record.get('attributes', {}).get('ApproximateReceiveCount', 1)))
