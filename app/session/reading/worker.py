"""The process that reads one file: an order comes in, progress and an answer go out.

When the server closes the pipe, nobody waits any more, and the process ends at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time

from ...messages import read, write
from .wire import execute

EVERY = 0.2  # seconds between two reports of progress


def main() -> None:
    """Read the file of the order on standard input, and answer on standard output."""
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else gets among the reports
    order = read(sys.stdin.buffer)
    if order is None:
        return
    threading.Thread(target=_end_with_server, daemon=True).start()
    said = 0.0

    def tell(counted: str, done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            write(reports, {"kind": "progress", "progress": [counted, done, total]}, {})

    document, arrays = execute(order.document, order.arrays, tell)
    with contextlib.suppress(BrokenPipeError):
        write(reports, {"kind": "answer", **document}, arrays)


def _end_with_server() -> None:
    sys.stdin.buffer.read(1)
    os._exit(0)


if __name__ == "__main__":
    main()
