"""The description of the API: made from the doors, valid, and good enough to generate a client from."""

import contextlib
import importlib
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import pytest
from chalice.test import Client
from openapi_spec_validator import validate
from pydantic import BaseModel, Field

from chalicelib.kit import calls, docs, http, operations
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.openapi import document
from chalicelib.kit.values import Id, Instant, Line, Page, Paging, Value
from tests.doors import gateway

pytestmark = pytest.mark.usefixtures('world')


class Colour(StrEnum):
    RED = 'red'
    BLUE = 'blue'


class Leaf(Value):
    """A leaf, which is taken and given in different shapes."""

    veins: int = Field(3, ge=1)
    weight: Decimal | None = None


class PlantsQuery(Paging):
    colours: list[Colour] | None = Field(None, max_length=5)
    """Only plants of these colours."""
    since: Instant | None = None


class NewPlant(Value):
    """A plant as it is planted."""

    name: Annotated[str, Line(20)]
    """What it is called."""
    colour: Colour = Colour.RED
    leaves: tuple[Leaf, ...] = ()


class PlantChanges(Value):
    """What shall be different."""

    name: Annotated[str, Line(20)] = ''
    colour: Colour | None = None


class Plant(BaseModel):
    """A plant as it stands."""

    id: Id
    name: str
    colour: Colour
    leaves: tuple[Leaf, ...]
    planted_at: Instant | None = None
    version: int


@pytest.fixture(scope='module')
def client() -> Client:
    """An application of a few doors; the operations of other tests are put aside."""
    kept, operations._operations[:] = list(operations._operations), []
    staff = http.Api(__name__, '/v1/staff/plants', Audience.STAFF)
    own = http.Api(__name__, '/v1/own', http.ANY_AUDIENCE)
    public = http.Api(__name__, '/v1/public')

    @staff.get()
    def browse(query: PlantsQuery, caller: Caller) -> Page[Plant]:
        """List plants."""
        names = ', '.join(query.colours or [])
        return Page(items=[Plant(id='p1', name=names, colour=Colour.BLUE, leaves=(), version=1)])

    @staff.post(status=201, permission='plants.edit')
    def plant(body: NewPlant, caller: Caller) -> Plant:
        """Plant a plant.

        It grows by itself.
        """
        return Plant(id='p2', version=1, **body.model_dump())

    @staff.delete('/{plant_id}')
    def dig_out(plant_id: Id, caller: Caller) -> None:
        """Dig a plant out."""

    @staff.patch('/{plant_id}')
    def prune(plant_id: Id, body: PlantChanges, caller: Caller) -> Plant:
        """Prune a plant."""
        return Plant(id=plant_id, name='pruned', colour=Colour.RED, leaves=(), version=2)

    @own.get()
    def mine(caller: Caller) -> Plant:
        """Show my plant."""
        return Plant(id='p3', name='mine', colour=Colour.RED, leaves=(), version=1)

    @own.put()
    def water(caller: Caller) -> None:
        """Water my plant."""

    @public.post('/hooks/{name}')
    def hook(name: str, raw: operations.Raw) -> None:
        """Take a message."""

    described = [*operations.operations(), *(o for o in kept if o.tag == 'description')]
    operations._operations[:] = list({o.name: o for o in described}.values())
    docs._description.cache_clear()
    yield gateway((staff, own, public, *docs.doors))
    operations._operations[:] = kept
    docs._description.cache_clear()


@pytest.fixture(scope='module')
def described(client) -> dict[str, Any]:
    return document(operations.operations(), title='Plants', version='1', description='Test.')


def test_the_description_is_valid(described):
    validate(described)


def test_every_operation_says_who_may_call_it_and_what_it_needs(described):
    adding = described['paths']['/v1/staff/plants']['post']
    assert adding['operationId'] == 'staff_kit_plant'
    assert (adding['summary'], adding['security']) == ('Plant a plant', [{'staff': []}])
    assert adding['description'] == 'It grows by itself.\n\nNeeds the permission `plants.edit`.'
    assert adding['requestBody']['content']['application/json']['schema'] == ref('NewPlant')
    assert adding['responses']['201']['content']['application/json']['schema'] == ref('Plant')
    assert set(adding['responses']['201']['headers']) == {'X-Request-Id', 'ETag', 'Idempotency-Replayed'}
    assert set(adding['responses']) == {
        '201', '400', '401', '403', '404', '409', '413', '415', '422', '429', '503',
    }  # fmt: skip
    assert described['paths']['/v1/own']['get']['security'] == [
        {'staff': []},
        {'resident': []},
        {'partner': []},
    ]
    assert described['paths']['/v1/public/hooks/{name}']['post']['security'] == []


def test_parameters_are_described_by_their_fields(described):
    named = {p.get('name'): p for p in described['paths']['/v1/staff/plants']['get']['parameters']}
    assert named['colours'] == {
        'name': 'colours',
        'in': 'query',
        'description': 'Only plants of these colours.',
        'schema': {'type': 'array', 'maxItems': 5, 'items': ref('Colour')},
        'style': 'form',
        'explode': True,
    }
    assert named['limit']['schema'] == {'type': 'integer', 'minimum': 1, 'maximum': 100, 'default': 25}
    assert named['since']['schema'] == {'type': 'string', 'format': 'date-time'}


