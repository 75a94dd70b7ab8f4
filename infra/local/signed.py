"""Calls of the JSON protocol without an SDK: a tenth of its time, for loops that never rest."""

import http.client
import json
import threading
from typing import Any
from urllib.parse import urlsplit

# The local servers ask that a request is signed and read region, service and account from the signature.
SIGNATURE = (
    'AWS4-HMAC-SHA256 Credential=000000000000/20260101/eu-central-1/{service}/aws4_request, '
    'SignedHeaders=host, Signature=local'
)


class CallFailed(RuntimeError):
    """The service answered with an error."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f'{code}: {message}')
        self.code = code


class Caller:
    """Connections to one local server, kept open, one for each thread."""

    def __init__(self, url: str, seconds: float = 120) -> None:
        self._host, self._seconds = urlsplit(url).netloc, seconds
        self._own = threading.local()

    def call(self, service: str, target: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer to the operation `target`. Raises CallFailed, or OSError when nobody listens."""
        headers = {'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.0'}
        status, _, body = self.post('/', service, headers, json.dumps(arguments).encode())
        answer: dict[str, Any] = json.loads(body or b'{}')
        if status != 200:
            code = str(answer.get('__type', status)).rpartition('#')[2]
            raise CallFailed(code, str(answer.get('message') or answer.get('Message') or ''))
        return answer

    def post(self, path: str, service: str, headers: dict[str, str], body: bytes) -> tuple[int, Any, bytes]:
        """Status, headers and body of the answer to a signed POST."""
        signed = {
            'Authorization': SIGNATURE.format(service=service),
            'X-Amz-Date': '20260101T000000Z',
            **headers,
        }
        connection: http.client.HTTPConnection | None = getattr(self._own, 'connection', None)
        if connection is not None:
            try:
                return self._exchange(connection, path, signed, body)
            except (http.client.RemoteDisconnected, ConnectionError):
                # A kept connection may have been closed while it was idle; a new one tells the truth.
                connection.close()
        connection = self._own.connection = http.client.HTTPConnection(self._host, timeout=self._seconds)
        return self._exchange(connection, path, signed, body)

    def _exchange(
        self, connection: http.client.HTTPConnection, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, Any, bytes]:
        try:
            connection.request('POST', path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except http.client.HTTPException as error:
            self._own.connection = None
            raise ConnectionError(str(error)) from error
        except OSError:
            self._own.connection = None
            raise
