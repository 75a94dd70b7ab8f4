"""Office files from strangers are archives of XML: looked at before any library opens them.

An archive of a few kilobytes can unpack to gigabytes, a document of XML can name another file or unfold
its own entities, and a name can lead out of the archive. What passes here does none of that.
"""

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

MEGABYTE = 1024 * 1024
_BEFORE_XML = b'\xef\xbb\xbf\xff\xfe\0 \t\r\n'


class Flaw(StrEnum):
    """What is wrong with an archive."""

    BROKEN = 'broken'  # no archive, or not whole
    TOO_LARGE = 'too_large'  # unpacked, or packed beyond what any document is
    TOO_MANY_PARTS = 'too_many_parts'
    STRANGE_PARTS = 'strange_parts'  # encrypted, twice of one name, or outside the archive
    ENTITIES = 'entities'  # XML that defines entities or names another document


class ArchiveFlawed(Exception):
    """The archive is not opened."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large an archive may become: bytes of all its parts, how many parts, and times its packed size."""

    unpacked: int
    parts: int = 1000
    ratio: int = 200


def unpacked(body: bytes, bounds: Bounds) -> dict[str, bytes]:
    """The parts of the archive by their names, never more than the bounds of them in memory.

    Raises ArchiveFlawed.
    """
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            entries = archive.infolist()
            _judge(entries, len(body), bounds)
            # A part is read to the size its entry declares and no further, so the sum of those bounds it.
            parts = {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except ArchiveFlawed:
        raise
    except Exception as error:  # zipfile and its decompressors raise whatever a broken file makes them
        raise ArchiveFlawed(Flaw.BROKEN) from error
    if any(_defines(part) for part in parts.values() if is_xml(part)):
        raise ArchiveFlawed(Flaw.ENTITIES)
    return parts


def is_xml(part: bytes) -> bool:
    """Whether the part is XML, whatever its name says."""
    return part[:64].lstrip(_BEFORE_XML)[:1] == b'<'


def _judge(entries: list[zipfile.ZipInfo], packed: int, bounds: Bounds) -> None:
    if len(entries) > bounds.parts:
        raise ArchiveFlawed(Flaw.TOO_MANY_PARTS)
    whole = sum(entry.file_size for entry in entries)
    if whole > bounds.unpacked or whole > max(packed, MEGABYTE // 100) * bounds.ratio:
        raise ArchiveFlawed(Flaw.TOO_LARGE)
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) < len(names):
        raise ArchiveFlawed(Flaw.STRANGE_PARTS)
    for entry in entries:
        steps = entry.filename.replace('\\', '/').split('/')
        if entry.flag_bits & 1 or '..' in steps or steps[0] == '' or ':' in entry.filename:
            raise ArchiveFlawed(Flaw.STRANGE_PARTS)


def _defines(part: bytes) -> bool:
    # XML of other encodings than UTF-8 could hide what is looked for; office programs write UTF-8.
    if b'\0' in part[:200]:
        return True
    head = part[:200].lower()
    if b'encoding' in head and b'utf-8' not in head:
        return True
    return b'<!DOCTYPE' in part or b'<!ENTITY' in part