def test_a_change_of_one_thing_takes_its_version(described):
    digging = described['paths']['/v1/staff/plants/{plant_id}']['delete']
    assert {'$ref': '#/components/parameters/IfMatch'} in digging['parameters']
    assert 'content' not in digging['responses']['204']
    assert {'404', '412'} < set(digging['responses'])
    # Without an id in the path it is the one thing there is that is changed.
    watering = described['paths']['/v1/own']['put']
    assert {'$ref': '#/components/parameters/IfMatch'} in watering['parameters']
    assert '412' in watering['responses']


def test_an_absent_field_of_a_change_has_no_default(described):
    fields = described['components']['schemas']['PlantChanges']['properties']
    assert [field.get('default', 'none') for field in fields.values()] == ['none', 'none']


def test_schemas_have_the_names_people_use(described):
    assert ' '.join(sorted(described['components']['schemas'])) == (
        'Colour FieldProblem Health Leaf LeafInput NewPlant PageOfPlant Plant PlantChanges Problem'
    )
    assert (
        described['components']['schemas']['NewPlant']['properties']['name']['description']
        == 'What it is called.'
    )


def test_a_door_without_a_version_has_no_etag(described):
    assert set(described['paths']['/health']['get']['responses']['200']['headers']) == {'X-Request-Id'}
    assert '/docs' not in described['paths']


def ref(name: str) -> dict[str, str]:
    return {'$ref': f'#/components/schemas/{name}'}


def test_the_description_is_served_once_and_then_known(client):
    first = client.http.get('/openapi.json')
    assert first.json_body['openapi'] == '3.1.0'
    assert 'max-age' in first.headers['Cache-Control']
    again = client.http.get('/openapi.json', headers={'If-None-Match': f'W/"x", {first.headers["ETag"]}'})
    assert (again.status_code, again.body, again.headers['ETag']) == (304, b'', first.headers['ETag'])


def test_the_page_needs_nothing_from_elsewhere(client):
    answer = client.http.get('/docs')
    html = answer.body.decode()
    assert answer.headers['Content-Type'] == 'text/html; charset=utf-8'
    assert "default-src 'none'" in answer.headers['Content-Security-Policy']
    assert not re.search(r'(?:src|href)\s*=\s*["\']?(?:https?:)?//', html)
    assert 'innerHTML' not in html, 'what the description says is text, never markup'


def test_health_is_said_without_a_token(client):
    assert client.http.get('/health').json_body == {'status': 'ok', 'stage': 'dev'}


def test_a_cold_start_does_not_pay_for_the_description():
    code = "import sys, chalicelib.kit.docs; assert 'chalicelib.kit.openapi' not in sys.modules"
    subprocess.run([sys.executable, '-c', code], check=True)


@contextlib.contextmanager
def served(client: Client) -> Iterator[str]:
    """The application over loopback HTTP, one call at a time."""
    turn = threading.Lock()

    class Bridge(BaseHTTPRequestHandler):
        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
            with turn:
                answer = client.http.request(self.command, self.path, dict(self.headers), body)
            self.send_response(answer.status_code)
            for name, value in {**answer.headers, 'Content-Length': str(len(answer.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = do

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(('127.0.0.1', 0), Bridge)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f'http://127.0.0.1:{server.server_port}'
    finally:
        server.shutdown()
        server.server_close()


def generate(description: dict[str, Any], folder: Path) -> None:
    """A client of the description is the package `plants_client` in the folder."""
    (folder / 'openapi.json').write_text(json.dumps(description))
    (folder / 'config.json').write_text(
        json.dumps({'package_name_override': 'plants_client', 'post_hooks': []})
    )
    command = [
        str(Path(sys.executable).with_name('openapi-python-client')), 'generate', '--meta', 'none',
        '--path', 'openapi.json', '--config', 'config.json', '--output-path', 'plants_client',
        '--fail-on-warning',
    ]  # fmt: skip
    made = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr


def test_a_generated_client_speaks_with_a_live_server(client, described, tmp_path, monkeypatch):
    generate(described, tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(calls, '_authenticator', [_authenticate])
    package = importlib.import_module('plants_client')
    models = importlib.import_module('plants_client.models')
    api = 'plants_client.api.kit.'
    with served(client) as address:
        caller = package.AuthenticatedClient(base_url=address, token='plants.edit')
        browse = importlib.import_module(api + 'staff_kit_browse')
        page = browse.sync(client=caller, colours=[models.Colour.RED, models.Colour.BLUE])
        assert page.items[0].name == 'red, blue'
        plant = importlib.import_module(api + 'staff_kit_plant')
        body = models.NewPlant(name='Фикус', leaves=[models.LeafInput(veins=5)])
        planted = plant.sync(client=caller, body=body)
        assert (planted.name, planted.leaves[0].veins) == ('Фикус', 5)
        stranger = package.AuthenticatedClient(base_url=address, token='other')
        refused = plant.sync(client=stranger, body=body)
        assert (type(refused), refused.code) == (models.Problem, 'PermissionMissing')


def _authenticate(token: str) -> Caller:
    return Caller('demo', Audience.STAFF, 'e1', permissions=frozenset({token}))
