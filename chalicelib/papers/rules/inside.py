"""What a document of Word that a stranger sends may hold: text, tables and pictures, nothing that acts."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.etree import ElementTree

from chalicelib.kit.archives import MEGABYTE, ArchiveFlawed, Bounds, Flaw, is_xml, unpacked
from chalicelib.papers.model import Problem, ProblemCode

P = ProblemCode
MOST_PACKED = 2 * MEGABYTE
BOUNDS = Bounds(unpacked=20 * MEGABYTE, parts=500)

_MACROS = re.compile(r'vbaproject|vbadata|macroenabled|/macrosheets/', re.IGNORECASE)
_EMBEDDED = re.compile(r'/embeddings/|/activex/|oleobject|afchunk', re.IGNORECASE)
_ACTING_LINKS = ('oleobject', 'package', 'control', 'afchunk', 'subdocument', 'vbaproject', 'wordvbadata')
_ACTING_ELEMENTS = frozenset({'object', 'OLEObject', 'control', 'altChunk', 'subDoc', 'movie'})
_FIELDS = re.compile(
    r'\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT|EMBED|RD)\b|[{}]',
    re.IGNORECASE,
)
"""Fields that run or fetch something; and such as a placeholder could make of one that does not."""

_LINKS = ('http://', 'https://', 'mailto:', 'tel:')


def problems(body: bytes) -> list[Problem]:
    """Why the document is not opened at all, empty if nothing speaks against it."""
    if len(body) > MOST_PACKED:
        return [Problem(code=P.TOO_LARGE)]
    try:
        parts = unpacked(body, BOUNDS)
        found = dict.fromkeys(_found(parts))
    except ArchiveFlawed as error:
        is_large = error.flaw in (Flaw.TOO_LARGE, Flaw.TOO_MANY_PARTS)
        return [Problem(code=P.TOO_LARGE if is_large else P.BROKEN)]
    except (ElementTree.ParseError, UnicodeDecodeError):  # or no XML after all
        return [Problem(code=P.BROKEN)]
    return [Problem(code=code) for code in found]


def acting(document: bytes) -> list[Problem]:
    """What a filled document holds that acts: conditions of its template can bring it together."""
    found = problems(document)
    return [one for one in found if one.code not in (P.TOO_LARGE, P.BROKEN)]


def _found(parts: Mapping[str, bytes]) -> Iterator[ProblemCode]:
    if 'word/document.xml' not in parts or '[Content_Types].xml' not in parts:
        yield P.BROKEN
        return
    names = '\n'.join(f'/{name}' for name in parts) + parts['[Content_Types].xml'].decode()
    if _MACROS.search(names):
        yield P.MACROS
    if _EMBEDDED.search(names):
        yield P.EMBEDDED
    for name, part in parts.items():
        if name.lower().endswith('.rels'):
            yield from _linked(part)
        elif is_xml(part):
            yield from _written(part)


def _linked(rels: bytes) -> Iterator[ProblemCode]:
    for one in ElementTree.fromstring(rels).iter():  # noqa: S314 - nothing with entities comes so far
        kind = one.get('Type', '').rpartition('/')[2].lower()
        if kind in _ACTING_LINKS:
            yield P.EMBEDDED
        if one.get('TargetMode', '').lower() == 'external':
            target = one.get('Target', '').strip().lower()
            if kind != 'hyperlink' or not target.startswith(_LINKS):
                yield P.EXTERNAL


def _written(part: bytes) -> Iterator[ProblemCode]:
    instructions: list[str] = []
    for _, element in ElementTree.iterparse(BytesIO(part)):  # noqa: S314 - as above
        name = element.tag.rpartition('}')[2]
        if name in _ACTING_ELEMENTS:
            yield P.EMBEDDED
        elif name in ('instrText', 'delInstrText'):
            instructions.append(element.text or '')
        elif name == 'fldSimple':
            instructions += [text for key, text in element.items() if key.endswith('}instr')]
        element.clear()
    # Word puts an instruction together from all runs of its field: `DD` and `E` are one word.
    if _FIELDS.search(''.join(instructions)) or _FIELDS.search(' '.join(instructions)):
        yield P.DANGEROUS_FIELD
