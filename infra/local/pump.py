"""Stream → function, as an event source mapping of Lambda does it.

Records are delivered at least once and in order. The checkpoint moves only over records that a filter left
out, a function accepted, or the dead letter queue holds. MiniStack's own mapping ignores retries, bisection
and partial failures, and a poison record stops it for ever: hence this one.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from infra.local.patterns import Pattern, matches, parsed
from infra.local.signed import CallFailed
from infra.local.streams import Pulse, Record, StreamReader

FOREVER = -1
FIRST_BACK_OFF = 0.05
LONGEST_BACK_OFF = 2.0


class Answer(NamedTuple):
    """What became of an invocation."""

    is_error: bool
    payload: Any = None


class Throttled(RuntimeError):
    """The function could not be invoked now; that is no attempt."""


Invoke = Callable[[Sequence[Record]], Answer]
Bury = Callable[[Sequence[Record], int], None]


@dataclass(frozen=True)
class SourceMapping:
    """The settings of one event source mapping."""

    function: str
    batch_size: int = 100
    patterns: Sequence[Pattern] = ()
    retries: int = FOREVER
    bisects: bool = False
    reports_items: bool = False

    @classmethod
    def deployed(cls, description: Mapping[str, Any]) -> 'SourceMapping':
        """The settings as Lambda describes them."""
        retries = description.get('MaximumRetryAttempts')
        return cls(
            function=description['FunctionArn'],
            batch_size=int(description.get('BatchSize', 100)),
            patterns=parsed(description.get('FilterCriteria')),
            retries=FOREVER if retries is None else int(retries),
            bisects=bool(description.get('BisectBatchOnFunctionError')),
            reports_items='ReportBatchItemFailures' in (description.get('FunctionResponseTypes') or []),
        )


@dataclass
class Checkpoint:
    """How far a mapping has come, on disk."""

    path: Path

    def read(self) -> str | None:
        """The last sequence number that is done with; None before the first."""
        try:
            return self.path.read_text().strip() or None
        except FileNotFoundError:
            return None

    def move(self, sequence: str) -> None:
        """Everything up to `sequence` is done with, even if we are killed now."""
        half = self.path.with_suffix('.half')
        half.write_text(sequence)
        half.replace(self.path)


@dataclass
class Pump:
    """One mapping at work in a thread of its own."""

    reader: StreamReader
    mapping: SourceMapping
    invoke: Invoke
    bury: Bury | None
    checkpoint: Checkpoint
    pulse: Pulse
    complain: Callable[[str], None] = print
    repeats_last_moments: bool = False
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Records flow."""
        self._thread = threading.Thread(target=self._run, name=f'pump {self.mapping.function}', daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Nothing flows; what was not accepted comes again at the next start."""
        self._stopping.set()

    def join(self, seconds: float = 5) -> None:
        """The thread has ended, if it could in that time."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        is_first = self.repeats_last_moments
        while not self._stopping.is_set():
            try:
                done = self.checkpoint.read()
                # The queues end with MiniStack, and with them what went into them last and was not taken
                # out. In the cloud they do not; here it comes again, to functions that remember.
                self.reader.seek(self.reader.shortly_before(done) if is_first and done else done)
                is_first = False
                while not self._stopping.is_set():
                    seen = self.pulse.count()
                    if not self.step():
                        self.pulse.wait(seen)
            except (OSError, CallFailed, IndexError) as error:
                if not self._stopping.wait(LONGEST_BACK_OFF):
                    self.complain(f'stream to {self.mapping.function}: {error}; reading again')

    def step(self) -> bool:
        """One batch of the stream is done with; false when there was nothing to read."""
        records = self.reader.read(self.mapping.batch_size)
        if not records:
            return False
        wanted = [record for record in records if matches(record, self.mapping.patterns)]
        if self._deliver(wanted):
            self.checkpoint.move(_sequence(records[-1]))
        return True

    def _deliver(self, records: Sequence[Record]) -> bool:
        """Whether all the records are done with; false only when we are to stop."""
        waiting: list[Sequence[Record]] = [records] if records else []
        attempts = 0
        while waiting:
            if self._stopping.is_set():
                return False
            batch = waiting.pop(0)
            failed_at = self._try(batch)
            if failed_at is None:
                attempts = 0
                self.checkpoint.move(_sequence(batch[-1]))
                continue
            if failed_at > 0:
                # What stands before the failed item was accepted; the rest is a new batch that failed once.
                self.checkpoint.move(_sequence(batch[failed_at - 1]))
                waiting.insert(0, batch[failed_at:])
                attempts = 1
            elif self.mapping.bisects and len(batch) > 1:
                # Splitting does not count as an attempt.
                middle = len(batch) // 2
                waiting[:0] = [batch[:middle], batch[middle:]]
                attempts = 0
                continue
            else:
                attempts += 1
                waiting.insert(0, batch)
            if self.mapping.retries != FOREVER and attempts > self.mapping.retries:
                given_up = waiting.pop(0)
                self._give_up(given_up, attempts)
                attempts = 0
                continue
            self._stopping.wait(min(FIRST_BACK_OFF * 2 ** (attempts - 1), LONGEST_BACK_OFF))
        return True

    def _try(self, batch: Sequence[Record]) -> int | None:
        """Index of the first record that was not accepted; None when all were."""
        while True:
            with contextlib.suppress(Throttled):
                answer = self.invoke(batch)
                break
            if self._stopping.wait(FIRST_BACK_OFF):
                return 0
        if answer.is_error:
            return 0
        if not self.mapping.reports_items or not isinstance(answer.payload, dict):
            return None
        failures = answer.payload.get('batchItemFailures') or []
        if not failures:
            return None
        named = {failure.get('itemIdentifier') for failure in failures}
        places = [place for place, record in enumerate(batch) if _sequence(record) in named]
        # An identifier that is in no record fails the batch, as it does in the cloud.
        return min(places) if len(places) == len(named) else 0

    def _give_up(self, batch: Sequence[Record], attempts: int) -> None:
        self.complain(
            f'stream to {self.mapping.function}: {len(batch)} record(s) given up after {attempts} attempts'
        )
        if self.bury:
            self.bury(batch, attempts)
        self.checkpoint.move(_sequence(batch[-1]))


def dead_letter(
    stream_arn: str, shard: str, function: str, batch: Sequence[Record], attempts: int
) -> dict[str, Any]:
    """The message that Lambda leaves for records it gave up: where they are, not what they say."""
    created = [record['dynamodb']['ApproximateCreationDateTime'] for record in (batch[0], batch[-1])]
    first, last = (_iso(float(instant)) for instant in created)
    return {
        'requestContext': {
            'requestId': f'{shard}-{_sequence(batch[0])}',
            'functionArn': function,
            'condition': 'RetryAttemptsExhausted',
            'approximateInvokeCount': attempts,
        },
        'responseContext': {'statusCode': 200, 'executedVersion': '$LATEST', 'functionError': 'Unhandled'},
        'version': '1.0',
        'timestamp': _iso(time.time()),
        'DDBStreamBatchInfo': {
            'shardId': shard,
            'startSequenceNumber': _sequence(batch[0]),
            'endSequenceNumber': _sequence(batch[-1]),
            'approximateArrivalOfFirstRecord': first,
            'approximateArrivalOfLastRecord': last,
            'batchSize': len(batch),
            'streamArn': stream_arn,
        },
    }


def _sequence(record: Record) -> str:
    sequence: str = record['dynamodb']['SequenceNumber']
    return sequence


def _iso(instant: float) -> str:
    return time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(instant)) + f'.{int(instant * 1000) % 1000:03d}Z'
