"""What a file is, is told by its bytes alone."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from PIL import Image

from chalicelib.files import gateway
from chalicelib.files.rules import names
from chalicelib.files.rules.kinds import HEAD, PICTURES, Kind, kind_of


def drawn(format_):
    written = io.BytesIO()
    Image.new('RGB', (3, 2)).save(written, format_)
    return written.getvalue()


def packed(*entries, stored=()):
    written = io.BytesIO()
    with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in stored:
            archive.writestr(zipfile.ZipInfo(name), text)
        for name in entries:
            archive.writestr(name, 'x' * 100)
    return written.getvalue()


def workbook():
    written = io.BytesIO()
    Workbook().save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ('head', 'kind'),
    [
        (drawn('JPEG'), Kind.JPEG),
        (drawn('PNG'), Kind.PNG),
        (drawn('GIF'), Kind.GIF),
        (drawn('WEBP'), Kind.WEBP),
        (drawn('BMP'), Kind.BMP),
        (drawn('TIFF'), Kind.TIFF),
        (b'\x00\x00\x00\x18ftypheic\x00\x00', Kind.HEIC),
        (b'\x00\x00\x00\x18ftypavif\x00\x00', Kind.AVIF),
        (b'\x00\x00\x00\x18ftypisom\x00\x00', Kind.MP4),
        (b'\x00\x00\x00\x14ftypqt  \x00\x00', Kind.QUICKTIME),
        (b'\x00\x00\x00\x14ftypM4A \x00\x00', Kind.M4A),
        (b'%PDF-1.7\n%\xe2\xe3', Kind.PDF),
        (b'{\\rtf1\\ansi', Kind.RTF),
        (b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\x00' * 500, Kind.OLE),
        (workbook(), Kind.XLSX),
        (packed('[Content_Types].xml', '_rels/.rels', 'word/document.xml'), Kind.DOCX),
        (packed('[Content_Types].xml', 'ppt/presentation.xml'), Kind.PPTX),
        (packed('content.xml', stored=[('mimetype', Kind.ODS.value)]), Kind.ODS),
        (packed('content.xml', stored=[('mimetype', Kind.ODT.value)]), Kind.ODT),
        (packed('word/virus.exe'), Kind.ZIP),
        (packed(), Kind.ZIP),
        (b'Rar!\x1a\x07\x01\x00', Kind.RAR),
        (b'RIFF\x24\x00\x00\x00WAVEfmt ', Kind.WAV),
        (b'RIFF\x24\x00\x00\x00????', Kind.BYTES),
        (b'OggS\x00\x02', Kind.OGG),
        (b'ID3\x04\x00', Kind.MP3),
        ('Показания;12,5\r\n'.encode(), Kind.TEXT),
        ('\ufeffномер;дом\n'.encode(), Kind.TEXT),
        (b'MZ\x90\x00\x03\x00', Kind.BYTES),
        (b'\x7fELF\x02\x01', Kind.BYTES),
        ('Показания'.encode('cp1251'), Kind.BYTES),
        (b'', Kind.BYTES),
        (b'\x00', Kind.BYTES),
    ],
)
def test_a_kind_is_told_by_the_first_bytes(head, kind):
    assert kind_of(head[:HEAD]) is kind


@pytest.mark.parametrize(
    'page',
    [b'<!DOCTYPE html><script>alert(1)</script>', b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>',
     b'<?xml version="1.0"?><a/>'],
)  # fmt: skip
def test_what_a_browser_would_run_is_mere_text(page):
    assert kind_of(page) is Kind.TEXT


@pytest.mark.parametrize('cut', range(HEAD - 3, HEAD + 1))
def test_a_letter_cut_in_two_at_the_end_of_what_is_looked_at_is_still_text(cut):
    head = ('a' * (HEAD - cut) + 'я' * HEAD).encode()[:HEAD]
    assert kind_of(head) is Kind.TEXT


def test_a_letter_cut_in_two_at_the_end_of_a_short_file_is_no_text():
    assert kind_of('Акт'.encode()[:-1]) is Kind.BYTES


def test_no_kind_of_picture_is_one_that_a_browser_runs():
    assert {kind.value.partition('/')[0] for kind in PICTURES} == {'image'}
    assert not {'html', 'svg', 'xml', 'javascript'} & {kind.value.rpartition('/')[2] for kind in Kind}


@pytest.mark.parametrize(
    ('name', 'decent'),
    [
        ('Акт №5.pdf', 'Акт №5.pdf'),
        ('../../etc/passwd', 'passwd'),
        ('C:\\Users\\Анна\\чек.jpg', 'чек.jpg'),
        ('счёт\u202egpj.exe', 'счётgpj.exe'),
        ('.htaccess', 'htaccess'),
        ('a:b*c?.txt', 'a_b_c_.txt'),
        ('...', 'file'),
        ('/', 'file'),
        ('й.txt', 'й.txt'),
    ],
)
def test_a_name_leads_nobody_astray(name, decent):
    assert names.safe(name) == decent


@pytest.mark.parametrize('name', ['Акт "5"; x=\r\ny.pdf', 'отчёт 100%.xlsx', 'plain.txt', 'я' * 200])
def test_any_name_fits_into_a_header_and_saves_the_file(name):
    told = gateway.saved_as(name)
    assert told.isascii() and told.isprintable()
    assert told.startswith('attachment; filename="')
    quoted = told.split('filename="')[1].split('"')[0]
    assert not set('"\\;%') & set(quoted)
    assert told.count('"') == 2
