"""What MiniStack executes for a function: hands its environment to the nursery and waits for the fork's end.

Run as `python -I -S bootstrap.py` so that it costs a few milliseconds. MiniStack knows and kills only this
process; the fork notices through the socket and ends too.
"""

import os
import socket
import sys


def main() -> None:
    """The environment has served until it was stopped."""
    nursery = socket.socket(socket.AF_UNIX)
    nursery.connect(os.environ['DOMOVOY_NURSERY'])
    variables = b'\0'.join(name + b'=' + value for name, value in os.environb.items())
    socket.send_fds(nursery, [len(variables).to_bytes(4, 'big')], [1, 2])
    nursery.sendall(variables)
    # One byte tells that the worker ended by itself; nothing is ever sent before.
    sys.exit(0 if nursery.recv(1) else 1)


if __name__ == '__main__':
    main()
