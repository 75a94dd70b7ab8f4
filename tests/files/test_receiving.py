"""What comes by a form is looked at, kept beyond its sender's reach, and judged by the scanner's tag."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from botocore.awsrequest import AWSResponse
from PIL import Image

from chalicelib.files import gateway, repository, service, workers
from chalicelib.files.model import FileStatus, Verdict
from chalicelib.files.rules import life
from chalicelib.files.rules.kinds import Kind
from chalicelib.files.rules.life import OUTCOMES
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from tests.files.conftest import announced
from tests.make import files as make
from tests.make.notifications import payload

SAMPLE = Path(__file__).parents[2] / 'events' / 'files' / 'in' / 'inspect.json'


class Raw(io.BytesIO):
    """The body of an answer as botocore reads it."""

    def stream(self, **_):
        yield self.read()


def photo(size=(800, 600)):
    written = io.BytesIO()
    Image.new('RGB', size, 'green').save(written, 'JPEG')
    return written.getvalue()


def head(key):
    return make.s3().head_object(Bucket=make.bucket(), Key=key)


def kinds(file):
    return [told.type for told in announced(file.id)]


def hears(*keys):
    """The queue has brought news of the objects; which of the messages come again."""
    answer = workers.inspect(payload(*({'object': {'key': key, 'size': 5}} for key in keys)), None)
    return [failure['itemIdentifier'] for failure in answer['batchItemFailures']]


def test_what_came_is_kept_where_its_sender_cannot_reach_it(bucket):
    file = make.sent(photo(), name='Кран "течёт".exe')
    assert hears(f'incoming/demo/{file.id}') == []
    received = make.kept(file.id)
    digest = hashlib.sha256(photo()).hexdigest()
    assert (received.status, received.sha256, received.content_type) == ('uploaded', digest, 'image/jpeg')
    assert make.stored() == [received.key] == [f'kept/demo/{file.id}/{digest}']
    stored = head(received.key)
    assert stored['ContentType'] == 'image/jpeg'
    assert stored['ContentDisposition'].startswith('attachment; filename="')
    assert '%D0%9A' in stored['ContentDisposition']
    assert kinds(file) == ['FileAsked', 'FileReceived']


def test_a_page_that_calls_itself_a_picture_is_given_out_as_text(bucket):
    file = make.received(b'<script>alert(1)</script>', name='photo.jpg')
    assert head(file.key)['ContentType'] == 'text/plain; charset=utf-8'


def test_news_told_twice_changes_nothing(bucket):
    file = make.sent()
    assert hears(f'incoming/demo/{file.id}', f'incoming/demo/{file.id}') == []
    assert kinds(file) == ['FileAsked', 'FileReceived']
    make.tag(make.kept(file.id), 'NO_THREATS_FOUND')
    key = make.kept(file.id).key
    assert hears(key, key) == []
    assert kinds(file) == ['FileAsked', 'FileReceived', 'FileFoundClean']


def test_another_file_by_the_same_form_is_thrown_away(bucket):
    file = make.judged(b'a decent text')
    make.posted(file, b'another text!')
    assert hears(f'incoming/demo/{file.id}') == []
    assert make.stored() == [file.key]
    assert make.kept(file.id) == file


def test_a_file_exchanged_while_it_is_copied_is_looked_at_again(bucket):
    file = make.sent(b'a decent text')
    seen = gateway.look('demo', file.id)
    make.posted(file, b'another text!')

    def judge(request, **_):  # moto copies whatever the condition says
        wanted = request.headers['x-amz-copy-source-if-match'].decode()
        if wanted == gateway.look('demo', file.id).etag:
            return None
        body = b'<Error><Code>PreconditionFailed</Code></Error>'
        return AWSResponse(request.url, 412, {}, Raw(body))

    events = gateway._s3().meta.events
    events.register_first('before-send.s3.CopyObject', judge, unique_id='judge')
    try:
        with pytest.raises(gateway.IncomingReplaced):
            gateway.keep('demo', file.id, seen, Kind.TEXT, file.name)
        assert make.kept(file.id).status is FileStatus.AWAITING
    finally:
        events.unregister('before-send.s3.CopyObject', judge, unique_id='judge')
    assert hears(f'incoming/demo/{file.id}') == []
    assert make.kept(file.id).sha256 == hashlib.sha256(b'another text!').hexdigest()


def test_of_two_workers_at_one_form_the_loser_leaves_nothing(bucket, monkeypatch):
    file = make.sent(b'a decent text')
    look = gateway.look

    def is_overtaken(*of):
        seen = look(*of)
        monkeypatch.undo()
        make.posted(file, b'another text!')
        assert service.receive(*of)  # the other worker is done before this one has copied
        make.posted(file, b'a decent text')
        return seen

    monkeypatch.setattr(gateway, 'look', is_overtaken)
    assert hears(f'incoming/demo/{file.id}') == []
    winner = make.kept(file.id)
    assert winner.sha256 == hashlib.sha256(b'another text!').hexdigest()
    assert [key for key in make.stored() if key.startswith('kept/')] == [winner.key]


def test_an_upload_that_meets_the_sweep_is_not_lost(bucket, monkeypatch, time):
    file = make.sent()
    look = gateway.look

    def is_overtaken(*of):
        seen = look(*of)
        monkeypatch.undo()
        dynamo.commit(*repository.changing(life.waiting(file, time.at)))
        return seen

    monkeypatch.setattr(gateway, 'look', is_overtaken)
    # Overtaken by the sweep it looks again at once, and finds the file as it was sent.
    assert hears(f'incoming/demo/{file.id}') == []
    assert make.kept(file.id).status is FileStatus.UPLOADED


def test_what_is_not_of_the_size_told_is_thrown_away(bucket):
    file = make.sent(b'12345', size=6)
    assert hears(f'incoming/demo/{file.id}') == []
    assert (make.kept(file.id).status, make.stored()) == ('awaiting', [])


@pytest.mark.parametrize('key', ['incoming/demo/nobody', 'kept/demo/nobody/0', 'thumbnails/demo/x', 'x', ''])
def test_news_of_nothing_we_know_is_no_fault(bucket, key):
    assert hears(key) == []


def test_a_verdict_decides_and_what_is_not_clean_is_gone(bucket):
    assert set(OUTCOMES) == set(Verdict)
    for verdict, outcome in OUTCOMES.items():
        file = make.judged(verdict=verdict)
        assert file.status is outcome
        assert (file.key in make.stored()) is (outcome is FileStatus.CLEAN)
        [last] = kinds(file)[2:]
        assert last == {
            'clean': 'FileFoundClean', 'infected': 'FileFoundInfected', 'uncheckable': 'FileNotCheckable',
        }[outcome]  # fmt: skip


def test_a_verdict_of_a_word_we_do_not_know_is_no_leave(bucket):
    assert make.judged(verdict='PROBABLY_FINE').status is FileStatus.UNCHECKABLE


def test_without_a_verdict_a_file_waits(bucket):
    file = make.received()
    assert hears(file.key) == []
    assert make.kept(file.id) == file


def test_a_scanner_quicker_than_the_row_is_heard_all_the_same(bucket, monkeypatch):
    keep = gateway.keep

    def keeps_and_is_scanned(*of):
        key = keep(*of)
        tags = {'TagSet': [{'Key': gateway.TAG, 'Value': 'NO_THREATS_FOUND'}]}
        make.s3().put_object_tagging(Bucket=make.bucket(), Key=key, Tagging=tags)
        assert not service.judge(*of[:2])  # the row does not know of it yet
        return key

    monkeypatch.setattr(gateway, 'keep', keeps_and_is_scanned)
    assert make.received().status is FileStatus.CLEAN


def test_a_picture_has_a_small_one_once_it_is_clean(bucket):
    waiting = make.received(photo())
    assert waiting.thumbnail_key is None
    make.tag(waiting, 'NO_THREATS_FOUND')
    service.hear(waiting.key)
    file = make.kept(waiting.id)
    assert file.thumbnail_key == f'thumbnails/demo/{file.id}'
    stored = make.s3().get_object(Bucket=make.bucket(), Key=file.thumbnail_key)
    assert stored['ContentType'] == 'image/jpeg'
    assert Image.open(stored['Body']).size == (480, 360)
    infected = make.judged(photo((10, 10)), verdict='THREATS_FOUND')
    assert f'thumbnails/demo/{infected.id}' not in make.stored()


def test_a_broken_picture_is_clean_and_has_no_small_one(bucket):
    file = make.judged(photo()[:600])
    assert (file.status, file.content_type, file.thumbnail_key) == ('clean', 'image/jpeg', None)


def test_a_lost_race_over_a_verdict_is_no_fault(bucket, monkeypatch):
    file = make.received()
    make.tag(file, 'NO_THREATS_FOUND')

    def lost(*_):
        raise ChangedMeanwhile()

    monkeypatch.setattr(repository, 'changing', lost)
    assert hears(file.key) == []


def test_the_sample_message_is_understood(bucket):
    assert workers.inspect(json.loads(SAMPLE.read_text()), None) == {'batchItemFailures': []}
