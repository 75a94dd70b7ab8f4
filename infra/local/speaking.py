"""`python -m infra.local as dispatcher GET /v1/staff/requests`: one call as one of the demo's people."""

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

HERE = 'http://127.0.0.1:8000'


def speak(person: str, method: str, path: str, body: str | None, pick: str | None) -> int:
    """The answer is on the screen, or its one value at `pick` (`items.0.id`); 1 where it was a refusal."""
    api = os.environ.get('DOMOVOY_API', HERE)
    status, signed_in = _call(f'{api}/_local/sign-in/{person}', 'GET', {}, None)
    if status != 200:
        return _show(status, signed_in)
    headers = {'Authorization': f'Bearer {signed_in["access_token"]}'}
    # People type Russian words into a path; a URL holds them quoted.
    status, answer = _call(api + urllib.parse.quote(path, safe='/?=&%:+,'), method, headers, body)
    if pick and status < 400:
        for step in pick.split('.'):
            answer = answer[int(step)] if isinstance(answer, list) else answer[step]
        print(answer)
        return 0
    return _show(status, answer)


def _call(url: str, method: str, headers: dict[str, str], body: str | None) -> tuple[int, Any]:
    data = body.encode() if body is not None else b'{}' if method == 'POST' else None
    call = urllib.request.Request(url, data, headers | {'Content-Type': 'application/json'}, method=method)
    try:
        with urllib.request.urlopen(call, timeout=60) as answer:
            return answer.status, json.loads(answer.read() or b'null')
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.loads(refusal.read() or b'null')


def _show(status: int, answer: Any) -> int:
    print(f'HTTP {status}', file=sys.stderr)
    if answer is not None:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    return 0 if status < 400 else 1
