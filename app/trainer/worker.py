"""A worker process: it trains the runs that it is given, in turns, and knows nothing of the app.

The run that had the least processor time is trained next, whatever its updates cost. When the
pipe closes, the trainer is gone, and the process ends at once, even within an update.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
from typing import IO

import numpy as np

from ..messages import Message, Send, read, write
from .run_in_worker import RunInWorker


class Worker:
    """The runs of this process."""

    def __init__(self, send: Send):
        self._send = send
        self._runs: dict[int, RunInWorker] = {}  # by assignment

    @property
    def idle(self) -> bool:
        """Whether there is nothing to train."""
        return not self._runs

    def execute(self, order: Message) -> None:
        """Do what one order says; an order for a run that has ended does nothing."""
        if order.document["kind"] == "train":
            self._take(order)
            return
        run = self._runs.pop(order.document["assignment"], None)
        if run is not None and order.document["kind"] == "recall":
            run.end("recalled")

    def train_next(self, orders: queue.SimpleQueue[Message]) -> None:
        """Train the next run for one slice, or until there are orders."""
        run = min(self._runs.values(), key=lambda run: (run.turn, -run.assignment))
        run.train_slice(lambda: not orders.empty())
        if run.ended:
            del self._runs[run.assignment]

    def _take(self, order: Message) -> None:
        assignment = order.document["assignment"]
        try:
            run = RunInWorker(order, self._send)
        except Exception as error:  # of this experiment: the other runs are trained on
            ended = {"kind": "ended", "assignment": assignment, "seconds": 0.0, "updates": 0}
            self._send({**ended, "reason": "broken", "problem": str(error)}, {})
            return
        run.turn = min((other.turn for other in self._runs.values()), default=0.0)
        self._runs[assignment] = run


def read_orders(pipe: IO[bytes], orders: queue.SimpleQueue[Message]) -> None:
    """Queue the orders that come through the pipe; end the process when the pipe closes."""
    with contextlib.suppress(OSError):
        while (order := read(pipe)) is not None:
            orders.put(order)
    os._exit(0)


def main() -> None:
    """Work for the trainer at the other end of standard input and output."""
    np.seterr(all="ignore")  # what overflows is reported as diverged
    reports = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else gets among the reports
    orders: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=read_orders, args=(sys.stdin.buffer, orders), daemon=True).start()
    worker = Worker(lambda document, arrays: write(reports, document, arrays))
    with contextlib.suppress(BrokenPipeError):
        write(reports, {"kind": "ready"}, {})
        while True:
            while worker.idle or not orders.empty():
                worker.execute(orders.get())
            worker.train_next(orders)


if __name__ == "__main__":
    main()
