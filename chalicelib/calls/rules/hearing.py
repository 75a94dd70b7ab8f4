"""What news makes of a call. News may come in any order: the facts add up to the same call."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.calls import events as said
from chalicelib.calls.model.call import MOST_LEGS, Call, CallStatus, Leg, Person
from chalicelib.calls.model.news import CallNews, NewsKind
from chalicelib.calls.model.refusals import CallNewsUntimely, RecordingNotOfProvider
from chalicelib.kit.outbox import SYSTEM

AHEAD, BEHIND = timedelta(minutes=5), timedelta(days=7)
"""How far in the future the clock of an exchange may go, and how late its news may come."""

LONGEST_RINGING, LONGEST_TALK = timedelta(minutes=10), timedelta(hours=4)
"""After so long without a word a call is taken to be over."""

# Nobody before the host, no other port, and no `\`, which a browser reads as `/`, and so another host.
_HTTPS = re.compile(r'https://([A-Za-z0-9.-]+)(?::443)?(?:[/?#][^\s\\]*)?', re.ASCII)


def id_of(organisation: str, external_id: str) -> str:
    """What we call the call that the exchange of the organisation calls so: always the same."""
    return hashlib.sha256(f'{organisation}\x1f{external_id}'.encode()).hexdigest()[:26]


def must_be_timely(news: CallNews, now: datetime) -> None:
    """Refuses news of the future, and of more than a week ago. Raises CallNewsUntimely."""
    if not now - BEHIND <= news.at <= now + AHEAD:
        raise CallNewsUntimely()


def must_be_of_provider(url: str, hosts: Sequence[str]) -> None:
    """Refuses a recording that is not https at a host of the provider. Raises RecordingNotOfProvider."""
    address = _HTTPS.fullmatch(url)
    host = address[1].lower() if address else ''
    if not any(host == known or host.endswith(f'.{known}') for known in hosts):
        raise RecordingNotOfProvider()


def new_call(organisation: str, news: CallNews) -> Call:
    """A call nobody knew of, before its first news is heard."""
    return Call(
        id=id_of(organisation, news.call_id),
        organisation=organisation,
        external_id=news.call_id,
        direction=news.direction,
        rang_at=news.at,
    )


def heard(call: Call, news: CallNews, seated: Person | None) -> Call:
    """The call with what the news adds; `seated` is who sits at its extension."""
    facts: dict[str, object] = {'rang_at': min(call.rang_at, news.at)}
    leg = [Leg(employee=seated, since=news.at)] if seated else []
    if call.phone is None:
        facts['phone'] = news.client_phone
    if news.event is NewsKind.RINGING:
        facts['rung'] = _with(call.rung, leg)
    elif news.event is NewsKind.ANSWERED:
        facts['held'] = _with(call.held, leg)
        facts['answered_at'] = min(call.answered_at or news.at, news.at)
        facts['is_end_unknown'] = False  # told late, and the sweep was here before
    elif news.event is NewsKind.ENDED:
        facts['ended_at'] = max(call.ended_at or news.at, news.at)
        facts['is_end_unknown'] = False
    else:
        facts['recording'] = news.recording_url
    return call.model_copy(update=facts)


def _with(legs: tuple[Leg, ...], more: list[Leg]) -> tuple[Leg, ...]:
    return tuple(sorted({*legs, *more}, key=lambda leg: (leg.since, leg.employee.id)))[-MOST_LEGS:]


def told(before: Call | None, after: Call, now: datetime) -> list[said.CallEvent]:
    """What is new about the call, in the order in which it would have happened."""
    was = before.status if before else None
    events: list[said.CallEvent] = [] if before else [said.CallRang.of(after, SYSTEM, now)]
    known = before.held if before else ()
    for leg in after.held:
        if leg not in known:
            answered = said.CallAnswered.of(after, SYSTEM, now, since=leg.since)
            events.append(answered.model_copy(update={'employee_id': leg.employee.id}))
    if after.status is CallStatus.ENDED and was is not CallStatus.ENDED:
        events.append(said.CallEnded.of(after, SYSTEM, now, duration_seconds=after.duration_seconds))
    if after.status is CallStatus.MISSED and was is not CallStatus.MISSED:
        events.append(said.CallMissed.of(after, SYSTEM, now))
    if after.recording is not None and (before is None or before.recording is None):
        events.append(said.CallRecorded.of(after, SYSTEM, now))
    return events


def closed_at(call: Call) -> datetime | None:
    """When the sweep takes it to be over, unless the exchange says so before; None where it is over."""
    if call.is_over:
        return None
    if call.answered_at is None:
        return max([call.rang_at, *(leg.since for leg in call.rung)]) + LONGEST_RINGING
    return max([call.answered_at, *(leg.since for leg in call.held)]) + LONGEST_TALK


def closed(call: Call) -> Call:
    """The call is over, nobody knows since when."""
    return call.model_copy(update={'is_end_unknown': True})
