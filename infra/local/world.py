"""The whole runtime in one process and its children: what `make run` starts and what the journeys run in.

Start: engine, MiniStack, nursery and template in parallel; then the stack; then streams and HTTP.
"""

import contextlib
import email.utils
import json
import os
import re
import select
import socket
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from infra.local import clock, demo, engine, folder, remembered
from infra.local.children import LOOPBACK, Child, ChildDied, bare_environment, free_port
from infra.local.console import Console
from infra.local.gateway import Gateway, Reply
from infra.local.lambdas import nursery
from infra.local.outbox import Journal
from infra.local.paths import MINISTACK_PYTHON, ROOT
from infra.local.plumbing import Plumbing
from infra.local.server import Server
from infra.local.signed import Caller
from infra.local.sms_centre import Message, SmsCentre
from infra.local.tbank import TBank
from infra.local.yookassa import YooKassa

SENDER = 'MAIL_FROM'
PUSH_APPLICATION = re.compile(r'arn:aws:sns:[^:]+:[^:]+:app/([^/]+)/([^/]+)')


class NotInstalled(RuntimeError):
    """The tools of the runtime are not there yet."""


class World:
    """Everything, alive between `__enter__` and `__exit__`."""

    def __init__(
        self,
        data: Path,
        *,
        port: int = 0,
        project: Path = ROOT,
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        if not MINISTACK_PYTHON.exists():
            raise NotInstalled('run `python -m infra.local install` first')
        self._parameters = parameters or {}
        self.data, self.project, self._port = data.resolve(), project.resolve(), port or free_port()
        self.data.mkdir(parents=True, exist_ok=True)
        self._open = contextlib.ExitStack()
        self._open.enter_context(folder.locked(self.data))
        self.logs = self.data / 'logs'
        self.logs.mkdir(exist_ok=True)
        self.api = ''
        self.endpoint = f'http://{LOOPBACK}:{free_port()}'
        self.engine_url = ''
        self._engine: engine.Engine | None = None
        self.settings: dict[str, str] = {}
        self.clock = clock.Clock(self.data / clock.FILE)
        self.journal = Journal(self.data / 'outbox.jsonl')
        self._scratch = self._open.enter_context(folder.scratch(self.data))

    def __enter__(self) -> Self:
        try:
            self._start()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    # -- start -------------------------------------------------------------------------------------

    def _start(self) -> None:
        centre = SmsCentre(on_sent=self._texted, now=self.clock.time)
        self.sms_centre = self._open.enter_context(centre)
        yookassa = YooKassa(self.data / 'yookassa.jsonl', now=self.clock.time)
        self.yookassa = self._open.enter_context(yookassa)
        tbank = TBank(self.data / 'tbank.jsonl', now=self.clock.time)
        self.tbank = self._open.enter_context(tbank)
        if engine.is_installed():
            self._engine = engine.Engine(self.data / 'dynamodb.db', log=self.logs / 'dynoxide.log')
            self.engine_url = self._engine.url
            self._open.enter_context(self._engine)
        environment = self._environment()
        self._emulator = self._start_emulator(environment)
        key = remembered.fingerprint(self.project)
        merge_file = str(self.data / 'merge-template.json')
        making = None
        if remembered.recall(self.project, key) is None:
            making = self._child('template', '-m', 'infra.local.template', str(self.project), merge_file, key)
        # The API runs in this process, with the settings it is deployed with and no other.
        os.environ.clear()
        os.environ.update(environment)
        # While the others start: libraries need no settings, and the application will want these.
        nursery.import_libraries()
        from infra.local import stack

        self.cloud = stack.Cloud(self.endpoint, self.engine_url)
        if making and making.wait() != 0:
            raise ChildDied(f'the template could not be made:\n{making.last_words()}')
        # Not earlier: nobody needs it yet, and it would slow down those that everybody waits for.
        self._nursery = self._start_nursery(environment['DOMOVOY_NURSERY'])
        self._emulator.wait_for_port(int(self.endpoint.rpartition(':')[2]))
        stack.deploy(self.cloud, self._adapted(key), self._parameters)
        if api := stack.physical_names(self.cloud).get(stack.API_FUNCTION):
            self.settings = stack.function_environment(self.cloud, api)
        # The people of the demonstration sign in with a known code, whatever the template says of codes.
        os.environ.update(self.settings | {'FIXED_CODES': demo.fixed_codes()})
        self._make_known()
        self.plumbing = self._open.enter_context(self._plumbing())
        self._serve()
        self._scheduled = stack.scheduled_functions(self.cloud)

    def _environment(self) -> dict[str, str]:
        environment = bare_environment() | engine.DUMMY_CREDENTIALS
        environment |= {
            'AWS_ENDPOINT_URL': self.endpoint,
            'AWS_REGION': engine.REGION,
            'AWS_DEFAULT_REGION': engine.REGION,
            'AWS_EC2_METADATA_DISABLED': 'true',
            'DOMOVOY_CLOCK_FILE': str(self.clock.path),
            'DOMOVOY_DATA': str(self.data),
            'DOMOVOY_PROJECT': str(self.project),
            'DOMOVOY_NURSERY': str(self._scratch / 'nursery'),
            'SANDBOX_PUBLIC_URL': f'http://{LOOPBACK}:{self._port}',
            'SANDBOX_LIVE_URL': f'{self.endpoint}/_aws/execute-api',
            'SANDBOX_SMS_URL': self.sms_centre.url,
            'SANDBOX_YOOKASSA_URL': self.yookassa.api,
            'SANDBOX_TBANK_URL': self.tbank.url,
            'PUSH_AUTOCREATE': 'on',
            'TZ': 'UTC',
        }
        if self.engine_url:
            environment['AWS_ENDPOINT_URL_DYNAMODB'] = self.engine_url
            environment['AWS_ENDPOINT_URL_DYNAMODB_STREAMS'] = self.engine_url
        return environment

    def _start_emulator(self, environment: Mapping[str, str]) -> Child:
        own = {
            'BIND_HOST': LOOPBACK,
            'GATEWAY_PORT': self.endpoint.rpartition(':')[2],
            'IOT_MTLS_ENABLED': '0',
            'SFTP_ENABLED': '0',
            'MINISTACK_REGION': engine.REGION,
            'LOG_LEVEL': 'INFO',
            'S3_PERSIST': '1',
            'S3_DATA_DIR': str(self.data / 's3'),
            # Its scratch files, away from those of other instances, and gone with us.
            'TMPDIR': str(self._scratch),
        }
        command = [str(MINISTACK_PYTHON), '-m', 'infra.local.emulator']
        log = self.logs / 'ministack.log'
        return self._open.enter_context(
            Child('MiniStack', command, log=log, environment={**environment, **own})
        )

    def _child(self, name: str, *arguments: str, pass_fds: Sequence[int] = ()) -> Child:
        environment = self._environment() | {'PYTHONPATH': os.pathsep.join((str(self.project), str(ROOT)))}
        command = [sys.executable, *arguments]
        log = self.logs / f'{name}.log'
        child = Child(name, command, log=log, environment=environment, pass_fds=pass_fds)
        return self._open.enter_context(child)

    def _start_nursery(self, path: str) -> Child:
        door = self._open.enter_context(socket.socket(socket.AF_UNIX))
        door.bind(path)
        door.listen(128)
        number = door.fileno()
        return self._child('nursery', '-m', 'infra.local.lambdas.nursery', str(number), pass_fds=[number])

    def _adapted(self, key: str) -> dict[str, Any]:
        from infra.local.adaptation import adapt

        template = remembered.recall(self.project, key)
        assert template is not None, 'another runtime of a changed project has just started'
        adapted = adapt(template)
        (self.data / 'template.json').write_text(json.dumps(adapted, indent=1))
        return adapted

    def _make_known(self) -> None:
        """What an operator does once by hand in an account: a verified sender, the push applications."""
        _, address = email.utils.parseaddr(self.settings.get(SENDER, ''))
        if address:
            self.cloud.client('sesv2').create_email_identity(EmailIdentity=address)
        for value in self.settings.values():
            if found := PUSH_APPLICATION.fullmatch(value):
                platform, name = found.groups()
                self.cloud.client('sns').create_platform_application(
                    Name=name, Platform=platform, Attributes={'PlatformCredential': 'local'}
                )

    def _plumbing(self) -> Plumbing:
        return Plumbing(self.cloud, self.engine_url, self.data)

    def _serve(self) -> None:
        from chalice.cli.factory import CLIFactory

        sys.path[:0] = [str(self.project)]
        os.chdir(self.project)
        factory = CLIFactory(str(self.project), environ=os.environ)
        config = factory.create_config_obj('dev')
        gateway = Gateway(config.chalice_app, config)
        console = Console(self.clock, self.journal, self.tick)

        def answer(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
            served = console if path.startswith(Console.PREFIXES) else gateway
            return served.answer(method, path, headers, body)

        server = Server(answer, self._port).start()
        self._open.callback(server.stop)
        self.api = server.url

    # -- while it runs -----------------------------------------------------------------------------

    def tick(self) -> dict[str, str]:
        """The clock has moved: machines look at it, and every scheduled function has run once.

        Function name → `done`, or the error it ended with.
        """
        self._emulator.tell('clock')
        lambdas = Caller(self.endpoint)

        def run(one: tuple[str, dict[str, Any]]) -> tuple[str, str]:
            arn, event = one
            name = arn.split(':')[6]
            path = f'/2015-03-31/functions/{name}/invocations'
            _, headers, body = lambdas.post(path, 'lambda', {}, json.dumps(event).encode())
            return name, body.decode() if headers['X-Amz-Function-Error'] else 'done'

        with ThreadPoolExecutor(8) as threads:
            threads.submit(self.yookassa.tick)
            threads.submit(self.tbank.tick)
            return dict(threads.map(run, self._scheduled))

    def wait_until_broken(self, stop: int) -> str:
        """Blocks until the descriptor `stop` can be read (then '') or a child has died (then its name)."""
        while not select.select([stop], [], [], 0.5)[0]:
            for child in (self._emulator, self._nursery):
                if not child.is_alive():
                    return child.name
            if self._engine and not self._engine.is_alive():
                return 'dynoxide'
        return ''

    def _texted(self, message: Message) -> None:
        data = {'sender': message.sender, 'cost': message.cost, 'segments': message.segments, 'by': 'smsc'}
        self.journal.add(channel='sms', to=f'+{message.phone}', text=message.text, data=data)
