"""The sandbox of a telephone exchange: it tells of calls by the real webhook, under the right signature.

`POST /_local/calls` takes the fields of the webhook, all of them optional: `{}` rings at the dispatcher's.
"""

import json
import urllib.error
import urllib.request
from typing import Any

from infra.local import demo

FIRST_EXTENSION = '101'
"""The internal number of the dispatcher of the demonstration."""


def tell(api: str, wish: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """The exchange of the organisation has told the news: status and answer of the webhook.

    The answer names the call as the exchange does (`told.call_id`), for the next news of it.
    Raises ValueError where no exchange is connected.
    """
    from chalicelib.calls import service
    from chalicelib.calls.model.refusals import TelephonyNotConnected
    from chalicelib.kit import clock
    from chalicelib.kit.ids import new_id

    organisation = wish.get('organisation', demo.ORGANISATION)
    now = clock.now()
    usual = {
        'event_id': new_id(),
        'call_id': new_id(),
        'event': 'ringing',
        'at': clock.text(now),
        'direction': 'incoming',
        'client_phone': demo.PEOPLE['resident'],
        'extension': FIRST_EXTENSION,
    }
    told = usual | {name: value for name, value in wish.items() if name != 'organisation'}
    body = json.dumps(told).encode()
    try:
        headers = service.sign(organisation, body, now)
    except TelephonyNotConnected:
        raise ValueError('no exchange is connected: PUT /v1/staff/settings/telephony/secret') from None
    status, answer = _send(f'{api}/v1/hooks/telephony/{organisation}', body, headers)
    return status, answer | {'told': told}


def _send(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    call = urllib.request.Request(url, body, headers | {'Content-Type': 'application/json'})
    try:
        with urllib.request.urlopen(call, timeout=30) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read())
