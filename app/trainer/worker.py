"""A worker process: it trains the runs it is given, in turns, and knows nothing of the app.

    orders    train (lease, experiment, progress, until, seconds), halt (lease), drop (lease)

The run that had the least processor time has the next turn, whatever its updates cost. When
the pipe closes, the trainer is gone, and so is the worker, in the middle of an update too.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from typing import IO

import numpy as np

from .lease import Lease, Tell
from .messages import Message, read, write


class Worker:
    """The runs of this process."""

    def __init__(self, tell: Tell):
        self._tell = tell
        self._leases: dict[int, Lease] = {}

    @property
    def idle(self) -> bool:
        """Whether there is nothing to train."""
        return not self._leases

    def obey(self, order: Message) -> None:
        """Do what one order says; one for a run that is over means nothing."""
        number = order.words["lease"]
        if order.words["do"] == "train":
            self._take(order)
            return
        lease = self._leases.pop(number, None)
        if lease is not None and order.words["do"] == "halt":
            lease.end("halted")

    def turn(self, interrupted: queue.SimpleQueue[Message]) -> None:
        """Give the next run its slice."""
        lease = min(self._leases.values(), key=lambda lease: (lease.turn, -lease.number))
        lease.work(lambda: not interrupted.empty())
        if lease.over:
            del self._leases[lease.number]

    def _take(self, order: Message) -> None:
        try:
            lease = Lease(order, self._tell)
        except Exception as error:  # of one experiment: the others train on
            words = {"told": "over", "lease": order.words["lease"], "seconds": 0.0, "updates": 0}
            self._tell({**words, "reason": "broken", "problem": str(error)}, {})
            return
        lease.turn = min((other.turn for other in self._leases.values()), default=0.0)
        self._leases[lease.number] = lease


def listen(pipe: IO[bytes], orders: queue.SimpleQueue[Message]) -> None:
    """Hand on orders until the pipe closes; then end the process at once."""
    with contextlib.suppress(OSError):
        while (order := read(pipe)) is not None:
            orders.put(order)
    os._exit(0)


def main() -> None:
    """Serve the trainer at the other end of standard input and output; the argument is how nice."""
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    np.seterr(all="ignore")  # what overflows is found, and told in words
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else gets among the answers
    orders: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    worker = Worker(lambda words, arrays: write(answers, words, arrays))
    with contextlib.suppress(BrokenPipeError):
        write(answers, {"told": "ready"}, {})
        while True:
            while worker.idle or not orders.empty():
                worker.obey(orders.get())
            worker.turn(orders)


if __name__ == "__main__":
    main()
