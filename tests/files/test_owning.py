"""A house above takes a file in its own transaction, is its only owner, and lets it go."""

from dataclasses import replace

import pytest

from chalicelib.files import model, service
from chalicelib.files.model import Purpose
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import Actor
from tests.files.conftest import announced, in_the_air
from tests.make import files as make

OWNER, OTHER = 'requests/1/documents', 'requests/2/documents'


def take(file, by, owner=OWNER, purpose=Purpose.DOCUMENT):
    attached, writes = service.taking(file.id, purpose, owner, by=by, field='body.file_id')
    dynamo.commit(*writes)
    return attached


def let_go(file, by, owner=OWNER):
    writes = service.releasing('demo', file.id, owner, by=Actor.of(by))
    dynamo.commit(*writes)
    return bool(writes)


def test_a_clean_file_has_one_owner_however_often_he_takes_it(bucket, sender):
    file = make.judged(by=sender)
    assert in_the_air(sender) == 1
    first, again = take(file, sender), take(file, sender)
    assert first == again
    assert (first.name, first.size, first.key) == ('акт.txt', len(make.TEXT), file.key)
    kept = make.kept(file.id)
    assert (kept.owner, kept.due_at) == (OWNER, None)
    assert in_the_air(sender) == 0
    assert [told.type for told in announced(file.id)][3:] == ['FileTaken']
    with pytest.raises(model.FileBelongsToAnother):
        take(file, sender, OTHER)


def test_of_two_owners_at_once_one_gets_it(bucket, sender):
    file = make.judged(by=sender)
    (_, ours), (_, theirs) = (
        service.taking(file.id, Purpose.DOCUMENT, owner, by=sender) for owner in (OWNER, OTHER)
    )
    dynamo.commit(*ours)
    with pytest.raises(ChangedMeanwhile):
        dynamo.commit(*theirs)
    assert make.kept(file.id).owner == OWNER
    assert in_the_air(sender) == 0


def test_what_cannot_be_used_is_refused_by_its_own_name(bucket, sender):
    refused = {
        model.FileNotUploaded: make.sent(by=sender),
        model.FileUnchecked: make.received(by=sender),
        model.FileInfected: make.judged(verdict='THREATS_FOUND', by=sender),
        model.FileUncheckable: make.judged(verdict='UNSUPPORTED', by=sender),
        model.FileWrongPurpose: make.judged(by=sender, purpose=Purpose.CHAT),
        model.FileNotFound: make.judged(by=make.sender(id='ivan')),
    }
    for refusal, file in refused.items():
        with pytest.raises(refusal) as told:
            take(file, sender)
        assert told.value.path == 'body.file_id'
    mine = make.judged(by=sender)
    for stranger in (replace(sender, organisation='other'), replace(sender, audience='resident')):
        with pytest.raises(model.FileNotFound):
            take(mine, stranger)


def test_a_purpose_with_kinds_takes_no_other(bucket, sender):
    with pytest.raises(model.FileWrongKind):
        take(make.judged(b'{"not": "a document"}', by=sender, purpose=Purpose.TEMPLATE), sender,
             purpose=Purpose.TEMPLATE)  # fmt: skip
    table = make.judged('дом;счёт\n'.encode(), by=sender, purpose=Purpose.IMPORT)
    assert take(table, sender, purpose=Purpose.IMPORT).content_type.startswith('text/plain')


def test_what_is_let_go_can_be_taken_by_nobody_and_is_gone_at_the_next_sweep(bucket, sender):
    file = make.judged(by=sender)
    take(file, sender)
    assert not let_go(file, sender, OTHER)
    assert let_go(file, sender)
    assert not let_go(file, sender)
    for owner in (OWNER, OTHER):
        with pytest.raises(model.FileBelongsToAnother):
            take(file, sender, owner)
    assert service.sweep() == 1
    assert make.stored() == []
    assert [told.type for told in announced(file.id)][3:] == ['FileTaken', 'FileReleased', 'FileRemoved']
    assert in_the_air(sender) == 0


def test_links_give_the_file_itself_for_a_quarter_of_an_hour(bucket, sender):
    attached = take(make.clean(by=sender), sender)
    view = service.shown(attached)
    assert (view.name, view.content_type) == ('кран.jpg', 'image/jpeg')
    for link, key in ((view.links.file, attached.key), (view.links.thumbnail, attached.thumbnail_key)):
        assert f'/{key}?' in link
        assert 'X-Amz-Expires=900' in link
        assert 'X-Amz-Signature=' in link
