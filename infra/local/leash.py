"""Runs a program for as long as somebody holds the other end of our standard input.

A server that knows nothing of its parent would outlive a parent killed with -9 and keep its port and its
database. On this leash it is stopped when the pipe breaks, however the parent died.
Used as `python -I -S leash.py PROGRAM ARGUMENT...`; imports the standard library only.
"""

import os
import signal
import subprocess
import sys
import threading

GRACE_SECONDS = 5


def _stop(child: 'subprocess.Popen[bytes]') -> None:
    child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def main() -> int:
    """The program has ended, by itself or because the pipe broke or we were told to; its exit code."""
    # A Ctrl-C in the terminal reaches the whole group; the parent decides when its children stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: _stop(child))

    def watch() -> None:
        while os.read(0, 4096):
            pass
        _stop(child)

    threading.Thread(target=watch, daemon=True).start()
    return child.wait()


if __name__ == '__main__':
    sys.exit(main())
