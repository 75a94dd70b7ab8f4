"""HTTP on a loopback port: many connections, one write an answer, nothing that a client does ends it."""

import contextlib
import json
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from infra.local.children import LOOPBACK
from infra.local.gateway import Reply

Answer = Callable[[str, str, Mapping[str, str], bytes | None], Reply]

MAX_BODY = 10 * 1024 * 1024
# A body that is refused is still read up to here: a client that is writing does not hear an answer otherwise.
MAX_DRAINED = 64 * 1024 * 1024
CHUNK = 64 * 1024
TOO_LONG = b'{"message":"Request Too Long"}'
BAD_REQUEST = b'{"message":"Bad Request"}'


class BodyTooLong(ValueError):
    """The client sends more than API Gateway takes."""


class NoReply(Exception):
    """The connection is to be closed without a word; a sandbox uses it to play dead."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    # The answer is collected and leaves in one packet; with two, Nagle's algorithm waits 40 ms between them.
    wbufsize = -1
    disable_nagle_algorithm = True
    timeout = 75
    server: '_Threads'

    def log_message(self, *_: Any) -> None:
        """Nothing is printed for a request."""

    def _serve(self) -> None:
        try:
            body = self._body()
        except BodyTooLong:
            self.close_connection = True
            return self._send(Reply(413, {}, TOO_LONG))
        except ValueError:
            self.close_connection = True
            return self._send(Reply(400, {}, BAD_REQUEST))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            reply = self.server.answer(self.command, self.path, headers, body)
        except NoReply:
            self.close_connection = True
            return None
        except Exception as error:
            traceback.print_exc()
            told = {'message': 'Internal server error', 'local': f'{type(error).__name__}: {error}'}
            reply = Reply(502, {}, json.dumps(told).encode())
        return self._send(reply)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = _serve

    def _body(self) -> bytes | None:
        if 'chunked' in self.headers.get('transfer-encoding', '').lower():
            return self._chunks()
        length = int(self.headers.get('content-length') or 0)
        if length < 0:
            raise ValueError('negative length')
        if length > MAX_BODY:
            left = min(length, MAX_DRAINED)
            while left > 0 and (read := self.rfile.read(min(left, CHUNK))):
                left -= len(read)
            raise BodyTooLong
        return self.rfile.read(length) if length else None

    def _chunks(self) -> bytes:
        body = b''
        while size := int(self.rfile.readline(64).split(b';')[0], 16):
            if len(body) + size > MAX_BODY:
                raise BodyTooLong
            body += self.rfile.read(size)
            self.rfile.readline(64)
        while self.rfile.readline(CHUNK).strip():
            pass
        return body

    def _send(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        has_type = False
        for name, values in reply.headers.items():
            if name.lower() == 'content-length':
                continue
            has_type = has_type or name.lower() == 'content-type'
            for value in values if isinstance(values, list) else [values]:
                self.send_header(name, str(value))
        if reply.body and not has_type:
            self.send_header('Content-Type', 'application/json')
        if self.close_connection:
            self.send_header('Connection', 'close')
        self.send_header('Content-Length', str(len(reply.body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(reply.body)
        self.wfile.flush()


class _Threads(ThreadingHTTPServer):
    request_queue_size = 512
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, answer: Answer) -> None:
        self.answer = answer
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        # The library asks the name service for the name of the address; that can take seconds offline.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that hung up is no news; anything else is told, and the server lives on.
        if not isinstance(sys.exception(), OSError):
            traceback.print_exc()


class Server:
    """Serves `answer` on a loopback port until it is stopped."""

    def __init__(self, answer: Answer, port: int = 0) -> None:
        self._threads = _Threads(port, answer)
        self.port = self._threads.server_port
        self.url = f'http://{LOOPBACK}:{self.port}'
        self._loop = threading.Thread(target=self._threads.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> Self:
        """Requests are answered."""
        self._loop.start()
        return self

    def stop(self) -> None:
        """The port is free again."""
        if self._loop.is_alive():
            self._threads.shutdown()
            self._loop.join()
        with contextlib.suppress(OSError):
            self._threads.server_close()


def as_json(value: Any, status: int = 200) -> Reply:
    """A JSON reply."""
    headers = {'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store'}
    return Reply(status, headers, json.dumps(value, ensure_ascii=False).encode())
