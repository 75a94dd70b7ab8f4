"""What the tests of clients know, and what they look up behind the doors."""

import json

from chalicelib.clients.repository.rows import ClientRow
from chalicelib.identity import service as identity
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience

CLIENTS = '/v1/staff/clients'
PHONE = '+79161234567'
DOCUMENTS = {
    'passport': {'series': '4509', 'number': '123456', 'issued_by': 'ОВД', 'issued_on': '2010-05-01'},
    'passport_comment': 'замена',
    'inn': '500100732259',
    'snils': '112-233-445 95',
}
VIEWING = frozenset({'clients.view'})


def login_of(client_id, organisation='demo'):
    return dynamo.find(identity.reading_login(organisation, Audience.RESIDENT, client_id))


def told(client_id, organisation='demo', of=''):
    rows = ClientRow.query(f'{organisation}#client#{client_id}{of}', ClientRow.sk.startswith('event#'))
    return [json.loads(row.body) for row in rows]


def types(client_id, of=''):
    return [event['type'] for event in told(client_id, of=of)]


def surnames(answer):
    return [entry['surname'] for entry in answer.json_body['items']]
