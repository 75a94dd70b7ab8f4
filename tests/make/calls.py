"""Calls for tests, told by an exchange that signs rightly; every argument is optional."""

import itertools
import json
from datetime import timedelta
from typing import Any

from chalicelib.calls import repository, service
from chalicelib.calls.model.call import Call
from chalicelib.calls.model.news import CallNews
from chalicelib.calls.model.settings import TelephonyChanges
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.operations import Raw
from tests.make import staff

_numbers = itertools.count(1)


def connected(organisation: str = 'demo', **changes: Any) -> str:
    """An exchange is connected whose recordings lie at `records.example`; the secret. Needs `seals_key`."""
    by = changes.pop('by', staff.caller(organisation))
    service.change_settings(TelephonyChanges(recording_hosts=['records.example']), by=by)
    return service.make_secret(by=by).plain


def news(**changes: Any) -> dict[str, Any]:
    """The body of news: a client's call begins to ring."""
    number = next(_numbers)
    return {
        'event_id': f'e{number}', 'call_id': f'c{number}', 'event': 'ringing', 'at': clock.text(clock.now()),
        'direction': 'incoming', 'client_phone': '+79161234567', **changes,
    }  # fmt: skip


def signed(body: dict[str, Any], organisation: str = 'demo') -> Raw:
    """The news as the exchange of the organisation sends it now."""
    raw = json.dumps(body).encode()
    return Raw(body=raw, headers=service.sign(organisation, raw, clock.now()), source_ip='')


def tell(organisation: str = 'demo', **changes: Any) -> Call:
    """The exchange tells the news; the call as it is then."""
    body = news(**changes)
    told = CallNews.model_validate_json(json.dumps(body), strict=True)
    heard = service.hear(organisation, told, signed(body, organisation))
    return dynamo.get(repository.reading(organisation, heard.call_id))


def talk(organisation: str = 'demo', extension: str = '101', **changes: Any) -> Call:
    """A call that rang ten seconds ago is answered at the extension."""
    now = clock.now()
    rang = clock.text(now - timedelta(seconds=10))
    call = tell(organisation, **{'extension': extension, 'at': rang, **changes})
    changes = {'call_id': call.external_id, 'event': 'answered', 'at': clock.text(now)}
    return tell(organisation, extension=extension, direction=call.direction, **changes)


def seated(employee_id: str, extension: str = '101', by: Caller | None = None) -> None:
    """The employee sits at the internal number."""
    service.seat(extension, employee_id, by=by or staff.caller())
