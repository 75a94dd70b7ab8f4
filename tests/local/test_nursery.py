"""Environments are forked with their module imported; who comes after a change runs what is there now."""

import json
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from infra.local.children import LOOPBACK
from infra.local.lambdas import bootstrap
from infra.local.paths import ROOT

SOURCE = """
import os

BORN = os.getpid()


def handler(event, context):
    return [{!r}, BORN, os.getpid()]
"""


class RuntimeApi(ThreadingHTTPServer):
    """Gives each environment one invocation and keeps what came of it."""

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), _OneInvocation)
        self.answers: queue.Queue[tuple[str, object]] = queue.Queue()


class _OneInvocation(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    server: RuntimeApi
    is_given = False

    def do_GET(self) -> None:
        status, self.is_given = (410 if self.is_given else 200), True
        self._answer(status, b'{}')

    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        self.server.answers.put((self.path.rpartition('/')[2], told))
        self._answer(202, b'')

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header('Lambda-Runtime-Aws-Request-Id', 'one')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def invoked(tmp_path: Path) -> Iterator[object]:
    """What a new environment of the function answers: the kind of the answer, and the answer."""
    path = tmp_path / 'nursery'
    with socket.socket(socket.AF_UNIX) as door, RuntimeApi() as api:
        threading.Thread(target=api.serve_forever, daemon=True).start()
        door.bind(str(path))
        door.listen(8)
        command = [sys.executable, '-m', 'infra.local.lambdas.nursery', str(door.fileno())]
        nursery = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[door.fileno()])
        variables = {
            'AWS_LAMBDA_RUNTIME_API': f'{LOOPBACK}:{api.server_port}',
            'DOMOVOY_NURSERY': str(path),
            'DOMOVOY_PROJECT': str(tmp_path),
            'DOMOVOY_DATA': str(tmp_path),
            'AWS_LAMBDA_FUNCTION_NAME': 'one',
            '_HANDLER': 'nursed.handler',
        }

        def invoke() -> tuple[str, object]:
            subprocess.run([sys.executable, '-I', '-S', bootstrap.__file__], env=variables, check=False)
            return api.answers.get(timeout=60)

        yield invoke
        nursery.communicate()
        api.shutdown()
    assert nursery.returncode == 0


def test_environments_share_what_is_imported_until_a_source_changes(invoked, tmp_path):
    source = tmp_path / 'nursed.py'
    source.write_text(SOURCE.format('before'))
    kind, (said, born, first) = invoked()
    assert (kind, said) == ('response', 'before')
    _, (_, born_again, second) = invoked()
    assert born == born_again != first
    assert first != second
    source.write_text(SOURCE.format('afterwards'))
    _, (said, *_) = invoked()
    assert said == 'afterwards'


def test_a_source_that_cannot_be_imported_is_told_of_and_can_be_corrected(invoked, tmp_path):
    source = tmp_path / 'nursed.py'
    source.write_text('import nothing_of_that_name\n')
    kind, told = invoked()
    assert (kind, told['errorType']) == ('error', 'ModuleNotFoundError')
    source.write_text(SOURCE.format('corrected'))
    kind, (said, *_) = invoked()
    assert (kind, said) == ('response', 'corrected')
