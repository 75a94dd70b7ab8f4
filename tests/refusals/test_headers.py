"""The headers of a call: the key that makes a deed happen once, the version it speaks of, the language."""

import json

from tests.refusals.conftest import nothing_stored
from tests.refusals.doors import doors, is_guarded, is_version_known, read_of
from tests.refusals.samples import body_of, path_of
from tests.refusals.told import refused

OUTSIDE = {'staff_staff_organisation_check_sms'}
"""What asks a neighbour, whose answer these tests do not have."""

LEAVES_AS_IT_IS = {'staff_papers_order'}
"""What makes something of the thing addressed, which stays as it is."""

NUMBERS = 'demo#numbers'
"""The last number of a request: a repeated order leaves a gap behind, and nothing else."""


def takes_key(operation):
    return operation.method == 'POST' and is_guarded(operation) and operation.name not in OUTSIDE


def changes_what_is_versioned(operation):
    return is_version_known(operation) and operation.name not in OUTSIDE


def send(operation, town, call, body=None, **headers):
    body = body_of(operation, town) if body is None else body
    return call(operation.method, path_of(operation, town), body, by=town.by(operation.audience), **headers)


@doors(takes_key)
def test_a_key_is_of_one_to_255_printable_characters(operation, demo, call, unchanged):
    for key in ('', 'k' * 256, 'a\x07b', 'a\nb'):
        answer = send(operation, demo, call, idempotency_key=key)
        refused(answer, 400, code='IdempotencyKeyInvalid', path='header.Idempotency-Key')


@doors(takes_key)
def test_the_same_key_gives_the_first_answer_and_does_nothing_again(operation, demo, call, restored):
    first = send(operation, demo, call, idempotency_key='k' * 255)
    assert first.status_code == operation.status, first.body
    assert 'Idempotency-Replayed' not in first.headers
    with nothing_stored(but=NUMBERS):
        again = send(operation, demo, call, idempotency_key='k' * 255)
    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert again.headers['Idempotency-Replayed'] == 'true'
    assert again.headers.get('ETag') == first.headers.get('ETag')
    assert again.headers.get('Content-Type') == first.headers.get('Content-Type')
    if operation.body_type is None:
        return
    with nothing_stored(but=NUMBERS):
        other = json.dumps(body_of(operation, demo), indent=1).encode()
        answer = send(operation, demo, call, other, idempotency_key='k' * 255)
        refused(answer, 422, code='IdempotencyKeyReused')


@doors(takes_key)
def test_a_key_is_of_one_caller(operation, demo, other, call, restored):
    send(operation, demo, call, idempotency_key='shared')
    answer = call(
        operation.method,
        path_of(operation, demo),
        body_of(operation, demo),
        by=other.by(operation.audience),
        idempotency_key='shared',
    )
    assert 'Idempotency-Replayed' not in answer.headers


@doors(lambda operation: operation.method in ('POST', 'PATCH', 'PUT', 'DELETE') and is_guarded(operation))
def test_a_version_is_a_number(operation, demo, call, unchanged):
    for text in ('x', '', '"x"', '-1', '1.5', '*', '"1", "2"', '9' * 5000, '0x1', '1 2', '"1'):
        answer = send(operation, demo, call, if_match=text)
        refused(answer, 400, code='IfMatchInvalid', path='header.If-Match')


@doors(changes_what_is_versioned)
def test_a_stale_version_changes_nothing(operation, demo, call, unchanged):
    for version in ('"998"', '"999"', 'W/"999"', '999'):
        refused(send(operation, demo, call, if_match=version), 412, code='StaleVersion')
    if operation.method == 'PATCH':  # though nothing would change
        refused(send(operation, demo, call, {}, if_match='"999"'), 412, code='StaleVersion')


@doors(lambda operation: changes_what_is_versioned(operation) and operation.name not in LEAVES_AS_IT_IS)
def test_the_present_version_is_taken_once(operation, demo, call, restored):
    shown = path_of(operation, demo).split('/')[: len(read_of(operation).path.split('/'))]
    version = call('GET', '/'.join(shown), by=demo.by(operation.audience)).headers['ETag']
    answer = send(operation, demo, call, if_match=version)
    assert answer.status_code == operation.status, answer.body
    again = send(operation, demo, call, if_match=version)
    refused(again, 404 if operation.method == 'DELETE' else 412, 412)
