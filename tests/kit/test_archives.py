"""Archives of strangers are looked at before any library opens them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from chalicelib.kit.archives import MEGABYTE, ArchiveFlawed, Bounds, is_xml, unpacked

BOUNDS = Bounds(unpacked=MEGABYTE, parts=5)


def zipped(parts, compression=ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, 'w', compression) as archive:
        for name, part in parts:
            archive.writestr(name, part)
    return file.getvalue()


def flaw(body: bytes) -> str:
    with pytest.raises(ArchiveFlawed) as flawed:
        unpacked(body, BOUNDS)
    return str(flawed.value.flaw)


def test_the_parts_of_a_decent_archive_are_given_by_their_names():
    parts = {'a.xml': b'<a/>', 'b/c.bin': b'\0' * 1000, '\u043f.txt': b'<!DOCTYPE'[1:]}
    assert unpacked(zipped(parts.items()), BOUNDS) == parts


def test_an_archive_may_become_as_large_as_its_bounds_and_no_larger():
    assert unpacked(zipped([('a', b'x' * MEGABYTE)], ZIP_STORED), BOUNDS)
    assert flaw(zipped([('a', b'x' * (MEGABYTE + 1))], ZIP_STORED)) == 'too_large'
    assert flaw(zipped([(str(n), b'x' * (MEGABYTE // 4 + 1)) for n in range(4)])) == 'too_large'
    assert flaw(zipped([(str(n), b'') for n in range(6)])) == 'too_many_parts'
    with pytest.raises(ArchiveFlawed):
        unpacked(zipped([('a', b'0' * 900_000)]), Bounds(unpacked=MEGABYTE, ratio=10))


def test_a_part_that_lies_about_its_size_gives_no_more_than_it_says():
    body = zipped([('a.bin', b'x' * 500_000)])
    declared = (500_000).to_bytes(4, 'little')
    assert body.count(declared) == 2
    assert flaw(body.replace(declared, (10).to_bytes(4, 'little'))) == 'broken'


@pytest.mark.parametrize('name', ['../a', 'a/../../b', '/etc/a', 'C:/a', '..\\a'])
def test_no_part_leads_out_of_the_archive(name):
    assert flaw(zipped([(name, b'')])) == 'strange_parts'


@pytest.mark.filterwarnings('ignore:Duplicate name')
def test_no_name_is_there_twice():
    assert flaw(zipped([('a', b''), ('A', b'')])) == 'strange_parts'


@pytest.mark.parametrize(
    'part',
    [
        b'<!DOCTYPE a><a/>',
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        '<a/>'.encode('utf-16'),
        b'<?xml version="1.0" encoding="UTF-7"?><a/>',
        b'\xef\xbb\xbf \n<!DOCTYPE a><a/>',
    ],
)
def test_xml_defines_nothing_whatever_its_part_is_called(part):
    for name in ('a.xml', 'a.bin', 'a'):
        assert flaw(zipped([(name, part)])) == 'entities'
    assert is_xml(part)


@pytest.mark.parametrize('body', [b'', b'PK\x03\x04', b'PK\x05\x06' + b'\0' * 10, b'x' * 1000])
def test_what_is_no_archive_is_told_so(body):
    assert flaw(body) == 'broken'
