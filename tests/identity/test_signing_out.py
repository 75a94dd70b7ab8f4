"""Sessions a person sees and ends."""

from datetime import timedelta

import pytest

from chalicelib.identity import service
from chalicelib.identity.model import SessionEnded, SessionNotFound
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience, ClientKind
from chalicelib.kit.values import Paging
from tests.identity.desk import caller
from tests.make import identity as make


def test_signing_out_ends_this_session_alone(demo, announced):
    phone, site = make.session(demo.resident), make.session(demo.resident, ClientKind.SITE)
    ended = caller(phone)
    service.sign_out(by=ended)
    with pytest.raises(SessionEnded):
        caller(phone)
    with pytest.raises(SessionEnded):
        service.refresh(phone.refresh_token)
    assert caller(site)
    [event] = announced('SessionsEnded')
    assert (event['session_id'], event['reason']) == (ended.session, 'signed_out')
    assert event['by'] == {'kind': 'resident', 'id': 'c1', 'name': 'Анна Петрова'}


def test_signing_out_everywhere_ends_all_sessions_of_the_person_and_nobody_elses(demo, announced):
    first, second, other = (make.session(of) for of in (demo.resident, demo.resident, demo.employee))
    service.sign_out_everywhere(by=caller(first))
    for dead in (first, second):
        with pytest.raises(SessionEnded):
            caller(dead)
        with pytest.raises(SessionEnded):
            service.refresh(dead.refresh_token)
    assert caller(other)
    [event] = announced('SessionsEnded')
    assert (event['session_id'], event['reason']) == (None, 'signed_out_everywhere')
    login = dynamo.get(service.reading_login('demo', Audience.RESIDENT, 'c1'))
    assert caller(make.session(login))


def test_the_list_of_sessions_shows_the_live_ones_latest_first(demo, time):
    service.sign_out(by=caller(make.session(demo.employee)))
    time.advance(hours=1)
    make.session(demo.employee, device='Кабинет 12')
    time.advance(minutes=1)
    app = make.session(demo.employee, ClientKind.STAFF_APP)
    cards = service.list_sessions(Paging(), by=caller(app)).items
    assert [(card.client, card.device, card.is_current) for card in cards] == [
        (ClientKind.STAFF_APP, None, True),
        (ClientKind.CRM, 'Кабинет 12', False),
    ]
    time.advance(hours=11, minutes=59)
    app = service.refresh(app.refresh_token)
    [card] = service.list_sessions(Paging(), by=caller(app)).items
    assert (card.client, card.used_at, card.ends_at) == (
        ClientKind.STAFF_APP,
        time.at,
        time.at + timedelta(hours=12),
    )


def test_the_list_of_sessions_has_pages(demo, time):
    for number in range(3):
        tokens = make.session(demo.resident, device=f'd{number}')
        time.advance(seconds=1)
    by = caller(tokens)
    first = service.list_sessions(Paging(limit=2), by=by)
    second = service.list_sessions(Paging(limit=2, cursor=first.next_cursor), by=by)
    assert [card.device for card in first.items + second.items] == ['d2', 'd1', 'd0']
    assert second.next_cursor is None


def test_one_of_the_own_sessions_can_be_ended_and_only_once(demo):
    phone, site = make.session(demo.resident), make.session(demo.resident, ClientKind.SITE)
    service.end_session(caller(phone).session, by=caller(site))
    with pytest.raises(SessionEnded):
        caller(phone)


@pytest.mark.proves('AMB-94')
def test_the_sessions_of_others_are_not_there(demo):
    make.tenant('other')
    strangers = make.session(make.login('other'))
    colleagues = make.session(make.employee(subject_id='e2', phone=None, email='petr@romashka.example'))
    by = caller(make.session(demo.resident))
    for other in (strangers, colleagues):
        with pytest.raises(SessionNotFound):
            service.end_session(caller(other).session, by=by)
        assert caller(other)
    assert len(service.list_sessions(Paging(), by=by).items) == 1
