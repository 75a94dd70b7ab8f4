"""`python -m infra.local run` and `python -m infra.local install`."""

import argparse
import contextlib
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TextIO

from infra.local.paths import DEFAULT_DATA, ROOT


def main() -> int:
    """The exit code of the chosen command."""
    parser = argparse.ArgumentParser(prog='python -m infra.local', description=__doc__)
    commands = parser.add_subparsers(dest='command', required=True)
    run = commands.add_parser('run', help='start everything and serve until Ctrl-C')
    run.add_argument('--port', type=int, default=8000, help='of the API; 0 takes a free one')
    run.add_argument('--data', type=Path, default=DEFAULT_DATA, help='where data, logs and the outbox live')
    run.add_argument('--fresh', action='store_true', help='forget all data first')
    run.add_argument('--parameter', action='append', default=[], metavar='NAME=VALUE', help='of the template')
    run.add_argument('--project', type=Path, default=ROOT, help=argparse.SUPPRESS)
    run.add_argument('--ready-fd', type=int, help=argparse.SUPPRESS)
    commands.add_parser('install', help='fetch MiniStack and dynoxide into .local/, if they are not there')
    speaking = commands.add_parser('as', help='one call to the API as one of the demonstration people')
    speaking.add_argument('person')
    speaking.add_argument('method')
    speaking.add_argument('path')
    speaking.add_argument('body', nargs='?')
    speaking.add_argument('--pick', help='print one value of the answer only: items.0.id')
    sending = commands.add_parser('send', help='a file to the bucket as one of the people; prints its id')
    sending.add_argument('person')
    sending.add_argument('file', type=Path)
    sending.add_argument('--purpose', default='document', help='chat, document, template or import')
    listening = commands.add_parser('listen', help='a socket of one of the people; prints what is told')
    listening.add_argument('person')
    listening.add_argument('--number', type=int, help='of the request; left out, all that the person may see')
    listening.add_argument('--news', type=int, default=1_000_000, help='how much to wait for')
    chosen = parser.parse_args()
    if chosen.command == 'install':
        from infra.local import installation

        return installation.install()
    if chosen.command == 'as':
        from infra.local.speaking import speak

        return speak(chosen.person, chosen.method, chosen.path, chosen.body, chosen.pick)
    if chosen.command == 'send':
        from infra.local.speaking import send

        return send(chosen.person, chosen.file, chosen.purpose)
    if chosen.command == 'listen':
        from infra.local.listening import listen

        return listen(chosen.person, chosen.number, chosen.news)
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    started = time.monotonic()
    # Imported here: `install` must work before the libraries of the project are there.
    from infra.local import banner, children, stack
    from infra.local.folder import DataInUse, wipe
    from infra.local.world import NotInstalled, World

    parameters = dict(one.split('=', 1) for one in chosen.parameter)
    stopped, stop = os.pipe()
    for number in (signal.SIGINT, signal.SIGTERM):
        # A pipe, because a lock taken in a signal handler may be one that the interrupted code holds.
        signal.signal(number, lambda *_: os.write(stop, b'.'))
    try:
        _must_be_free(chosen.port)
        if chosen.fresh:
            wipe(chosen.data)
        with World(chosen.data, port=chosen.port, project=chosen.project, parameters=parameters) as world:
            screen = _quiet(world.logs / 'api.log')
            if chosen.ready_fd is None:
                banner.show(world, time.monotonic() - started, screen)
            else:
                _announce(world, chosen.ready_fd)
            broken = world.wait_until_broken(stopped)
            if broken:
                print(f'{broken} has ended; see {world.logs}', file=screen)
            return 1 if broken else 0
    except (
        DataInUse,
        NotInstalled,
        children.ChildDied,
        stack.DeploymentFailed,
        ValueError,
        OSError,
    ) as error:
        print(f'{type(error).__name__}: {error}', file=sys.stderr)
        return 1


def _must_be_free(port: int) -> None:
    from infra.local.children import LOOPBACK

    # Told at once: everything else needs seconds to start and to end again.
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((LOOPBACK, port))
        except OSError as error:
            raise OSError(f'port {port} is taken ({error.strerror}); --port chooses another') from error


def _quiet(log: Path) -> TextIO:
    """What the application prints goes to its log from now on; the console stays ours and is returned."""
    screen = os.fdopen(os.dup(2), 'w', buffering=1)
    sys.stdout.flush()
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for stream in (1, 2):
        os.dup2(file, stream)
    os.close(file)
    return screen


def _announce(world: object, descriptor: int) -> None:
    told = {name: getattr(world, name) for name in ('api', 'endpoint', 'engine_url', 'settings')}
    told |= {name: getattr(world, name).url for name in ('sms_centre', 'yookassa', 'tbank')}
    with contextlib.suppress(OSError), os.fdopen(descriptor, 'w') as pipe:
        pipe.write(json.dumps(told) + '\n')


if __name__ == '__main__':
    sys.exit(main())
