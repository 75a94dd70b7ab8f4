"""What people read when the house refuses, in both languages; and the sample of what the worker is given."""

import json
from pathlib import Path

import pytest

from chalicelib.clients import service
from chalicelib.clients.model import refusals
from chalicelib.clients.workers import note_sign_in
from chalicelib.kit import dynamo, texts
from chalicelib.kit.errors import DomainError
from tests.make import clients as make

SAMPLE = Path(__file__).parents[2] / 'events/clients/in/note_sign_in.json'


@pytest.mark.parametrize('locale', texts.LOCALES)
def test_every_refusal_has_its_words(locale):
    kinds = [
        kind for kind in vars(refusals).values() if isinstance(kind, type) and issubclass(kind, DomainError)
    ]
    ours = [kind for kind in kinds if kind.__module__ == refusals.__name__]
    assert all(texts.say(kind.__name__, locale, limit=100) for kind in ours)


@pytest.mark.usefixtures('world')
def test_the_sample_of_a_sign_in_is_noted():
    sample = json.loads(SAMPLE.read_text())
    body = json.loads(sample['Records'][0]['body'])
    client = make.client()
    body['event']['subject_id'] = client.id
    sample['Records'][0]['body'] = json.dumps(body)
    assert note_sign_in(sample, None) == {'batchItemFailures': []}
    assert dynamo.get(service.reading_client('demo', client.id)).last_seen_at is not None
