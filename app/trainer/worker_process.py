"""One worker process, seen from the server: orders go in, reports come out, nobody waits."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable, Mapping
from typing import IO, Any

from lstm_core.record import Array

from ..messages import Message, read, write
from .background import background_process

Order = tuple[dict[str, Any], Mapping[str, Array]]


class WorkerProcess:
    """A worker; `on_report` is called for each of its reports, `on_exit` once when it has ended.

    Both are called by a thread of this object. One thread reads and another one writes, so that
    a full pipe stops neither side.
    """

    def __init__(
        self,
        on_report: Callable[[WorkerProcess, Message], None],
        on_exit: Callable[[WorkerProcess], None],
        niceness: int,
    ) -> None:
        self._on_report, self._on_exit = on_report, on_exit
        self.ready = False
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._popen = background_process(f"{__package__}.worker", niceness)
        for target in (self._read, self._write):
            threading.Thread(target=target, name="trainer", daemon=True).start()

    @property
    def pid(self) -> int:
        """The id that the system gave the process."""
        return self._popen.pid

    def send(self, document: dict[str, Any], arrays: Mapping[str, Array] | None = None) -> None:
        """Send an order as soon as the worker takes it; returns at once."""
        self._orders.put((document, arrays or {}))

    def close(self) -> None:
        """Let the worker end."""
        self._orders.put(None)

    def _read(self) -> None:
        pipe = _pipe(self._popen.stdout)
        try:
            with contextlib.suppress(OSError):
                while (message := read(pipe)) is not None:
                    self.ready = True
                    if message.document["kind"] != "ready":
                        self._on_report(self, message)
        finally:  # whatever happened, nobody reads this worker's reports any more: it ends
            pipe.close()
            self.close()
            self._popen.wait()
            self._on_exit(self)

    def _write(self) -> None:
        pipe = _pipe(self._popen.stdin)
        with contextlib.suppress(OSError):
            while (order := self._orders.get()) is not None:
                write(pipe, *order)
        with contextlib.suppress(OSError):
            pipe.close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
