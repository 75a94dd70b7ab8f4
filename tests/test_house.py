"""The house keeps its own rules: floors, rooms, names, words, schemas, proofs."""

import ast
import configparser
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.kit import errors
from tests import house, proofs, schemas

FORBIDDEN_NAMES = {'utils', 'util', 'helpers', 'helper', 'common', 'manager', 'base', 'misc'}
ROOMS = {'model', 'rules', 'service', 'repository', 'events', 'routes', 'workers', 'steps', 'gateway'}
OPEN_ROOMS = {'service', 'model', 'events'}
LONGEST_FILE = 300
LONGEST_CONTENTS_PAGE = 40
# Words of ours that are written with «ё», as they look where it was left out.
WITHOUT_YO = re.compile(r'\b(?:отчет|контролер|партнер|(?:еще|счет|\w+(?:твержден|ществлен|клонен))\b)', re.I)
SPOKEN_KINDS = {errors.PermissionMissing, errors.StaleVersion, errors.ChangedMeanwhile}
"""Refusals of the kit that leave as they are; the other classes of kit.errors are kinds, named by nobody."""


def script(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_the_floors_and_rooms_are_kept():
    checked = subprocess.run(
        [script('lint-imports'), '--config', '.importlinter', '--no-cache'],
        cwd=house.ROOT,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_contract_of_rooms_names_every_house():
    contracts = configparser.ConfigParser()
    contracts.read(house.ROOT / '.importlinter')
    named = contracts['importlinter:contract:rooms']['containers'].split()
    assert sorted(named) == [f'chalicelib.{name}' for name in house.houses()]


def test_from_another_house_only_its_open_rooms_are_imported():
    trespasses = []
    for path in house.sources('chalicelib'):
        own = path.relative_to(house.CODE).parts[0]
        for module, line in house.imports(path):
            root, *way = module.split('.')
            if root != 'chalicelib' or way[:1] in ([], ['kit'], [own]):
                continue
            if len(way) < 2 or way[1] not in OPEN_ROOMS:
                trespasses.append(f'{house.shown(path)}:{line} imports {module}')
    assert not trespasses, '\n'.join(trespasses)


def test_a_house_has_no_rooms_but_the_known_ones():
    strange = [
        house.shown(path)
        for name in house.houses()
        for path in (house.CODE / name).iterdir()
        if (path.suffix == '.py' or path.is_dir()) and path.stem not in {*ROOMS, '__init__', '__pycache__'}
    ]
    assert not strange, '\n'.join(strange)


def test_nothing_is_called_by_a_name_that_says_nothing():
    places = {*house.sources('chalicelib', 'infra', 'tests'), *house.CODE.rglob('*')}
    assert not [house.shown(path) for path in places if path.stem in FORBIDDEN_NAMES]


def test_no_file_is_too_long_to_read():
    def length(path: Path) -> int:
        return len(path.read_text(encoding='utf-8').splitlines())

    long = {
        house.shown(path): length(path)
        for path in house.sources('chalicelib', 'infra', 'tests')
        if length(path) > LONGEST_FILE
    }
    assert not long, long
    assert length(house.ROOT / 'app.py') <= LONGEST_CONTENTS_PAGE


def test_the_environment_is_read_in_one_room():
    readers = [
        f'{house.shown(path)}:{node.lineno}'
        for path in house.sources('chalicelib')
        if house.shown(path) != 'chalicelib/kit/settings.py'
        for node in ast.walk(house.tree(path))
        if (isinstance(node, ast.Attribute) and node.attr in ('environ', 'getenv', 'environb'))
        or (isinstance(node, ast.ImportFrom) and node.module == 'os')
    ]
    assert not readers, '\n'.join(readers)


def test_everything_public_says_what_it_is():
    silent = []
    for path in house.sources('chalicelib'):
        module = house.tree(path)
        if path.name != '__init__.py' or path.stat().st_size:
            silent += [f'{house.shown(path)}: the module'] if not ast.get_docstring(module) else []
        silent += [f'{house.shown(path)}:{node.lineno} {node.name}' for node in undescribed(module)]
    assert not silent, '\n'.join(silent)


def undescribed(parent: ast.Module | ast.ClassDef) -> list[ast.ClassDef | ast.FunctionDef]:
    named = [node for node in parent.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    public = [node for node in named if not node.name.startswith('_') and node.name != 'Meta']
    found = [node for node in public if not ast.get_docstring(node)]
    for node in public:
        if isinstance(node, ast.ClassDef):
            found += undescribed(node)
    return found


@pytest.mark.parametrize('mirror', ['infra/{}.yaml', 'events/{}', 'tests/{}', 'tests/make/{}.py'])
def test_every_house_has_its_mirrors(mirror):
    places = {name: house.ROOT / mirror.format(name) for name in house.houses()}
    missing = [
        house.shown(place)
        for place in places.values()
        if not place.is_file()
        and not any(path.is_file() for path in place.rglob('*') if path.suffix != '.pyc')
    ]
    assert not missing, '\n'.join(missing)


def test_no_mirror_shows_a_house_that_is_not_there():
    shown = {path.stem for path in (house.ROOT / 'infra').glob('*.yaml')} - {'shared'}
    shown |= {path.name for path in (house.ROOT / 'events').iterdir()} - {'kit', 'outbox'}
    assert shown <= set(house.houses())


def refusals() -> list[type[errors.DomainError]]:
    found = [
        kind
        for kind in house.below(errors.DomainError)
        if kind.__module__ != errors.__name__ or kind in SPOKEN_KINDS
    ]
    return sorted({kind for kind in found if not kind.__name__.startswith('_')}, key=lambda k: k.__name__)


def test_every_refusal_has_words_in_both_languages():
    for locale in house.LOCALES:
        assert [k.__name__ for k in refusals() if k.__name__ not in house.words(locale)] == [], locale


def test_no_two_refusals_share_a_code():
    codes = [kind.__name__ for kind in refusals()]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


def test_every_check_of_an_input_has_words_in_both_languages():
    told = set()
    for path in house.sources('chalicelib'):
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, 'id', '') == 'PydanticCustomError':
                assert isinstance(node.args[0], ast.Constant), f'{house.shown(path)}:{node.lineno}'
                told.add('input-' + str(node.args[0].value).replace('_', '-'))
    for locale in house.LOCALES:
        assert sorted(told - set(house.words(locale))) == [], locale


def test_both_languages_say_the_same_things_of_the_same_values():
    russian, english = (house.words(locale) for locale in house.LOCALES)
    assert sorted(set(russian) ^ set(english)) == []
    assert [name for name in russian if russian[name] != english[name]] == []


def test_people_read_texts_with_the_letter_yo_and_real_quotes():
    wrong = []
    for locale in house.LOCALES:
        for path in sorted(house.CODE.glob(f'*/{locale}.ftl')):
            for line in path.read_text(encoding='utf-8').splitlines():
                if WITHOUT_YO.search(line) or '"' in re.sub(r'\{"[^"]*"\}', '', line):
                    wrong.append(f'{house.shown(path)}: {line}')
    assert wrong == []


def test_every_announced_event_has_its_schema_in_a_file():
    events = house.ROOT / 'events'
    announced = schemas.announced()
    kept = {str(path.relative_to(events)) for path in events.glob('*/out/*.json')}
    differing = sorted(kept ^ set(announced))
    assert not differing, '\n'.join(['write them with `python -m tests.schemas`', *differing])
    stale = [path for path, kind in announced.items() if (events / path).read_text() != schemas.schema(kind)]
    assert not stale, 'write them with `python -m tests.schemas`'


def test_every_event_names_its_house():
    wrong = [p for p, kind in schemas.announced().items() if kind.source != kind.__module__.split('.')[1]]
    assert not wrong


def test_every_claim_of_a_proof_names_a_line_of_the_requirements():
    assert len(proofs.lines()) == 586
    claims = []
    for path in house.sources('tests'):
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, 'attr', '') == 'proves':
                claims += [(house.shown(path), a.value) for a in node.args if isinstance(a, ast.Constant)]
    assert claims
    assert [claim for claim in claims if claim[1] not in proofs.known()] == []


def test_the_table_of_proofs_shows_what_is_proved_and_what_is_not():
    table = proofs.table({'REQ-001': {'tests/a.py::test_b'}, 'AMB-03': {'tests/a.py::test_c'}})
    proved, _, open_lines = table.partition('## Not yet proved')
    assert table.startswith('# Proved: 1 of 586 lines')
    assert re.search(r'^\| REQ \| 1 \| 149 \|$', proved, re.MULTILINE)
    assert '- **REQ-001** tests/a.py::test_b' in proved
    assert '**REQ-001**' not in open_lines
    assert '**REQ-002**' in open_lines
