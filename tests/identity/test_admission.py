"""What houses above put here in their own transactions."""

import pytest

from chalicelib.identity import rules, service
from chalicelib.identity.model import EmailTaken, Login, LoginNotFound, LoginState, PhoneTaken
from chalicelib.identity.repository.rows import IdentityRow
from chalicelib.kit import dynamo
from chalicelib.kit.caller import Audience
from chalicelib.kit.errors import ChangedMeanwhile
from tests.make import identity as make

OTHER_PHONE = '+79161234568'


def stored(audience=Audience.RESIDENT, subject_id='c1', organisation='demo'):
    return dynamo.get(service.reading_login(organisation, audience, subject_id))


def test_a_new_login_begins_with_the_first_version_whatever_it_says(demo):
    login = make.login(subject_id='c2', phone=OTHER_PHONE, version=7, generation=9)
    assert (login.version, login.generation) == (1, 1)


@pytest.mark.proves('REG-013')
def test_a_phone_is_one_persons_within_organisation_and_audience(demo):
    with pytest.raises(PhoneTaken) as refusal:
        make.login(subject_id='c2')
    assert refusal.value.path == 'body.phone'
    with pytest.raises(LoginNotFound):
        stored(subject_id='c2')
    make.login('other')
    make.employee(subject_id='e2', phone=make.PHONE, email=None)


def test_an_employees_e_mail_address_is_one_persons_too(demo):
    with pytest.raises(EmailTaken) as refusal:
        make.employee(subject_id='e2', phone=None)
    assert refusal.value.path == 'body.email'


def test_residents_may_share_an_e_mail_address(demo):
    make.login(was=demo.resident, email='family@example.ru')
    make.login(subject_id='c2', phone=OTHER_PHONE, email='family@example.ru')
    assert stored(subject_id='c2').email == 'family@example.ru'


def test_a_change_of_phone_is_refused_when_another_has_it_and_changes_nothing(demo):
    make.login(subject_id='c2', phone=OTHER_PHONE)
    with pytest.raises(PhoneTaken):
        make.login(was=demo.resident, phone=OTHER_PHONE)
    assert stored() == demo.resident


@pytest.mark.proves('CLI-008')
def test_after_a_change_of_phone_the_old_one_is_free_and_the_sessions_are_over(demo, announced):
    changed = make.login(was=demo.resident, phone=OTHER_PHONE)
    assert (changed.version, changed.generation) == (2, 2)
    make.login(subject_id='c2', phone=make.PHONE)
    [event] = announced('SessionsEnded')
    assert (event['subject_id'], event['session_id'], event['reason']) == ('c1', None, 'address_changed')


@pytest.mark.parametrize(
    'before, after, reason',
    [
        ({}, {'name': 'Анна Сидорова', 'locale': 'en', 'places': ['b1'], 'grant_id': 'r'}, None),
        ({}, {'email': 'anna@example.ru'}, None),
        ({'email': 'anna@example.ru'}, {'email': 'sidorova@example.ru'}, None),
        ({'phone': None}, {'phone': OTHER_PHONE}, None),
        ({}, {'phone': OTHER_PHONE}, 'address_changed'),
        ({}, {'phone': None}, 'address_changed'),
        ({'audience': 'staff', 'email': 'a@b.ru'}, {'email': 'c@b.ru'}, 'address_changed'),
        ({}, {'state': 'blocked'}, 'blocked'),
        ({'state': 'blocked'}, {'state': 'active'}, None),
        ({'state': 'blocked'}, {'name': 'Анна Сидорова'}, None),
        ({}, {'state': 'closed'}, 'closed'),
        ({'state': 'closed'}, {'state': 'active'}, None),
        ({'state': 'blocked'}, {'state': 'closed'}, 'closed'),
    ],
)
def test_sessions_end_when_the_login_is_blocked_or_closed_or_loses_an_address(before, after, reason):
    fields = {'organisation': 'demo', 'audience': 'resident', 'subject_id': 'c1', 'phone': make.PHONE}
    was = Login(**{**fields, **before})
    assert rules.ending(Login(**{**was.model_dump(), **after}), was) == reason


def test_a_closed_login_leaves_its_addresses_to_others_and_gets_them_back_only_if_free(demo):
    closed = make.employee(was=demo.employee, state=LoginState.CLOSED)
    successor = make.employee(subject_id='e2', phone='+79031112233')
    with pytest.raises((PhoneTaken, EmailTaken)):
        make.employee(was=closed, state=LoginState.ACTIVE)
    make.employee(was=successor, state=LoginState.CLOSED)
    assert make.employee(was=closed, state=LoginState.ACTIVE).state is LoginState.ACTIVE


def test_an_old_look_at_a_login_is_not_taken(demo):
    make.login(was=demo.resident, name='Анна Сидорова')
    with pytest.raises(ChangedMeanwhile):
        make.login(was=demo.resident, name='Анна Козлова')
    with pytest.raises(ChangedMeanwhile):
        make.login()
    assert stored().name == 'Анна Сидорова'


def test_an_if_match_of_the_call_does_not_speak_of_the_login(demo):
    with dynamo.unit_of_work(if_match=7) as unit:
        changed = demo.resident.model_copy(update={'name': 'Анна Сидорова'})
        dynamo.commit(*service.admitting(changed, demo.resident))
        dynamo.agree(7)
    dynamo.send(unit.writes)
    assert stored().name == 'Анна Сидорова'


def test_where_there_is_no_login_a_look_may_show_none(demo):
    read = service.finding_login('demo', Audience.RESIDENT, 'nobody')
    assert dynamo.fetch(read) == (None,)


def test_every_key_begins_with_the_organisation(demo):
    make.session(demo.resident)
    assert all(row.pk.startswith('demo#') for row in IdentityRow.scan())
