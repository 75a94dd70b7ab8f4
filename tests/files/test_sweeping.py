"""The clock: what nobody took is gone after a day, what was not heard of is asked for."""

import json
from pathlib import Path

from chalicelib.files import gateway, service, workers
from chalicelib.files.model import FileStatus, Purpose
from chalicelib.files.repository import FileRow
from chalicelib.files.rules import life
from chalicelib.kit import dynamo
from tests.files.conftest import STAFF, announced, in_the_air
from tests.make import files as make

SAMPLE = Path(__file__).parents[2] / 'events' / 'files' / 'in' / 'sweep.json'


def sweeps():
    """The clock has struck."""
    workers.sweep(json.loads(SAMPLE.read_text()), None)


def files():
    return [row.pk for row in FileRow.scan() if row.sk == 'file']


def test_what_nobody_took_is_gone_after_a_day_bytes_and_row(bucket, sender, time):
    every = [
        make.judged(by=sender),
        make.received(by=sender),
        make.judged(verdict='THREATS_FOUND', by=sender),
        make.judged(verdict='UNSUPPORTED', by=sender),
    ]
    time.advance(days=1, seconds=-1)
    sweeps()
    assert len(files()) == 4
    time.advance(seconds=1)
    sweeps()
    assert (files(), make.stored(), in_the_air(sender)) == ([], [], 0)
    assert all(announced(file.id)[-1].type == 'FileRemoved' for file in every)
    sweeps()


def test_a_form_that_nobody_used_is_forgotten(bucket, call, sender, time):
    call('POST', STAFF, {'name': 'x', 'size': 1, 'purpose': 'chat'})
    time.advance(hours=1)
    sweeps()
    assert len(files()) == 1
    time.advance(hours=23)
    sweeps()
    assert (files(), in_the_air(sender)) == ([], 0)


def test_what_has_an_owner_stays(bucket, sender, time):
    file = make.judged(by=sender)
    dynamo.commit(*service.taking(file.id, Purpose.DOCUMENT, 'somebody', by=sender)[1])
    time.advance(days=400)
    sweeps()
    assert (files(), make.stored()) == ([f'demo#{file.id}'], [file.key])


def test_an_upload_whose_news_was_lost_is_found(bucket, time):
    file = make.sent()
    time.advance(hours=1)
    sweeps()
    assert make.kept(file.id).status is FileStatus.UPLOADED


def test_a_verdict_whose_news_was_lost_is_found(bucket, time):
    file, silent = make.received(), make.received()
    make.tag(file, 'NO_THREATS_FOUND')
    time.advance(minutes=5)
    sweeps()
    assert make.is_clean(file)
    make.tag(silent, 'THREATS_FOUND')
    sweeps()
    assert make.kept(silent.id).status is FileStatus.UPLOADED
    time.advance(minutes=5)
    sweeps()
    assert make.kept(silent.id).status is FileStatus.INFECTED


def test_bytes_that_cannot_be_deleted_keep_their_row_until_they_can(bucket, time, monkeypatch):
    file, other = make.judged(), make.judged()
    remove = gateway.remove

    def is_away(key):
        if key == file.key:
            raise OSError('the bucket is away')
        remove(key)

    monkeypatch.setattr(gateway, 'remove', is_away)
    time.advance(days=1)
    sweeps()
    assert (files(), make.stored()) == ([f'demo#{file.id}'], [file.key])
    monkeypatch.undo()
    sweeps()
    assert (files(), make.stored()) == ([], [])
    assert other.id not in str(files())


def test_a_file_taken_while_it_is_swept_stays_taken(bucket, sender, time, monkeypatch):
    file = make.judged(by=sender)
    time.advance(days=1)
    released = life.released

    def is_overtaken(*of):
        monkeypatch.undo()
        dynamo.commit(*service.taking(file.id, Purpose.DOCUMENT, 'somebody', by=sender)[1])
        return released(*of)

    monkeypatch.setattr(life, 'released', is_overtaken)
    sweeps()
    assert make.kept(file.id).owner == 'somebody'
    assert file.key in make.stored()
