"""A small night replayed through the whole runtime, and what the tool would say of one that went wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.paths import ROOT
from infra.local.runtime import Runtime, is_installed
from tests.bench import night
from tests.bench.replay import Made, Night, main

CSV = Path(__file__).with_name('night.csv')


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    with Runtime(tmp_path) as running:
        # Loaded by `make run` alone; by a child here, since our own process is of another deployment.
        environment = {**os.environ, **running.environment()}
        load = [sys.executable, '-c', f'from infra.local import demo; demo.load({running.api!r})']
        subprocess.run(load, cwd=ROOT, env=environment, check=True)
        yield running
        print(running.logs())  # seen only where the test failed


@pytest.mark.journey
@pytest.mark.skipif(not is_installed(), reason='python -m infra.local install has not been run')
def test_every_complaint_of_a_night_becomes_one_request_that_ends(runtime, capsys):
    assert main(['--csv', str(CSV), '--api', runtime.api, '--people', '4']) == 0
    told = capsys.readouterr().out
    assert 'requests created: 12 of 12' in told
    assert 'status: cancelled 2, done 10' in told
    assert 'channel: app 2, incoming_call 5, site 5' in told
    assert 'SLA breaches: 2' in told
    assert 'errors: 0' in told


def after_the_night(**changes) -> tuple[Night, list[dict]]:
    """A night that went well but for the changes of the first line of the list."""
    told = Night.__new__(Night)
    told.complaints = night.read(CSV)
    told.made = [Made(complaint, number) for number, complaint in enumerate(told.complaints, 1)]
    channels = {'ONLINE': 'site', 'MOBILE': 'app', 'PHONE': 'incoming_call'}
    lines = [
        {
            'number': made.number,
            'status': {'code': 'cancelled' if made.complaint.is_duplicate else 'done'},
            'channel': channels[made.complaint.channel],
            'labels': ['reaction_breached'] * made.complaint.is_breach,
        }
        for made in told.made
    ]
    lines[0].update(changes)
    return told, lines


def test_complaints_are_read_in_the_order_in_which_they_were_made():
    assert [complaint.key for complaint in night.read(CSV)] == [str(1000 + number) for number in range(1, 13)]


def test_a_night_that_went_well_is_found_so():
    told, lines = after_the_night()
    assert told.judged(lines) == []


@pytest.mark.parametrize(
    ('changes', 'fault'),
    [
        ({'number': 2}, 'numbers of their own'),
        ({'number': 99}, 'numbers, as answered and as listed'),
        ({'status': {'code': 'in_progress'}}, 'statuses'),
        ({'channel': 'other'}, 'channels'),
        ({'labels': ['execution_breached']}, 'SLA breaches'),
    ],
)
def test_a_night_that_went_wrong_is_found_so(changes, fault):
    told, lines = after_the_night(**changes)
    assert any(fault in wrong for wrong in told.judged(lines))


def test_a_request_that_is_lost_or_made_twice_is_found():
    told, lines = after_the_night()
    assert any('requests in the list' in wrong for wrong in told.judged(lines[1:]))
    assert any('requests in the list' in wrong for wrong in told.judged([*lines, {**lines[0], 'number': 13}]))
