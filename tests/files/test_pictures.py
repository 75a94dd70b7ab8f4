"""Small pictures: bounded, upright, silent about their owners, and never the ruin of the worker."""

import io
import struct
import zlib

import pytest
from PIL import Image

from chalicelib.files.rules import pictures


def drawn(size, format_='JPEG', mode='RGB', **how):
    written = io.BytesIO()
    Image.new(mode, size, 'red' if mode == 'RGB' else 0).save(written, format_, **how)
    return written.getvalue()


def small(picture):
    return Image.open(io.BytesIO(pictures.thumbnail(picture)))


@pytest.mark.parametrize(
    ('size', 'least'),
    [((4000, 3000), (480, 360)), ((3000, 4000), (360, 480)), ((100, 50), (100, 50)), ((5000, 2), (480, 1))],
)
def test_a_thumbnail_keeps_the_form_and_never_grows(size, least):
    shown = small(drawn(size))
    assert (shown.size, shown.format) == (least, 'JPEG')


@pytest.mark.parametrize('format_', ['PNG', 'GIF', 'WEBP', 'BMP', 'TIFF'])
def test_every_kind_of_picture_has_a_thumbnail(format_):
    assert small(drawn((600, 300), format_)).size == (480, 240)


@pytest.mark.parametrize('mode', ['L', 'LA', 'P', 'RGBA', 'I;16', '1'])
def test_so_has_every_way_of_writing_pixels(mode):
    assert small(drawn((600, 300), 'PNG', mode)).mode == 'RGB'


def test_what_is_transparent_is_white():
    assert small(drawn((10, 10), 'PNG', 'RGBA')).getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_taken_with_the_phone_on_its_side_stands_upright_and_tells_no_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = 'N'
    shown = small(drawn((800, 400), exif=exif))
    assert shown.size == (240, 480)
    assert not shown.getexif()


def bomb(width, height):
    def chunk(kind, body):
        return struct.pack('>I', len(body)) + kind + body + struct.pack('>I', zlib.crc32(kind + body))

    head = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b'\x00' * 1_000_000)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', body) + chunk(b'IEND', b'')


@pytest.mark.parametrize('side', [7800, 20_000, 65_000])
def test_a_picture_of_too_many_pixels_is_not_opened(side):
    assert pictures.thumbnail(bomb(side, side)) is None


def test_a_jpeg_of_the_largest_telephones_is_read_small():
    shown = small(drawn((16_384, 12_288), 'JPEG', 'L'))
    assert shown.size == (480, 360)


@pytest.mark.parametrize(
    'bytes_',
    [b'', b'\xff\xd8\xff', drawn((500, 500))[:900], b'GIF89a' + b'\x00' * 50, b'text', bomb(10, 10)[:50]],
)
def test_what_cannot_be_read_has_none(bytes_):
    assert pictures.thumbnail(bytes_) is None
