"""Documents under many hands: fifteen and no more, and the request always knows whether it has one."""

from collections import Counter
from collections.abc import Callable

import pytest

from chalicelib.documents.repository import DocumentRow, reading_tally
from chalicelib.files import repository as files_repository
from chalicelib.kit import dynamo
from chalicelib.requests import service as requests
from chalicelib.requests.model.status import Mark
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, Said, at_once, call
from tests.engine.operations import AUTHENTICATION
from tests.engine.watching import watched
from tests.make import files as make

HANDS = 20


def attaching(desk: Desk, number: int) -> Callable[[], Said]:
    """Somebody is about to attach a file of his own."""
    body = {'file_id': make.clean(desk.dispatcher).id}
    return lambda: call('POST', f'{REQUESTS}/{number}/documents', body, token=desk.token)


def deleting(desk: Desk, number: int, document_id: str) -> Callable[[], Said]:
    """Somebody is about to delete the document."""
    return lambda: call('DELETE', f'{REQUESTS}/{number}/documents/{document_id}', token=desk.token)


def documents(number: int) -> list[str]:
    """The ids of the documents there are."""
    rows = DocumentRow.query(
        f'{ORGANISATION}#{number}', DocumentRow.sk.startswith('document#'), consistent_read=True
    )
    return [row.sk.removeprefix('document#') for row in rows]


def agrees(number: int) -> bool:
    """What is counted and what the request knows is what there is; every file there has its owner."""
    there = documents(number)
    request = dynamo.get(requests.reading(ORGANISATION, number))
    owners = {dynamo.get(files_repository.reading(ORGANISATION, file_id)).owner for file_id in there}
    return (
        dynamo.find(reading_tally(ORGANISATION, number)) == len(there)
        and (Mark.DOCUMENT_ATTACHED in request.marks) is bool(there)
        and owners <= {f'requests/{number}/documents'}
    )


@pytest.mark.proves('DOC-001', 'AMB-42')
def test_of_twenty_who_attach_at_once_fifteen_do(desk):
    number = desk.create()
    answers = at_once([attaching(desk, number) for _ in range(HANDS)])
    assert Counter(said.status for said in answers) == {201: 15, 409: 5}
    assert {said.body['code'] for said in answers if said.status == 409} == {'TooManyDocuments'}
    assert sorted(documents(number)) == sorted(said.body['id'] for said in answers if said.status == 201)
    assert agrees(number)


@pytest.mark.proves('DOC-001', 'AMB-42')
def test_of_two_who_attach_the_sixteenth_at_once_after_fourteen_one_does(desk):
    number = desk.create()
    for _ in range(14):
        assert attaching(desk, number)().status == 201
    statuses = Counter(said.status for said in at_once([attaching(desk, number) for _ in range(2)]))
    assert statuses == {201: 1, 409: 1}
    assert agrees(number)


def test_one_file_attached_by_ten_hands_to_two_requests_has_one_place(desk):
    numbers = [desk.create(), desk.create()]
    body = {'file_id': make.clean(desk.dispatcher).id}

    def attach(number: int) -> Callable[[], Said]:
        return lambda: call('POST', f'{REQUESTS}/{number}/documents', body, token=desk.token)

    answers = at_once([attach(number) for number in numbers * 5])
    assert {said.status for said in answers} == {201, 409}
    assert sorted(len(documents(number)) for number in numbers) == [0, 1]
    assert all(agrees(number) for number in numbers if documents(number))


@pytest.mark.proves('REQ-099', 'DOC-010')
def test_whoever_attaches_and_deletes_at_once_the_request_knows_whether_it_has_one(desk):
    number = desk.create()
    for _ in range(12):
        there = documents(number)
        hands = [deleting(desk, number, one) for one in there]
        hands += [attaching(desk, number) for _ in range(1 if there else 2)]
        at_once(hands)
        assert agrees(number)


def test_documents_are_read_in_two_calls_and_changed_in_four(desk):
    number = desk.create()
    attach = attaching(desk, number)
    with watched() as seen:
        document_id = attach().body['id']
    assert len(seen.calls) == AUTHENTICATION + 4, seen.calls
    with watched() as seen:
        assert call('GET', f'{REQUESTS}/{number}/documents', token=desk.token).body['room'] == 14
    assert len(seen.calls) == AUTHENTICATION + 2, seen.calls
    with watched() as seen:
        assert deleting(desk, number, document_id)().status == 204
    assert len(seen.calls) == AUTHENTICATION + 4, seen.calls
