"""The outbox shows every delivery once, in order, whoever wrote it and whatever was killed meanwhile."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra.local.clock import Clock
from infra.local.console import Console
from infra.local.outbox import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / 'outbox.jsonl'


@pytest.fixture
def console(tmp_path: Path, path: Path) -> Console:
    return Console(Clock(tmp_path / 'clock.json'), Journal(path), dict)


def test_what_one_writes_another_reads(path: Path) -> None:
    reader = Journal(path)
    assert reader.entries() == []
    written = Journal(path).add(channel='email', to='a@b.ru', subject='Счёт', text='Оплатите', data={'n': 1})
    assert reader.entries() == [written]
    assert set(written) == {'id', 'at', 'channel', 'to', 'subject', 'text', 'data'}


def test_a_reader_continues_where_it_was(path: Path) -> None:
    journal = Journal(path)
    for number in range(3):
        journal.add(channel='sms', to='+7', text=str(number), data={})
    assert [entry['text'] for entry in journal.entries(since=2)] == ['2']


def test_a_line_cut_by_a_kill_is_no_delivery_and_harms_no_other(path: Path) -> None:
    Journal(path).add(channel='sms', to='+7', text='whole', data={})
    with path.open('ab') as file:
        file.write(b'{"id": "cut')
    reader = Journal(path)
    assert [entry['text'] for entry in reader.entries()] == ['whole']
    with path.open('ab') as file:
        file.write(b'\n')
    Journal(path).add(channel='sms', to='+7', text='next', data={})
    assert [entry['text'] for entry in reader.entries()] == ['whole', 'next']


def test_many_writers_at_once_lose_nothing(path: Path) -> None:
    with ThreadPoolExecutor(16) as threads:
        list(
            threads.map(lambda n: Journal(path).add(channel='push', to='x', text=str(n), data={}), range(400))
        )
    assert sorted(int(entry['text']) for entry in Journal(path).entries()) == list(range(400))


def test_entries_are_served_from_a_position_on(console: Console, path: Path) -> None:
    for number in range(3):
        Journal(path).add(channel='sms', to='+7', text=str(number), data={})
    told = json.loads(console.answer('GET', '/outbox.json?since=1', {}, None).body)
    assert ([entry['text'] for entry in told['entries']], told['next']) == (['1', '2'], 3)
    assert console.answer('GET', '/outbox.json?since=-1', {}, None).status == 400


def test_the_page_needs_nothing_from_outside(console: Console) -> None:
    reply = console.answer('GET', '/outbox', {}, None)
    assert reply.headers['Content-Type'] == 'text/html; charset=utf-8'
    page = reply.body.decode()
    assert re.findall(r'https?://', page) == []
    assert 'prefers-color-scheme: dark' in page
