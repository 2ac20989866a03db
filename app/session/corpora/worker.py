"""The process that makes one corpus: an order comes in, how far it is goes out.

One byte after the order asks it to stop after the block that is being made; where the pipe is
closed nobody waits any more, and it ends at once. What it unpickles the server has pickled itself,
for a process that the server has started: nothing of it comes from elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading

from ...messages import write
from .work import Order, refused


def main() -> None:
    """Make the corpus of the order on standard input, and say on standard output how far it is."""
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else gets among the reports
    order: Order = pickle.load(sys.stdin.buffer)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(stop,), daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        outcome = refused(
            order, lambda done: write(reports, {"kind": "done", "done": done}, {}), stop.is_set
        )
        write(reports, {"kind": "ended", "outcome": outcome}, {})


def _listen(stop: threading.Event) -> None:
    if sys.stdin.buffer.read(1):
        stop.set()
        sys.stdin.buffer.read(1)
    os._exit(0)


if __name__ == "__main__":
    main()
