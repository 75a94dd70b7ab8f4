"""The demo's people speak: `python -m infra.local as dispatcher GET /v1/staff/requests` is one call of one.

`python -m infra.local send executor photo.jpg` sends a file, by the form of the bucket.
"""

import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

HERE = 'http://127.0.0.1:8000'
RESIDENTS = ('resident', 'neighbour')
LOOKS, BETWEEN_LOOKS = 300, 0.1


def speak(person: str, method: str, path: str, body: str | None, pick: str | None) -> int:
    """The answer is on the screen, or its one value at `pick` (`items.0.id`); 1 where it was a refusal."""
    status, headers = _sign_in(person)
    if status != 200:
        return _show(status, headers)
    # People type Russian words into a path; a URL holds them quoted.
    status, answer = _call(_api() + urllib.parse.quote(path, safe='/?=&%:+,'), method, headers, body)
    if pick and status < 400:
        return _pick(answer, pick)
    return _show(status, answer)


def _pick(answer: Any, pick: str) -> int:
    for step in pick.split('.'):
        try:
            answer = answer[int(step)] if isinstance(answer, list) else answer[step]
        except (LookupError, TypeError, ValueError):
            there = ', '.join(answer) if isinstance(answer, dict) else answer
            print(f'there is no «{step}» of «{pick}» in: {there}', file=sys.stderr)
            return 1
    print(answer)
    return 0


def ask(person: str, method: str, path: str) -> tuple[int, Any]:
    """The status and the answer of one call of the person."""
    status, headers = _sign_in(person)
    return (status, headers) if status != 200 else _call(_api() + path, method, headers, None)


def send(person: str, file: Path, purpose: str) -> int:
    """The file is in the bucket and its id on the screen, once the scanner has spoken; 1 if not clean."""
    status, headers = _sign_in(person)
    if status != 200:
        return _show(status, headers)
    try:
        body = file.read_bytes()
    except OSError as error:
        sys.exit(f'{file}: {error.strerror}')
    wanted: dict[str, Any] = {'name': file.name, 'size': len(body)}
    audience = 'resident' if person in RESIDENTS else 'staff'
    if audience == 'staff':
        wanted['purpose'] = purpose
    uploads = f'{_api()}/v1/{audience}/uploads'
    status, ticket = _call(uploads, 'POST', headers, json.dumps(wanted))
    if status != 201:
        return _show(status, ticket)
    _post(ticket['form'], body)
    card: dict[str, Any] = {}
    for _ in range(LOOKS):
        status, card = _call(f'{uploads}/{ticket["id"]}', 'GET', headers, None)
        if status != 200 or card['status'] not in ('awaiting', 'uploaded'):
            break
        time.sleep(BETWEEN_LOOKS)
    if card.get('status') != 'clean':
        return _show(status, card) or 1
    print(card['id'])
    return 0


def _api() -> str:
    return os.environ.get('DOMOVOY_API', HERE)


def _sign_in(person: str) -> tuple[int, Any]:
    status, answer = _call(f'{_api()}/_local/sign-in/{person}', 'GET', {}, None)
    return status, answer if status != 200 else {'Authorization': f'Bearer {answer["access_token"]}'}


def _post(form: dict[str, Any], body: bytes) -> None:
    boundary = secrets.token_hex(16)
    part = f'--{boundary}\r\nContent-Disposition: form-data; name="{{}}"{{}}\r\n\r\n'
    fields = [part.format(name, '') + f'{value}\r\n' for name, value in form['fields'].items()]
    head = ''.join(fields) + part.format('file', '; filename="file"')
    whole = head.encode() + body + f'\r\n--{boundary}--\r\n'.encode()
    kind = {'Content-Type': f'multipart/form-data; boundary={boundary}'}
    with urllib.request.urlopen(urllib.request.Request(form['url'], whole, kind), timeout=60):
        pass


def _call(url: str, method: str, headers: dict[str, str], body: str | None) -> tuple[int, Any]:
    data = body.encode() if body is not None else b'{}' if method == 'POST' else None
    call = urllib.request.Request(url, data, headers | {'Content-Type': 'application/json'}, method=method)
    try:
        with urllib.request.urlopen(call, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b'null')
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b'null')
    except urllib.error.URLError as error:
        sys.exit(f'nobody answers at {_api()} ({error.reason}): is `make run` running, with this address?')


def _show(status: int, answer: Any) -> int:
    print(f'HTTP {status}', file=sys.stderr)
    if answer is not None:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0 if status < 400 else 1
