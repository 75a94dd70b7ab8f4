"""The bucket: a file is whole or not there, however large it is and whatever happens on the way."""

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.reports import gateway
from chalicelib.reports.gateway import PART, Upload
from tests.reports.conftest import bucket, files
from tests.world import REGION, build_buckets


@pytest.fixture
def s3(world):
    client = boto3.client('s3', region_name=REGION)
    build_buckets(client)
    return client


def unfinished(s3):
    return s3.list_multipart_uploads(Bucket=bucket()).get('Uploads', [])


@pytest.mark.parametrize('size', [0, 1, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 17])
def test_a_file_of_any_size_is_what_was_written(size, s3):
    written = bytes(range(251)) * (size // 251 + 1)
    with Upload('demo/r/1.xlsx', 'Заявки.xlsx') as upload:
        for start in range(0, size, 1_000_003):
            chunk = written[:size][start : start + 1_000_003]
            assert upload.write(chunk) == len(chunk)
        assert files() == []
    stored = s3.get_object(Bucket=bucket(), Key='demo/r/1.xlsx')
    assert stored['Body'].read() == written[:size]
    assert upload.size == size
    assert stored['ContentType'] == gateway.XLSX
    assert unfinished(s3) == []


@pytest.mark.parametrize('size', [10, PART + 1])
def test_what_breaks_on_the_way_leaves_nothing(size, s3):
    with pytest.raises(RuntimeError, match='broken'), Upload('demo/r/1.xlsx', 'x') as upload:
        upload.write(b'x' * size)
        raise RuntimeError('broken')
    assert (files(), unfinished(s3)) == ([], [])


def test_what_cannot_be_completed_leaves_nothing(s3, monkeypatch):
    upload = Upload('demo/r/1.xlsx', 'x')
    upload.write(b'x' * (PART + 1))
    upload._parts[0]['ETag'] = 'of another part'
    with pytest.raises(ClientError):
        upload.__exit__(None, None, None)
    assert (files(), unfinished(s3)) == ([], [])


def test_memory_holds_a_part_and_no_more(s3):
    with Upload('demo/r/1.xlsx', 'x') as upload:
        for _ in range(50):
            upload.write(b'x' * 1_000_000)
            assert len(upload._held) < PART


def test_a_name_of_any_letters_fits_into_a_header(s3):
    name = 'Заявки "12"; \r\nX: y.xlsx'
    with Upload('demo/r/1.xlsx', name) as upload:
        upload.write(b'x')
    told = s3.head_object(Bucket=bucket(), Key='demo/r/1.xlsx')['ContentDisposition']
    assert told.isascii() and told.isprintable()
    assert told.startswith('attachment; filename="report.xlsx"; filename*=UTF-8\'\'')


def test_a_removed_file_is_gone_and_one_that_was_not_there_is_no_fault(s3):
    with Upload('demo/r/1.xlsx', 'x') as upload:
        upload.write(b'x')
    gateway.remove('demo/r/1.xlsx')
    gateway.remove('demo/r/1.xlsx')
    assert files() == []
