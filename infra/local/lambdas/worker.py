"""A Lambda environment: takes invocations from the Runtime API and gives them to the handler.

Output and tracebacks go to `logs/<function>.log` of the runtime's data folder.
"""

import http.client
import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

Handler = Callable[[Any, 'Context'], Any]
API = '/2018-06-01/runtime'


class Context:
    """What Lambda hands to a handler beside the event."""

    def __init__(self, headers: http.client.HTTPMessage) -> None:
        self.aws_request_id = headers['Lambda-Runtime-Aws-Request-Id']
        self.invoked_function_arn = headers['Lambda-Runtime-Invoked-Function-Arn'] or ''
        self.function_name = os.environ.get('AWS_LAMBDA_FUNCTION_NAME', '')
        self.function_version = os.environ.get('AWS_LAMBDA_FUNCTION_VERSION', '$LATEST')
        self.memory_limit_in_mb = os.environ.get('AWS_LAMBDA_FUNCTION_MEMORY_SIZE', '128')
        self.log_group_name = f'/aws/lambda/{self.function_name}'
        self.log_stream_name = os.environ.get('AWS_LAMBDA_LOG_STREAM_NAME', '')
        self.identity = None
        self.client_context = None
        self._deadline_ms = int(headers['Lambda-Runtime-Deadline-Ms'] or 0)

    def get_remaining_time_in_millis(self) -> int:
        """Milliseconds until the environment is killed."""
        return max(0, self._deadline_ms - int(time.time() * 1000))


def serve() -> None:
    """Invocations have been answered until the Runtime API went away."""
    _write_to_log()
    handler: Handler | None = None
    api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
    while True:
        try:
            api.request('GET', f'{API}/invocation/next')
            invocation = api.getresponse()
            payload = invocation.read()
        except (OSError, http.client.HTTPException):
            return
        if invocation.status != 200:
            return
        identity = invocation.headers['Lambda-Runtime-Aws-Request-Id']
        try:
            if handler is None:
                handler = _load()
            kind, answer = 'response', json.dumps(handler(json.loads(payload), Context(invocation.headers)))
        except BaseException as error:
            kind, answer = 'error', json.dumps(_told(error))
        sys.stdout.flush()
        api.request('POST', f'{API}/invocation/{identity}/{kind}', answer.encode())
        api.getresponse().read()
        if handler is None:
            # The module could not be imported: a fresh process will see the corrected source.
            return


def enter_project() -> None:
    """What the function imports is found in its project first, and so are the files it opens."""
    project = os.environ['DOMOVOY_PROJECT']
    os.chdir(project)
    if sys.path[0] != project:
        sys.path.insert(0, project)


def handler_module() -> str:
    """The module that the handler stands in."""
    return _handler_path().rpartition('.')[0]


def _handler_path() -> str:
    return os.environ.get('_HANDLER', '').replace('/', '.')


def _load() -> Handler:
    module, _, name = _handler_path().rpartition('.')
    handler: Handler = getattr(importlib.import_module(module), name)
    return handler


def _told(error: BaseException) -> dict[str, Any]:
    """The error as Lambda reports it: state machines match on `errorType`, the bare class name."""
    traceback.print_exc()
    sys.stderr.flush()
    stack = traceback.format_tb(error.__traceback__)
    return {'errorMessage': str(error), 'errorType': type(error).__name__, 'stackTrace': stack}


def _write_to_log() -> None:
    folder = Path(os.environ['DOMOVOY_DATA']) / 'logs'
    folder.mkdir(parents=True, exist_ok=True)
    name = os.environ.get('AWS_LAMBDA_FUNCTION_NAME', 'function')
    log = os.open(folder / f'{name}.log', os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.close(log)
    sys.stdout = os.fdopen(1, 'w', buffering=1)
    sys.stderr = os.fdopen(2, 'w', buffering=1)


if __name__ == '__main__':
    serve()
