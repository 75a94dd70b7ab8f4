"""What strangers write into templates: values are shown, nothing is run."""

import os
import sys

import pytest

from chalicelib.papers import gateway
from chalicelib.papers.gateway import renderer, sandbox
from chalicelib.papers.model import Kind, TemplateRejected
from chalicelib.papers.rules import fields
from chalicelib.papers.service import presets
from tests.make import papers as make


def problems(*paragraphs, rows=()):
    with pytest.raises(TemplateRejected) as rejected:
        gateway.judge(make.template(*paragraphs, rows=rows), fields.example())
    return [(str(one.code), one.text) for one in rejected.value.problems]


def filled(*paragraphs, rows=()):
    return make.text(gateway.fill(make.template(*paragraphs, rows=rows), fields.example()))


@pytest.mark.proves('ACT-003', 'ACT-007')
def test_a_template_shows_values_conditions_and_a_row_for_each_position():
    text = filled(
        'Договор {{ document.number }} от {{ document.date }}',
        '{% if client.phone %}Тел. {{ client.phone }}{% endif %}',
        rows=(
            '{%tr for one in positions %}', '{{ loop.index }}. {{ one.name }}: {{ one.total }}',
            '{%tr endfor %}',
        ),
    )  # fmt: skip
    assert text.splitlines() == [
        'Договор 1207-1 от 22 ноября 2026 г.', 'Тел. +79010000001',
        '1. Замена смесителя & «сифона» <кухня>: 1\u00a0640,63', '2. Выезд мастера: 500,00',
    ]  # fmt: skip


def test_nothing_of_a_value_is_lost_or_taken_for_markup():
    values = fields.example()
    values['client']['name'] = 'ООО "Ромашка" & <Ко> {{ total.sum }} <w:p/>'
    body = gateway.fill(make.template('Заказчик: {{ client.name }}'), values)
    assert make.text(body) == 'Заказчик: ООО "Ромашка" & <Ко> {{ total.sum }} <w:p/>'


def test_the_same_template_and_values_make_the_same_bytes():
    body = presets.body(Kind.ACT)
    assert gateway.fill(body, fields.example()) == gateway.fill(body, fields.example())


@pytest.mark.parametrize('kind', Kind)
def test_the_presets_are_templates_that_pass_their_own_trial(kind):
    gateway.judge(presets.body(kind), fields.example())
    text = make.text(gateway.fill(presets.body(kind), fields.example()))
    assert '{' not in text and '%}' not in text
    for value in ('Петров Пётр Петрович', 'ООО «Домовой»', '7707083893', '2\u00a0140,63', 'Выезд мастера'):
        assert value in text


ATTACK = "{{ cycler.__init__.__globals__.os.popen('touch PLACE').read() }}"


@pytest.mark.proves('ACT-005')
def test_a_template_that_runs_a_command_of_the_machine_is_refused(tmp_path):
    mark = tmp_path / 'was here'
    attack = ATTACK.replace('PLACE', str(mark))
    assert problems(attack)[0][0] in ('unknown_placeholder', 'forbidden')
    with pytest.raises(TemplateRejected):
        gateway.fill(make.template(attack), fields.example())
    assert not mark.exists()


def test_the_command_would_have_run_without_the_sandbox(tmp_path):
    from docxtpl import DocxTemplate

    body, mark = tmp_path / 'a.docx', tmp_path / 'mark'
    body.write_bytes(make.template(ATTACK.replace('PLACE', str(mark))))
    DocxTemplate(body).render({})
    assert mark.exists()


@pytest.mark.parametrize(
    'attack',
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ client['__class__'] }}",
        '{{ positions.__class__ }}',
        '{{ positions.append(1) }}',
        '{{ client.items() }}',
        "{{ client.name.format_map('') }}",
        '{{ loop.__init__ }}',
        '{{ self.__init__.__globals__ }}',
        "{{ lipsum.__globals__['os'] }}",
        "{{ joiner('x') }}", '{{ range(10) }}', "{{ namespace(a=1) }}",
        "{{ client.name|attr('__class__') }}",
        "{{ 'x'|safe }}",
        "{{ 'a' * 20000000 }}",
        "{{ 'a' + 'b' }}",
        "{{ '%s' % client }}",
        '{{ 9 ** 9 ** 9 }}',
        "{% include 'a' %}", "{% import 'a' as b %}", "{% extends 'a' %}",
        '{% for x in positions %}{% for y in loop.__class__ %}{% endfor %}{% endfor %}',
    ],
)  # fmt: skip
def test_whatever_asks_for_more_than_values_is_refused(attack):
    assert {code for code, _ in problems(attack)} <= {
        'forbidden', 'unknown_placeholder', 'syntax', 'broken',
    }  # fmt: skip
    with pytest.raises(TemplateRejected):
        gateway.fill(make.template(attack), fields.example())


