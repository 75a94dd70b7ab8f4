"""The streams of the deployed stack: one pump for each event source mapping on a table."""

import json
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local.pump import Answer, Checkpoint, Pump, SourceMapping, Throttled, dead_letter
from infra.local.signed import Caller
from infra.local.stack import Cloud
from infra.local.streams import Pulse, Record, StreamReader
from infra.local.trimming import Trimmer

THROTTLED = 429


class Plumbing:
    """All pumps, running inside the `with` block. Without an engine MiniStack's own mappings do the work.

    Those ignore retries, bisection and partial failures; that is the price of a machine without dynoxide.
    """

    def __init__(self, cloud: Cloud, engine_url: str, data: Path) -> None:
        self._cloud, self._engine_url = cloud, engine_url
        self._checkpoints = data / 'checkpoints'
        self._pulse = Pulse(data / 'dynamodb.db')
        self._trimmer = Trimmer(data / 'dynamodb.db')
        self._pumps: list[Pump] = []
        self._lambdas = Caller(cloud.url)

    def __enter__(self) -> Self:
        if not self._engine_url:
            return self
        self._checkpoints.mkdir(exist_ok=True)
        pages = self._cloud.client('lambda').get_paginator('list_event_source_mappings').paginate()
        described = [mapping for page in pages for mapping in page['EventSourceMappings']]
        self._pumps = [
            self._pump(mapping) for mapping in described if ':dynamodb:' in mapping['EventSourceArn']
        ]
        self._trimmer.start([(pump.reader.table, pump.checkpoint) for pump in self._pumps])
        self._pulse.start()
        for pump in self._pumps:
            pump.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pump in self._pumps:
            pump.stop()
        if self._pumps:
            self._pulse.stop()
            self._trimmer.stop()
        for pump in self._pumps:
            pump.join()

    def _pump(self, described: dict[str, Any]) -> Pump:
        arn = described['EventSourceArn']
        table = arn.split('/')[1]
        mapping = SourceMapping.deployed(described)
        function = mapping.function.split(':')[6]
        reader = StreamReader(self._engine_url, table, arn)
        destination = (described.get('DestinationConfig') or {}).get('OnFailure', {}).get('Destination', '')

        def invoke(records: Sequence[Record]) -> Answer:
            path = f'/2015-03-31/functions/{function}/invocations'
            event = json.dumps({'Records': records}).encode()
            status, headers, body = self._lambdas.post(path, 'lambda', {}, event)
            if status == THROTTLED:
                raise Throttled(function)
            if status != 200 or headers['X-Amz-Function-Error']:
                return Answer(is_error=True)
            return Answer(is_error=False, payload=json.loads(body or b'null'))

        def bury(records: Sequence[Record], attempts: int) -> None:
            message = dead_letter(arn, reader.shard, mapping.function, records, attempts)
            account, queue = destination.split(':')[4:6]
            arguments = {
                'QueueUrl': f'{self._cloud.url}/{account}/{queue}',
                'MessageBody': json.dumps(message),
            }
            self._lambdas.call('sqs', 'AmazonSQS.SendMessage', arguments)

        return Pump(
            reader=reader,
            mapping=mapping,
            invoke=invoke,
            bury=bury if ':sqs:' in destination else None,
            checkpoint=Checkpoint(self._checkpoints / f'{function}--{table}'),
            pulse=self._pulse,
            repeats_last_moments=True,
        )
