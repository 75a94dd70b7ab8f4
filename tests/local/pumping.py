"""A table with a stream, pumps on it, and functions that remember what they were given."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from infra.local.pump import Answer, Checkpoint, Pump, SourceMapping
from infra.local.runtime import Engine
from infra.local.streams import Pulse, Record, StreamReader

SECONDS = 10
ARN = 'arn:aws:dynamodb:eu-central-1:000000000000:table/things/stream/now'
FINE = Answer(is_error=False)
FAILED = Answer(is_error=True)
NOTHING_FAILED = Answer(is_error=False, payload={'batchItemFailures': []})


class Function:
    """A function under test: remembers its batches and answers as it is told."""

    def __init__(self, answer: Callable[[list[str]], Answer] = lambda names: FINE) -> None:
        self.answer = answer
        self.batches: list[list[str]] = []
        self._called = threading.Condition()

    def __call__(self, records: Sequence[Record]) -> Answer:
        names = [record['dynamodb']['Keys']['name']['S'] for record in records]
        answer = self.answer(names)
        with self._called:
            self.batches.append(names)
            self._called.notify_all()
        return answer

    def wait_for(self, name: str, times: int = 1) -> None:
        with self._called:
            came = self._called.wait_for(
                lambda: sum(name in batch for batch in self.batches) >= times, SECONDS
            )
        assert came, self.batches


class Morgue:
    """Where given up records go."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], int]] = []
        self._came = threading.Condition()

    def __call__(self, records: Sequence[Record], attempts: int) -> None:
        with self._came:
            self.letters.append(([record['dynamodb']['Keys']['name']['S'] for record in records], attempts))
            self._came.notify_all()

    def wait(self) -> None:
        with self._came:
            assert self._came.wait_for(lambda: bool(self.letters), SECONDS)


class World:
    """One table, and pumps that end with the test."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        assert engine.path is not None
        self.client = engine.client()
        self._engine, self._folder = engine, folder
        self._pulse = Pulse(engine.path)
        self._pulse.start()
        self._pumps: list[Pump] = []
        self.client.create_table(
            TableName='things',
            KeySchema=[{'AttributeName': 'name', 'KeyType': 'HASH'}],
            AttributeDefinitions=[{'AttributeName': 'name', 'AttributeType': 'S'}],
            BillingMode='PAY_PER_REQUEST',
            StreamSpecification={'StreamEnabled': True, 'StreamViewType': 'NEW_AND_OLD_IMAGES'},
        )

    def put(self, *names: str, kind: str = 'event') -> None:
        for name in names:
            self.client.put_item(TableName='things', Item={'name': {'S': name}, 'kind': {'S': kind}})

    def pump(self, function: Any, bury: Morgue | None = None, **settings: Any) -> Pump:
        pump = Pump(
            reader=StreamReader(self._engine.url, 'things', ARN),
            mapping=SourceMapping(function='a-function', **settings),
            invoke=function,
            bury=bury,
            checkpoint=self.checkpoint,
            pulse=self._pulse,
            complain=lambda line: None,
        )
        self._pumps.append(pump)
        pump.start()
        return pump

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint(self._folder / 'checkpoint')

    def close(self) -> None:
        for pump in self._pumps:
            pump.stop()
        self._pulse.stop()
        for pump in self._pumps:
            pump.join()
