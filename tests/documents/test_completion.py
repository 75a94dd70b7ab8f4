"""A strict offering asks for a document before completion; the request knows whether it has one."""

import pytest

from chalicelib.documents import service
from chalicelib.documents.model import NewDocument
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.requests import service as requests
from chalicelib.requests.model.commands import Step
from chalicelib.requests.model.status import Mark
from tests.documents.conftest import REQUESTS, kept, path
from tests.make import documents as make
from tests.make import files as make_files


def complete(call, number):
    return call('POST', f'{REQUESTS}/{number}/complete', {})


def has_mark(number):
    return Mark.DOCUMENT_ATTACHED in kept(number).marks


@pytest.mark.proves('DOC-010', 'REQ-099')
def test_without_a_document_a_strict_request_is_not_completed_and_with_one_it_is(house, call, number):
    refused = complete(call, number)
    assert (refused.status_code, refused.json_body['code']) == (422, 'DocumentNeeded')
    make.document(number, house.dispatcher)
    assert has_mark(number)
    assert complete(call, number).json_body['status']['code'] == 'done'


@pytest.mark.proves('DOC-010', 'REQ-099')
def test_a_document_that_was_deleted_again_does_not_help(house, call, number):
    first, second = (make.document(number, house.dispatcher) for _ in range(2))
    call('DELETE', f'{path(number)}/{first.id}')
    assert has_mark(number)
    call('DELETE', f'{path(number)}/{second.id}')
    assert not has_mark(number)
    assert complete(call, number).json_body['code'] == 'DocumentNeeded'


def test_only_the_first_document_and_the_last_change_the_request(house, call, number):
    version = kept(number).version
    first = make.document(number, house.dispatcher)
    assert kept(number).version == version + 1
    second = make.document(number, house.dispatcher)
    call('DELETE', f'{path(number)}/{first.id}')
    assert kept(number).version == version + 1
    call('DELETE', f'{path(number)}/{second.id}')
    assert kept(number).version == version + 2
    happened = call('GET', f'{REQUESTS}/{number}/history').json_body['items']
    marked = [(one['author'], one['details']['is_set']) for one in happened if one['type'] == 'RequestMarked']
    assert marked == [('Диспетчер Дарья', False), ('Диспетчер Дарья', True)]


def prepared(act):
    """The writes of a deed that has judged and not been sent yet."""
    with dynamo.unit_of_work() as unit:
        act()
        return list(unit.writes)


@pytest.fixture
def attaching(house, number):
    """The writes by which another file is attached."""

    def prepare():
        file = make_files.clean(house.dispatcher)
        return prepared(lambda: service.attach(number, NewDocument(file_id=file.id), by=house.dispatcher))

    return prepare


@pytest.fixture
def deleting(house, number):
    """The writes by which a document is deleted."""

    def prepare(document):
        return prepared(lambda: service.delete(number, document.id, by=house.dispatcher))

    return prepare


def test_of_a_last_document_deleted_and_a_second_attached_at_once_one_is_judged_again(
    house, number, attaching, deleting
):
    last = make.document(number, house.dispatcher)
    for first, second in (('attaching', 'deleting'), ('deleting', 'attaching')):
        writes = {'attaching': attaching(), 'deleting': deleting(last)}
        dynamo.send(writes[first])
        with pytest.raises(ChangedMeanwhile):
            dynamo.send(writes[second])
        assert has_mark(number) is bool(service.list_documents(number, by=house.dispatcher).items)
        if first == 'attaching':
            dynamo.send(deleting(last))
            [last] = service.list_documents(number, by=house.dispatcher).items


def test_a_completion_and_the_deletion_of_its_document_at_once_do_not_both_happen(house, number, deleting):
    last = make.document(number, house.dispatcher)
    done = prepared(lambda: requests.complete(number, Step(), by=house.dispatcher))
    dynamo.send(deleting(last))
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(done)


def test_what_was_read_on_two_sides_of_a_change_is_judged_again(
    house, number, attaching, deleting, monkeypatch
):
    last = make.document(number, house.dispatcher)
    seen = requests.seen

    def sees_what_was(*asked, **by):
        request = seen(*asked, **by)
        monkeypatch.undo()
        dynamo.send(deleting(last))
        return request

    monkeypatch.setattr(requests, 'seen', sees_what_was)
    writes = attaching()  # the request had a document, the shelf has none
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(writes)
    assert not has_mark(number)