def test_each_unknown_placeholder_is_named():
    told = problems(
        '{{ client.surname }} {{ total.sum }} {{ price }}',
        '{% if company.kpp %}{{ company.director }}{% endif %}',
        rows=('{%tr for one in positions %}', '{{ one.cost }} {{ one.name }}', '{%tr endfor %}'),
    )
    assert {code for code, _ in told} == {'unknown_placeholder'}
    assert {text for _, text in told} == {'client.surname', 'price', 'company.director', 'one.cost'}


def test_a_fault_of_writing_is_told_with_its_place():
    [(code, text)] = problems('Всё хорошо', 'Итого {{ total.sum')
    assert code in ('syntax', 'broken')
    [(code, text)] = problems('Итого {% if total.sum %} рублей')
    assert code == 'syntax'
    [(code, text)] = problems('Итого {{ total.sum | денег }}')
    assert (code, 'total.sum' in text) == ('syntax', True)


def test_a_template_that_never_ends_or_grows_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr(sandbox, 'SECONDS', 1)
    nested = ''.join(f'{{% for a{n} in client.name %}}' for n in range(9)) + 'x' + '{% endfor %}' * 9
    assert problems(nested)[0][0] in ('too_slow', 'too_large')
    monkeypatch.setattr(sandbox, 'SECONDS', 10)
    monkeypatch.setattr(sandbox, 'MEMORY', 400 * 1024 * 1024)
    grown = '{% set x = client.name %}' + '{% set x = x ~ x %}' * 40 + '{{ x }}'
    assert problems(grown)[0][0] in ('too_large', 'too_slow', 'broken')


def test_what_opens_as_no_document_is_refused():
    for body in (b'', b'PK\x03\x04', b'<html/>'):
        with pytest.raises(TemplateRejected) as rejected:
            gateway.judge(body, fields.example())
        assert [str(one.code) for one in rejected.value.problems] == ['broken']


def test_the_process_knows_nothing_of_where_it_runs_and_writes_no_file(tmp_path, monkeypatch):
    spy = tmp_path / 'renderer.py'
    spy.write_text(
        'import base64, importlib.util, json, os, sys\n'
        'limits = json.loads(sys.argv[1])\n'
        f'spec = importlib.util.spec_from_file_location("renderer", {str(sandbox.RENDERER)!r})\n'
        'real = importlib.util.module_from_spec(spec)\n'
        'sys.path[:] = limits["path"]\n'
        'spec.loader.exec_module(real)\n'
        'json.load(sys.stdin)\n'
        'real.confine(limits)\n'
        'try:\n'
        f'    open({str(tmp_path / "written")!r}, "w").write("x" * 100000)\n'
        '    wrote = True\n'
        'except OSError:\n'
        '    wrote = False\n'
        'told = json.dumps({"environment": sorted(os.environ), "wrote": wrote}).encode()\n'
        'json.dump({"problems": [], "document": base64.b64encode(told).decode()}, sys.stdout)\n'
    )
    monkeypatch.setattr(sandbox, 'RENDERER', spy)
    monkeypatch.setenv('AWS_SECRET_ACCESS_KEY', 'secret')
    told = gateway.fill(b'', {})
    assert b'AWS' not in told and b'secret' not in told and b'"wrote": false' in told
    assert 'AWS_SECRET_ACCESS_KEY' in os.environ


def test_the_language_has_no_functions_and_few_filters():
    language = renderer.language()
    assert dict(language.globals) == {}
    assert set(language.filters) == set(renderer.FILTERS)
    assert renderer.__name__ in sys.modules
