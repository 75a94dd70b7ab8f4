"""Reads the change streams of the engine, and notices at once that it has written something."""

import threading
from pathlib import Path
from typing import Any

from infra.local.engine import REGION
from infra.local.signed import Caller, CallFailed

Record = dict[str, Any]
TARGET = 'DynamoDBStreams_20120810.'
LAST_MOMENTS = 10.0
MOST_REPEATED = 100


class StreamReader:
    """The stream of one table, from any position on."""

    def __init__(self, engine_url: str, table: str, announced_arn: str) -> None:
        self._engine, self.table, self._arn = Caller(engine_url), table, announced_arn
        self._iterator = ''
        self.shard = ''

    def seek(self, after: str | None) -> None:
        """The next record read is the one after sequence number `after`, or the oldest there is."""
        table = self._engine.call('dynamodb', 'DynamoDB_20120810.DescribeTable', {'TableName': self.table})
        arn = table['Table']['LatestStreamArn']
        stream = self._call('DescribeStream', {'StreamArn': arn})['StreamDescription']
        self.shard = stream['Shards'][0]['ShardId']
        where: dict[str, str] = {'ShardIteratorType': 'TRIM_HORIZON'}
        if after:
            where = {'ShardIteratorType': 'AFTER_SEQUENCE_NUMBER', 'SequenceNumber': after}
        place = {'StreamArn': arn, 'ShardId': self.shard}
        self._iterator = self._call('GetShardIterator', place | where)['ShardIterator']

    def shortly_before(self, sequence: str) -> str | None:
        """The position from which what was written in the last moments up to `sequence` comes again.

        None is the oldest record there is.
        """
        first = int(sequence) - MOST_REPEATED
        try:
            self.seek(str(first) if first > 0 else None)
            records = [one['dynamodb'] for one in self.read(MOST_REPEATED)]
        except CallFailed:  # the stream does not reach back so far
            return sequence
        done = [one for one in records if int(one['SequenceNumber']) <= int(sequence)]
        if not done:
            return sequence
        since = done[-1]['ApproximateCreationDateTime'] - LAST_MOMENTS
        oldest = next(one for one in done if one['ApproximateCreationDateTime'] >= since)
        before = int(oldest['SequenceNumber']) - 1
        return str(before) if before else None

    def last(self) -> str | None:
        """The sequence number of the newest record; None when there is none yet."""
        table = self._engine.call('dynamodb', 'DynamoDB_20120810.DescribeTable', {'TableName': self.table})
        stream = self._call('DescribeStream', {'StreamArn': table['Table']['LatestStreamArn']})
        newest: str | None = stream['StreamDescription']['Shards'][0]['SequenceNumberRange'].get(
            'EndingSequenceNumber'
        )
        return newest

    def read(self, limit: int) -> list[Record]:
        """Up to `limit` records in the order of writing, as Lambda hands them to a function."""
        answer = self._call('GetRecords', {'ShardIterator': self._iterator, 'Limit': limit})
        self._iterator = answer['NextShardIterator']
        records: list[Record] = answer['Records']
        for record in records:
            record['awsRegion'] = REGION
            record['eventSourceARN'] = self._arn
        return records

    def _call(self, action: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return self._engine.call('dynamodb', TARGET + action, arguments)


class Pulse:
    """Beats when the engine's write-ahead log has changed: cheaper by far than asking every stream.

    Looking at a file costs a microsecond, so it is looked at often; that a change fell into the same tick of
    the file system's clock as the look before is healed by `SLOWEST`.
    """

    LOOK = 0.004
    SLOWEST = 0.1

    def __init__(self, database: Path) -> None:
        self._log = database.with_name(database.name + '-wal')
        self._beat = threading.Condition()
        self._count = 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name='pulse', daemon=True)

    def start(self) -> None:
        """The log is watched."""
        self._thread.start()

    def stop(self) -> None:
        """Nobody watches, and nobody waits any more."""
        self._stopping.set()
        with self._beat:
            self._beat.notify_all()

    def count(self) -> int:
        """How often the log has changed since the start."""
        return self._count

    def wait(self, seen: int) -> None:
        """There was a beat after the `seen`-th, or a tenth of a second has passed."""
        with self._beat:
            if self._count == seen and not self._stopping.is_set():
                self._beat.wait(self.SLOWEST)

    def _watch(self) -> None:
        last = self._look()
        while not self._stopping.wait(self.LOOK):
            now = self._look()
            if now != last:
                last = now
                with self._beat:
                    self._count += 1
                    self._beat.notify_all()

    def _look(self) -> tuple[int, int]:
        try:
            status = self._log.stat()
        except OSError:
            return 0, 0
        return status.st_mtime_ns, status.st_size
