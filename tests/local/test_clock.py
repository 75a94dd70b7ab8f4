"""The local clock moves forward, and what it moves is told."""

import json
import threading
from pathlib import Path

import pytest

from infra.local.clock import Clock
from infra.local.console import Console
from infra.local.outbox import Journal


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path / 'clock.json')


@pytest.fixture
def console(clock: Clock, tmp_path: Path) -> Console:
    return Console(clock, Journal(tmp_path / 'outbox.jsonl'), lambda: {'sweep': 'done'})


def test_a_new_clock_shows_the_present(clock: Clock) -> None:
    assert json.loads(clock.path.read_text()) == {'offset_seconds': 0.0}


def test_steps_add_up_and_survive_a_restart(clock: Clock) -> None:
    clock.advance(60)
    clock.advance(0.5)
    assert Clock(clock.path).offset() == 60.5


@pytest.mark.parametrize('step', [-1.0, float('nan')])
def test_the_clock_never_goes_back(clock: Clock, step: float) -> None:
    with pytest.raises(ValueError, match='forward only'):
        clock.advance(step)
    assert clock.offset() == 0


def test_steps_made_at_once_are_all_made_and_no_reader_meets_half_a_file(clock: Clock) -> None:
    done = threading.Event()
    torn: list[str] = []

    def read() -> None:
        while not done.is_set():
            try:
                clock.offset()
            except (ValueError, OSError) as error:
                torn.append(repr(error))

    reader = threading.Thread(target=read)
    movers = [threading.Thread(target=lambda: [clock.advance(1) for _ in range(25)]) for _ in range(8)]
    for thread in (reader, *movers):
        thread.start()
    for mover in movers:
        mover.join()
    done.set()
    reader.join()
    assert (clock.offset(), torn) == (200, [])


def test_a_step_over_http_moves_the_clock_and_runs_what_is_scheduled(console: Console, clock: Clock) -> None:
    reply = console.answer('POST', '/_local/clock', {}, b'{"advance_seconds": 3600}')
    told = json.loads(reply.body)
    assert (told['offset_seconds'], told['swept'], clock.offset()) == (3600, {'sweep': 'done'}, 3600)
    assert json.loads(console.answer('GET', '/_local/clock', {}, None).body)['offset_seconds'] == 3600


@pytest.mark.parametrize(
    'body', [b'', b'{}', b'[]', b'{"advance_seconds": -5}', b'{"advance_seconds": "soon"}']
)
def test_a_senseless_step_is_refused(console: Console, clock: Clock, body: bytes) -> None:
    assert console.answer('POST', '/_local/clock', {}, body).status == 400
    assert clock.offset() == 0
