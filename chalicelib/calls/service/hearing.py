"""The exchange tells what happened to a call."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.calls import repository
from chalicelib.calls.model.call import Call, Person
from chalicelib.calls.model.news import CallNews, Heard
from chalicelib.calls.model.refusals import CallSignatureForged, CallSignatureStale
from chalicelib.calls.model.settings import Line, Telephony
from chalicelib.calls.rules import hearing, signing
from chalicelib.calls.service.settling import secret_of
from chalicelib.clients import service as clients
from chalicelib.kit import clock, dynamo, telemetry
from chalicelib.kit.operations import Raw
from chalicelib.staff import service as staff


def hear(organisation: str, news: CallNews, raw: Raw) -> Heard:
    """The call is as the news says, once however often it is sent, and in whatever order (CALL-001).

    One batch read, and a look at whose the internal number is, and the telephone until that is known.
    Raises CallSignatureForged, CallSignatureStale, CallNewsUntimely, RecordingNotOfProvider.
    """
    now, call_id = clock.now(), hearing.id_of(organisation, news.call_id)
    telephony, before, is_known, line = _fetched(organisation, call_id, news)
    _must_be_signed(telephony, raw, now)
    if is_known:
        return Heard(call_id=call_id)
    hearing.must_be_timely(news, now)
    if news.recording_url is not None:
        hearing.must_be_of_provider(news.recording_url, telephony.recording_hosts if telephony else ())
    call = before or hearing.new_call(organisation, news)
    after = _recognised(hearing.heard(call, news, _seated(line)))
    dynamo.commit(
        *repository.saving(before, after, hearing.told(before, after, now)),
        repository.hearing_once(after, news.event_id, now),
    )
    return Heard(call_id=call_id)


def _must_be_signed(telephony: Telephony | None, raw: Raw, now: datetime) -> None:
    try:
        signing.must_be_signed(secret_of(telephony), raw.headers, raw.body, now)
    except (CallSignatureForged, CallSignatureStale) as refusal:
        # A secret or a clock that is wrong silences an exchange: whoever watches the house must see it.
        telemetry.count('CallNewsRefused', reason=refusal.code)
        raise


def _fetched(
    organisation: str, call_id: str, news: CallNews
) -> tuple[Telephony | None, Call | None, bool | None, Line | None]:
    reads: list[dynamo.Read[Any]] = [
        repository.reading_settings(organisation),
        repository.reading(organisation, call_id),
        repository.reading_heard(organisation, call_id, news.event_id),
        repository.reading_line(organisation, news.extension or 'none'),
    ]
    telephony, call, is_known, line = dynamo.fetch(*(replace(read, missing=None) for read in reads))
    return telephony, call, is_known, line


def _seated(line: Line | None) -> Person | None:
    """Who sits at the number and still works here."""
    if line is None:
        return None
    employee = dynamo.find(staff.reading_employee(line.organisation, line.employee.id))
    return Person(id=employee.id, name=employee.name) if employee and employee.is_active else None


def _recognised(call: Call) -> Call:
    """The call with the client whose telephone it is, also where he becomes one while they talk."""
    if call.phone is None or call.client is not None:
        return call
    known = clients.having_phone(call.organisation, call.phone)
    if not known:
        return call
    client, *_ = known
    whose = Person(id=client.id, name=client.full_name)
    return call.model_copy(update={'client': whose, 'places': client.places})
