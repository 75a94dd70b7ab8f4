"""What leaves the system by push, e-mail and SNS text message is written to the outbox journal."""

import email
import email.policy
import json
import threading
from pathlib import Path
from typing import Any

import ministack.services.ses_v2 as ses
import ministack.services.sns as sns

from infra.local.emulator.patching import around, existing
from infra.local.outbox import Journal

STALE = 'stale-'


def install(journal: Journal, endpoints: Path) -> None:
    """Deliveries are journalled; push endpoints live in `endpoints` and so survive a restart."""
    book = _EndpointBook(endpoints)
    book.restore()
    _push_and_text(journal, book)
    _mail(journal)


class _EndpointBook:
    """Push endpoints on disk: the rows that name them survive a restart, so they must too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stores = {
            'applications': existing(sns, '_platform_applications'),
            'endpoints': existing(sns, '_platform_endpoints'),
        }
        self._lock = threading.Lock()

    def restore(self) -> None:
        if not self._path.exists():
            return
        for name, rows in json.loads(self._path.read_text()).items():
            self._stores[name]._data.update({tuple(key): value for key, value in rows})

    def save(self) -> None:
        with self._lock:
            rows = {
                name: [[list(k), v] for k, v in store._data.items()] for name, store in self._stores.items()
            }
            half = self._path.with_suffix('.half')
            half.write_text(json.dumps(rows))
            half.replace(self._path)


def _push_and_text(journal: Journal, book: _EndpointBook) -> None:
    changing = ('_create_platform_application', '_create_platform_endpoint', '_set_endpoint_attributes')
    for name in (*changing, '_delete_endpoint', '_delete_platform_application'):

        @around(sns, name)
        def changed(original: Any, params: Any) -> Any:
            answer = original(params)
            book.save()
            return answer

    error = existing(sns, '_error')
    parameter = existing(sns, '_p')
    platform_endpoints = existing(sns, '_platform_endpoints')

    @around(sns, '_publish')
    def publish(original: Any, params: Any) -> Any:
        endpoint = platform_endpoints.get(parameter(params, 'TargetArn'))
        if endpoint and endpoint['attributes'].get('Token', '').startswith(STALE):
            # What the push service of a phone answers when the application was removed from it.
            endpoint['attributes']['Enabled'] = 'false'
            book.save()
        if endpoint and endpoint['attributes'].get('Enabled', 'true').lower() != 'true':
            return error('EndpointDisabled', 'Endpoint is disabled', 400)
        answer = original(params)
        text = parameter(params, 'Message')
        if answer[0] == 200 and endpoint:
            journal.add(**_push(endpoint, text))
        elif answer[0] == 200 and parameter(params, 'PhoneNumber'):
            journal.add(channel='sms', to=parameter(params, 'PhoneNumber'), text=text, data={'by': 'sns'})
        return answer


def _push(endpoint: dict[str, Any], message: str) -> dict[str, Any]:
    """The journal entry of a push, read from whichever platform's part of the message there is."""
    attributes = endpoint['attributes']
    data: dict[str, Any] = {'endpoint': endpoint['arn'], 'device': attributes.get('CustomUserData', '')}
    title, text = '', message
    try:
        parts = json.loads(message)
    except ValueError:
        parts = {}
    if isinstance(parts, dict):
        text = str(parts.get('default', message))
        if 'GCM' in parts:
            google = json.loads(parts['GCM'])
            google = google.get('fcmV1Message', {}).get('message', google)
            notification = google.get('notification', {})
            title, text = notification.get('title', title), notification.get('body', text)
            data |= google.get('data', {})
        elif key := next((name for name in parts if name.startswith('APNS')), ''):
            apple = json.loads(parts[key])
            alert = apple.pop('aps', {}).get('alert', {})
            title, text = (
                (alert.get('title', title), alert.get('body', text))
                if isinstance(alert, dict)
                else ('', alert)
            )
            data |= apple
    return {'channel': 'push', 'to': attributes.get('Token', ''), 'title': title, 'text': text, 'data': data}


def _mail(journal: Journal) -> None:
    @around(ses, 'handle_request')
    async def handle(original: Any, method: str, path: str, headers: Any, body: bytes, query: Any) -> Any:
        answer = await original(method, path, headers, body, query)
        if method == 'POST' and path.endswith('/outbound-emails') and answer[0] == 200:
            journal.add(**_letter(json.loads(body)))
        return answer


def _letter(sent: dict[str, Any]) -> dict[str, Any]:
    destination = sent.get('Destination', {})
    to = [
        address
        for kind in ('ToAddresses', 'CcAddresses', 'BccAddresses')
        for address in destination.get(kind, [])
    ]
    content = sent.get('Content', {})
    data: dict[str, Any] = {'from': sent.get('FromEmailAddress', '')}
    if simple := content.get('Simple'):
        body = simple.get('Body', {})
        subject = simple.get('Subject', {}).get('Data', '')
        text, html = (body.get(kind, {}).get('Data', '') for kind in ('Text', 'Html'))
        data['attachments'] = [part.get('FileName', '') for part in simple.get('Attachments', [])]
    else:
        subject, text, html, data['attachments'] = _raw(content.get('Raw', {}).get('Data', ''))
    if html:
        data['html'] = html
    return {'channel': 'email', 'to': ', '.join(to), 'subject': subject, 'text': text or html, 'data': data}


def _raw(encoded: str) -> tuple[str, str, str, list[str]]:
    import base64

    message = email.message_from_bytes(base64.b64decode(encoded), policy=email.policy.default)
    plain, html = (message.get_body((kind,)) for kind in ('plain', 'html'))
    names = [part.get_filename() or '' for part in message.iter_attachments()]
    return (
        str(message['Subject'] or ''),
        plain.get_content() if plain else '',
        html.get_content() if html else '',
        names,
    )
