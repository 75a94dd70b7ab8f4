"""News adds up to one call whatever its order; who may speak; when something was made during a call."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from chalicelib.calls.model.call import MOST_LEGS, CallStatus, Person
from chalicelib.calls.model.news import CallNews, NewsKind
from chalicelib.calls.rules import hearing, linking, signing
from chalicelib.kit.outbox import SYSTEM
from tests.conftest import NOON

SECONDS = some.integers(0, 3600)
PEOPLE = [Person(id=name, name=name.title()) for name in ('anna', 'boris')]
HOSTS = ('records.example',)


def news(kind, second=0, **changes):
    """News of one call that many seconds after noon."""
    url = 'https://records.example/1' if kind is NewsKind.RECORDED else None
    return CallNews(
        event_id=f'{kind}-{second}', call_id='c', event=kind, at=NOON + timedelta(seconds=second),
        direction='incoming', recording_url=url, **changes,
    )  # fmt: skip


def summed(told):
    """The call that is told so, from its first news on."""
    call = hearing.new_call('demo', told[0][0])
    for one, seated in told:
        call = hearing.heard(call, one, seated)
    return call


TOLD = some.tuples(
    some.builds(news, some.sampled_from(NewsKind), SECONDS), some.none() | some.sampled_from(PEOPLE)
)


@given(some.data())
def test_news_in_any_order_and_repeated_adds_up_to_the_same_call(data):
    told = data.draw(some.lists(TOLD, min_size=1, max_size=6))
    other = data.draw(some.permutations(told * 2))
    assert summed(told) == summed(other)


@given(some.lists(TOLD, min_size=1, max_size=8))
def test_a_call_is_over_once_its_end_is_told_and_missed_if_nobody_answered(told):
    call, kinds = summed(told), {one.event for one, _ in told}
    assert call.status.is_over == (NewsKind.ENDED in kinds)
    assert (call.status is CallStatus.MISSED) == (NewsKind.ENDED in kinds and NewsKind.ANSWERED not in kinds)
    assert (call.duration_seconds is None) == (NewsKind.ENDED not in kinds)
    assert call.duration_seconds is None or call.duration_seconds >= 0
    assert (hearing.closed_at(call) is None) == call.status.is_over


@given(some.lists(TOLD, min_size=1, max_size=6))
def test_each_step_of_a_call_is_announced_once(told):
    before, announced = None, []
    for one, seated in told * 2:
        call = before or hearing.new_call('demo', one)
        after = hearing.heard(call, one, seated)
        announced += [event.type for event in hearing.told(before, after, NOON)]
        before = after
    assert announced.count('CallRang') == 1
    assert announced.count('CallRecorded') == (NewsKind.RECORDED in {one.event for one, _ in told})
    assert announced.count('CallAnswered') == len(before.held)


def test_only_the_last_of_very_many_hands_are_remembered():
    call = summed([(news(NewsKind.ANSWERED, second), PEOPLE[0]) for second in range(MOST_LEGS + 5)])
    assert len(call.held) == MOST_LEGS
    assert call.held[-1].since == NOON + timedelta(seconds=MOST_LEGS + 4)


@given(SECONDS, SECONDS, some.integers(-100, 4000))
def test_something_is_made_during_a_call_between_its_answer_and_its_end(begin, length, second):
    call = summed([(news(NewsKind.ANSWERED, begin), PEOPLE[0]), (news(NewsKind.ENDED, begin + length), None)])
    at, skew = NOON + timedelta(seconds=second), linking.SKEW.total_seconds()
    is_within = begin - skew <= second <= begin + length + skew
    assert linking.is_made_during(call, 'anna', at) == is_within
    assert not linking.is_made_during(call, 'boris', at)


@given(some.text(min_size=1), some.binary(), some.integers(-400, 400))
def test_what_is_signed_is_believed_for_five_minutes(secret, body, late):
    headers = signing.signed(secret, body, NOON)
    try:
        signing.must_be_signed(secret, headers, body, NOON + timedelta(seconds=late))
    except signing.CallSignatureStale:
        assert abs(late) > 300
    else:
        assert abs(late) <= 300


@given(some.text(max_size=300))
def test_no_address_but_one_at_the_providers_host_is_taken(text):
    try:
        hearing.must_be_of_provider(f'https://{text}', HOSTS)
    except hearing.RecordingNotOfProvider:
        return
    host = text.partition('/')[0].partition('?')[0].partition('#')[0].removesuffix(':443').lower()
    assert host == 'records.example' or host.endswith('.records.example')


def test_events_are_the_systems_own():
    call = summed([(news(NewsKind.RINGING), None)])
    assert {event.by for event in hearing.told(None, call, NOON)} == {SYSTEM}
