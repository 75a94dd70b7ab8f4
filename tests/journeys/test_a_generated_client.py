"""A program somebody else wrote, from the API's own description, speaks with the running system."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey


def test_a_client_made_from_the_description_reads_the_list_and_a_card(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = company.runtime.api
    plumbing = company.offers('Вызов сантехника')
    darya, pyotr = company.hires('Дмитриева Дарья', 'dispatcher'), company.resident('Петров', 'Пётр')
    number = pyotr.orders(plumbing, 'Течёт кран')
    eventually(lambda: darya.lists('new') == [number])

    (tmp_path / 'openapi.json').write_text(httpx.get(f'{api}/openapi.json', timeout=60).text)
    settings = {'post_hooks': [], 'package_name_override': 'domovoy_client'}
    (tmp_path / 'config.json').write_text(json.dumps(settings))
    command = [
        str(Path(sys.executable).with_name('openapi-python-client')), 'generate', '--meta', 'none',
        '--path', 'openapi.json', '--config', 'config.json', '--output-path', 'domovoy_client',
    ]  # fmt: skip
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.syspath_prepend(str(tmp_path))
    package = importlib.import_module('domovoy_client')
    door = 'domovoy_client.api.requests.staff_requests_'
    caller = package.AuthenticatedClient(
        base_url=api, token=darya.tokens['access_token'], timeout=httpx.Timeout(60)
    )
    listed = importlib.import_module(door + 'list_requests').sync(client=caller)
    assert [entry.number for entry in listed.items] == [number]
    card = importlib.import_module(door + 'read').sync(number, client=caller)
    assert (card.status.code.value, card.form[0].value) == ('waiting', 'Течёт кран')
    unknown = importlib.import_module(door + 'read').sync(999, client=caller)
    assert (type(unknown).__name__, unknown.code) == ('Problem', 'RequestNotFound')
