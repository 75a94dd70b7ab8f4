"""Small pictures of pictures: bounded in size, upright, and without what a camera wrote about its owner."""

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 480
"""Pixels of the longer side of a thumbnail at most."""

MOST_PIXELS = 60_000_000
"""A picture of more is not opened: it would need more memory than its worker has."""

MOST_PIXELS_JPEG = 220_000_000
"""A JPEG is read small from the beginning: the largest sensors of telephones have 200 megapixels."""

QUALITY = 80
_FORMATS = ('JPEG', 'PNG', 'GIF', 'WEBP', 'BMP', 'TIFF')


def thumbnail(picture: bytes) -> bytes | None:
    """A JPEG of at most SIDE pixels a side, upright as its EXIF says; None if the picture cannot be read."""
    from PIL import Image  # 60 ms of import that only the worker needs

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_JPEG
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('error', Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
                return _drawn(opened) if _is_bearable(opened) else None
    except Exception:  # whatever a broken or hostile picture brings about, the file stays what it is
        return None


def _is_bearable(opened: 'Image') -> bool:
    # Only the head has been read so far: no pixel is in memory.
    bound = MOST_PIXELS_JPEG if opened.format in ('JPEG', 'MPO') else MOST_PIXELS
    return opened.width * opened.height <= bound


def _drawn(opened: 'Image') -> bytes:
    from PIL import Image, ImageOps

    opened.draft('RGB', (2 * SIDE, 2 * SIDE))
    opened.thumbnail((SIDE, SIDE))
    upright = ImageOps.exif_transpose(opened).convert('RGBA')
    page = Image.new('RGB', upright.size, 'white')
    page.paste(upright, mask=upright)
    written = io.BytesIO()
    page.save(written, 'JPEG', quality=QUALITY, optimize=True)
    return written.getvalue()
