"""A template is made again when anything it is made from has changed, and only then."""

from collections.abc import Callable
from pathlib import Path

import pytest

from infra.local import remembered


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(remembered, 'INSTALLED', tmp_path / 'installed')
    folder = tmp_path / 'project'
    for place in (
        'app.py',
        'house/steps.py',
        'house/machine.asl.json',
        '.chalice/config.json',
        'tests/test_it.py',
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text('1')
    return folder


@pytest.mark.parametrize(
    'change',
    [
        lambda project: (project / 'app.py').write_text('2'),
        lambda project: (project / 'house' / 'machine.asl.json').write_text('2'),
        lambda project: (project / '.chalice' / 'config.json').write_text('2'),
        lambda project: (project / 'house' / 'new.py').write_text(''),
        lambda project: (project / 'app.py').rename(project / 'application.py'),
        lambda project: (project / 'house' / 'steps.py').unlink(),
    ],
)
def test_a_change_of_the_project_is_noticed(project: Path, change: Callable[[Path], object]) -> None:
    before = remembered.fingerprint(project)
    change(project)
    assert remembered.fingerprint(project) != before


@pytest.mark.parametrize(
    'place', ['tests/test_it.py', '.git/index', 'house/__pycache__/steps.pyc', '.local/data']
)
def test_what_a_template_is_not_made_from_does_not_count(project: Path, place: str) -> None:
    before = remembered.fingerprint(project)
    (project / place).parent.mkdir(parents=True, exist_ok=True)
    (project / place).write_text('2')
    assert remembered.fingerprint(project) == before


def test_a_template_is_recalled_under_its_fingerprint_only(project: Path) -> None:
    assert remembered.recall(project, 'a') is None
    remembered.remember(project, 'a', {'Resources': {}})
    assert remembered.recall(project, 'a') == {'Resources': {}}
    assert remembered.recall(project, 'b') is None
