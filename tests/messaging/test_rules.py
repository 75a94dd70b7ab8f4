"""What a push looks like, how long a message waits, what a batch holds, what a message must be."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from chalicelib.kit import queues
from chalicelib.messaging import rules
from chalicelib.messaging.model import Channel, Message, SmsSettingsChange
from tests.conftest import NOON
from tests.make import messaging as make


def test_a_push_is_json_for_both_platforms_with_the_ids_as_strings():
    message = make.message(Channel.PUSH, data={'type': 'request.status', 'request': '12'})
    parts = json.loads(rules.push_payload(message, NOON))
    google = json.loads(parts['GCM'])['fcmV1Message']['message']
    apple = json.loads(parts['APNS'])
    assert parts['default'] == 'Заявка принята в работу.'
    assert google['notification'] == {'title': 'Заявка № 12', 'body': 'Заявка принята в работу.'}
    assert google['data'] == {'type': 'request.status', 'request': '12'}
    assert google['android'] == {'priority': 'high', 'ttl': '86400s'}
    assert apple['aps']['alert'] == {'title': 'Заявка № 12', 'body': 'Заявка принята в работу.'}
    assert apple['request'] == '12'


def test_a_push_to_a_build_of_developers_names_apples_sandbox():
    assert 'APNS_SANDBOX' in json.loads(rules.push_payload(make.message(Channel.PUSH), NOON, 'APNS_SANDBOX'))


def test_a_push_is_worth_delivering_until_it_expires():
    message = make.message(Channel.PUSH, expires_at=NOON + timedelta(minutes=10))
    google = json.loads(json.loads(rules.push_payload(message, NOON))['GCM'])
    assert google['fcmV1Message']['message']['android']['ttl'] == '600s'


@given(st.text(min_size=1, max_size=3000), st.text(max_size=100))
def test_a_push_fits_whatever_its_text(text, title):
    message = make.message(Channel.PUSH, text=text, title=title)
    parts = json.loads(rules.push_payload(message, NOON))
    assert max(len(parts['GCM'].encode()), len(parts['APNS'].encode())) <= rules.LARGEST_PUSH
    assert text.startswith(parts['default'].rstrip('…')[:10])


def test_a_failed_message_waits_longer_each_time():
    assert [queues.wait(tries) for tries in (0, 1, 2, 3, 4, 5, 6, 50)] == [5, 5, 20, 80, 320, 900, 900, 900]


@pytest.mark.parametrize(
    'left, hours',
    [
        (None, 24),
        (timedelta(minutes=5), 1),
        (timedelta(hours=1), 1),
        (timedelta(hours=2, minutes=1), 3),
        (timedelta(days=9), 24),
    ],
)
def test_a_centre_tries_for_the_hours_the_message_is_good(left, hours):
    message = make.message(expires_at=None if left is None else NOON + left)
    assert rules.hours_valid(message, NOON) == hours


@given(st.lists(st.integers(1, 60_000), max_size=60))
def test_batches_hold_everything_in_order_and_fit_the_topic(sizes):
    bodies = [str(number % 10) * size for number, size in enumerate(sizes)]
    batches = list(rules.batches(bodies))
    assert [body for batch in batches for body in batch] == bodies
    assert all(1 <= len(batch) <= 10 for batch in batches)
    assert all(sum(map(len, batch)) <= rules.BATCH_BYTES for batch in batches)


@pytest.mark.parametrize(
    'wrong',
    [
        {'to': '89161234567'},
        {'to': 'anna@example.ru'},
        {'channel': Channel.EMAIL, 'to': 'anna'},
        {'channel': Channel.PUSH, 'to': 'c1'},
        {'text': ''},
        {'id': ''},
        {'data': {'text': 'x' * 1000}},
        {'organisation': 'Demo#'},
    ],
)
def test_a_message_that_cannot_be_delivered_is_not_made(wrong):
    with pytest.raises(ValidationError):
        make.message(**wrong)


def test_a_wrong_message_is_refused_without_telling_its_text():
    with pytest.raises(ValidationError) as refused:
        Message.model_validate({'id': '1', 'channel': 'sms', 'to': '+79161234567', 'text': 'Код 908070'})
    assert '908070' not in str(refused.value)
    assert '908070' not in repr(make.message(text='Код 908070'))


@pytest.mark.parametrize('sender', ['MYUK', 'My-UK 1', '74951234567', '79161234567890'])
def test_a_sender_is_a_short_latin_name_or_digits(sender):
    assert SmsSettingsChange(sender=sender).sender == sender


@pytest.mark.parametrize('sender', ['', 'МояУК', 'LongerThan11', '1234567890123456', 'a\nb'])
def test_any_other_sender_is_refused(sender):
    with pytest.raises(ValidationError):
        SmsSettingsChange(sender=sender)
