"""Fills a template in a process of its own: no environment, no time, no memory and no network to speak of.

The process is not believed: what it gives back is a document or a list of problems, and when it ends in any
other way, the template is at fault.
"""

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from chalicelib.kit import settings, telemetry
from chalicelib.papers.model import Problem, ProblemCode, TemplateRejected
from chalicelib.papers.rules.fields import Fields

RENDERER = Path(__file__).with_name('renderer.py')
SECONDS = 20
MEMORY = 700 * 1024 * 1024
MOST_BYTES = 20 * 1024 * 1024


def judge(template: bytes, example: Fields) -> bytes:
    """What the template makes of the example, and so of any fields like it. Raises TemplateRejected."""
    return _run(template, example, is_trial=True)


def fill(template: bytes, fields: Fields) -> bytes:
    """What the template makes of the fields, the same bytes each time. Raises TemplateRejected."""
    return _run(template, fields, is_trial=False)


def _run(template: bytes, fields: Fields, *, is_trial: bool) -> bytes:
    asked = {'template': base64.b64encode(template).decode(), 'fields': fields, 'is_trial': is_trial}
    limits = {'seconds': SECONDS, 'memory': MEMORY, 'bytes': MOST_BYTES, 'path': sys.path}
    command = [sys.executable, '-I', '-B', str(RENDERER), json.dumps(limits)]
    # Where the interpreter finds its own libraries is all it learns of where it runs.
    libraries = settings.optional('LD_LIBRARY_PATH')
    environment = {'LD_LIBRARY_PATH': libraries} if libraries else {}
    asks = json.dumps(asked).encode()
    try:
        run = subprocess.run(  # noqa: S603 - our own program; the template is its input
            command, input=asks, capture_output=True, env=environment, timeout=SECONDS + 10
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateRejected(Problem(code=ProblemCode.TOO_SLOW)) from error
    if run.returncode:
        # A signal is a limit that was met; whatever else it was, its last word is for our log only.
        said = run.stderr.decode(errors='replace').strip().rpartition('\n')[2]
        telemetry.log.warning('template ended its sandbox', code=run.returncode, said=said[:500])
        code = ProblemCode.TOO_SLOW if run.returncode < 0 else ProblemCode.BROKEN
        raise TemplateRejected(Problem(code=code))
    return _heard(run.stdout)


def _heard(said: bytes) -> bytes:
    try:
        answer: dict[str, Any] = json.loads(said)
        problems = [Problem.model_validate(one) for one in answer['problems']]
        document = base64.b64decode(answer['document'], validate=True)
    except (ValueError, KeyError, TypeError) as error:
        raise TemplateRejected(Problem(code=ProblemCode.BROKEN)) from error
    if problems:
        raise TemplateRejected(*problems)
    return document
