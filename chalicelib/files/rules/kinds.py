"""What a file is by its first bytes; its name and what its sender says of it are never asked.

What a browser would run when it is opened (HTML, SVG, XML) is text here, and what is not known is bytes.
"""

from enum import StrEnum

HEAD = 8192
"""First bytes that are enough to tell."""


class Kind(StrEnum):
    """The content types files are given out with."""

    JPEG = 'image/jpeg'
    PNG = 'image/png'
    GIF = 'image/gif'
    WEBP = 'image/webp'
    BMP = 'image/bmp'
    TIFF = 'image/tiff'
    HEIC = 'image/heic'
    AVIF = 'image/avif'
    PDF = 'application/pdf'
    RTF = 'application/rtf'
    DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    PPTX = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
    ODT = 'application/vnd.oasis.opendocument.text'
    ODS = 'application/vnd.oasis.opendocument.spreadsheet'
    OLE = 'application/x-ole-storage'  # .doc and .xls of before 2007, .msg
    ZIP = 'application/zip'
    RAR = 'application/vnd.rar'
    SEVEN_ZIP = 'application/x-7z-compressed'
    GZIP = 'application/gzip'
    MP4 = 'video/mp4'
    QUICKTIME = 'video/quicktime'
    THREE_GP = 'video/3gpp'
    MATROSKA = 'video/webm'
    AVI = 'video/x-msvideo'
    M4A = 'audio/mp4'
    MP3 = 'audio/mpeg'
    OGG = 'audio/ogg'
    WAV = 'audio/wav'
    AMR = 'audio/amr'
    TEXT = 'text/plain; charset=utf-8'
    BYTES = 'application/octet-stream'


PICTURES = frozenset({Kind.JPEG, Kind.PNG, Kind.GIF, Kind.WEBP, Kind.BMP, Kind.TIFF})
"""What a thumbnail is made of."""

_BEGINNINGS = (
    (b'\xff\xd8\xff', Kind.JPEG),
    (b'\x89PNG\r\n\x1a\n', Kind.PNG),
    (b'GIF87a', Kind.GIF),
    (b'GIF89a', Kind.GIF),
    (b'II*\x00', Kind.TIFF),
    (b'MM\x00*', Kind.TIFF),
    (b'%PDF-', Kind.PDF),
    (b'{\\rtf', Kind.RTF),
    (b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', Kind.OLE),
    (b'Rar!\x1a\x07', Kind.RAR),
    (b"7z\xbc\xaf'\x1c", Kind.SEVEN_ZIP),
    (b'\x1f\x8b\x08', Kind.GZIP),
    (b'\x1aE\xdf\xa3', Kind.MATROSKA),
    (b'OggS', Kind.OGG),
    (b'ID3', Kind.MP3),
    (b'\xff\xfb', Kind.MP3),
    (b'\xff\xf3', Kind.MP3),
    (b'#!AMR', Kind.AMR),
)  # fmt: skip
_RIFF = {b'WEBP': Kind.WEBP, b'WAVE': Kind.WAV, b'AVI ': Kind.AVI}
_BRANDS = (
    (b'hei', Kind.HEIC), (b'hev', Kind.HEIC), (b'mif1', Kind.HEIC), (b'avi', Kind.AVIF),
    (b'qt', Kind.QUICKTIME), (b'3g', Kind.THREE_GP), (b'M4A', Kind.M4A), (b'', Kind.MP4),
)  # fmt: skip
_INSIDE_ZIP = (
    (b'mimetypeapplication/vnd.oasis.opendocument.text', Kind.ODT),
    (b'mimetypeapplication/vnd.oasis.opendocument.spreadsheet', Kind.ODS),
    (b'word/', Kind.DOCX),
    (b'xl/', Kind.XLSX),
    (b'ppt/', Kind.PPTX),
)
_TEXT_CONTROLS = frozenset(b'\t\n\r\f\x1b')


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins so; HEAD bytes are enough, fewer only if the file ends there."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b'RIFF':
        return _RIFF.get(head[8:12], Kind.BYTES)
    if head[4:8] == b'ftyp':
        return next(kind for brand, kind in _BRANDS if head[8:12].startswith(brand))
    if head[:4] in (b'PK\x03\x04', b'PK\x05\x06'):
        return _of_archive(head)
    if head[:2] == b'BM' and head[6:10] == b'\x00\x00\x00\x00':
        return Kind.BMP
    return Kind.TEXT if _is_text(head) else Kind.BYTES


def _of_archive(head: bytes) -> Kind:
    # Names of entries stand before their bytes and are never compressed.
    is_office = b'[Content_Types].xml' in head or b'_rels/' in head
    for trace, kind in _INSIDE_ZIP:
        if trace in head and (is_office or trace.startswith(b'mimetype')):
            return kind
    return Kind.ZIP


def _is_text(head: bytes) -> bool:
    if not head or any(byte < 32 and byte not in _TEXT_CONTROLS for byte in head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        # The last letter may have been cut in two; anything before it must be one.
        return len(head) >= HEAD and error.start >= len(head) - 3 and error.reason == 'unexpected end of data'
    return True
