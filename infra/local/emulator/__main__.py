"""Starts MiniStack with our patches: `python -m infra.local.emulator`, in MiniStack's own environment.

A line on standard input is a command (`clock`: look at the clock file again). When standard input ends, the
runtime that started us is gone, and so are we.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from infra.local.emulator.patching import require_pinned_version

require_pinned_version()

# After the check of the version: these modules reach for MiniStack's private names when imported.
from ministack.app import main as serve  # noqa: E402

from infra.local.emulator import deliveries, invocations, keeping, scanning, tables, virtual_time  # noqa: E402
from infra.local.outbox import Journal  # noqa: E402


def _obey(clock: virtual_time.VirtualClock) -> None:
    for line in sys.stdin:
        if line.strip() == 'clock':
            clock.reread()
    # Everything it holds is made anew at the next start, or is on disk already.
    os._exit(0)


def _load_translator() -> None:
    # Half a second of imports that the first deployment would otherwise wait for.
    import samtranslator.translator.transform  # noqa: F401


def main() -> None:
    """MiniStack serves until it is told to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    data = Path(os.environ['DOMOVOY_DATA'])
    clock = virtual_time.VirtualClock(Path(os.environ['DOMOVOY_CLOCK_FILE']))
    virtual_time.install(clock)
    invocations.install()
    deliveries.install(Journal(data / 'outbox.jsonl'), data / 'push-endpoints.json')
    keeping.install(keeping.Keeper(data / 'secrets.json'))
    scanning.install()
    if engine := os.environ.get('AWS_ENDPOINT_URL_DYNAMODB', ''):
        tables.install(tables.Dynoxide(engine))
    threading.Thread(target=_obey, args=(clock,), daemon=True).start()
    threading.Thread(target=_load_translator, daemon=True).start()
    sys.argv = sys.argv[:1]
    serve()


if __name__ == '__main__':
    main()
