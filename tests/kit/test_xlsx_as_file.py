"""A workbook as a file: written from beginning to end, and complete or none."""

import gc
import io
import zipfile

import pytest

from chalicelib.kit.xlsx import Column, Kind, Workbook
from tests.kit.sheets import MOSCOW, cells, made


class Upload(io.RawIOBase):
    """Takes bytes in their order, and cannot say where it is; breaks after `room` of them."""

    def __init__(self, room=10**9):
        self.taken, self.room = b'', room

    def writable(self):
        return True

    def write(self, written):
        if len(self.taken) >= self.room:
            raise OSError('the upload broke')
        self.taken += bytes(written)
        return len(written)


def test_an_upload_takes_the_workbook_as_it_is_written():
    upload = Upload()
    rows = [[n, f'строка {n}'] for n in range(9000)]
    with Workbook(
        upload, zone=MOSCOW, sheet='Лист', columns=[Column('Номер', Kind.INTEGER), Column('Слово')]
    ) as book:
        for row in rows:
            book.add(row)
        assert len(upload.taken) > 1000, 'nothing is held back until the end'
    assert cells(io.BytesIO(upload.taken)) == rows
    assert zipfile.ZipFile(io.BytesIO(upload.taken)).testzip() is None


def test_the_same_rows_make_the_same_bytes():
    once, again = (made([Kind.TEXT, Kind.INTEGER], [['строка', 1], ['=1', 2]]) for _ in range(2))
    assert once.getvalue() == again.getvalue()


def test_a_workbook_without_rows_is_a_header():
    assert cells(made([Kind.TEXT], [])) == []


def test_a_block_that_breaks_leaves_no_workbook():
    file = io.BytesIO()
    with (
        pytest.raises(LookupError),
        Workbook(file, zone=MOSCOW, sheet='Лист', columns=[Column('Номер', Kind.INTEGER)]) as book,
    ):
        for number in range(20_000):
            book.add([number])
        raise LookupError
    del book
    gc.collect()
    assert file.getvalue()
    assert not zipfile.is_zipfile(file)


@pytest.mark.parametrize('room', [0, 1, 500, 1500, 2500])
def test_a_file_that_breaks_is_no_workbook_and_is_not_written_to_again(room):
    upload = Upload(room)
    book = Workbook(upload, zone=MOSCOW, sheet='Лист', columns=[Column('Номер')])
    with pytest.raises(OSError, match='the upload broke'), book:
        book.add([''.join(map(chr, range(0x400, 0x1000)))])
    taken, upload.room = upload.taken, 10**9
    del book
    gc.collect()
    assert upload.taken == taken
    assert not zipfile.is_zipfile(io.BytesIO(taken))


def test_a_row_is_refused_outside_the_block():
    book = Workbook(io.BytesIO(), zone=MOSCOW, sheet='Лист', columns=[Column('Номер')])
    with pytest.raises(ValueError, match='not open'):
        book.add(['1'])
    with book:
        book.add(['1'])
    with pytest.raises(ValueError, match='not open'):
        book.add(['2'])


def test_a_workbook_that_was_never_begun_writes_nothing():
    file = io.BytesIO()
    book = Workbook(file, zone=MOSCOW, sheet='Лист', columns=[Column('Номер')])
    del book
    gc.collect()
    assert file.getvalue() == b''
