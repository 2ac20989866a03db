"""One file on its way: its process, how far it is, and what it came to."""

from __future__ import annotations

import contextlib
import dataclasses
import subprocess
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import IO

from lstm_core.model.encoders import Encoder
from lstm_core.record import record

from ...inputs import Understanding, UploadError
from ...messages import read, write
from ...trainer.background import background_process
from ...words import uploads as words
from ..turns import Turns
from .bounds import MEMORY, SECONDS, resident_bytes
from .wire import Contents, answer

WATCH = 0.25  # seconds between two looks at a process
Alive = Callable[[str], bool]


class CancelledError(UploadError):
    """A reading that its reader has ended: nothing is known about the file."""


@record
class Progress:
    """How far a reading is, and for how many seconds it has gone on.

    `counted` is "bytes" or "columns", or "" before anything is counted; `done` of `total` are.
    `before` is how many others have to be read first.
    """

    counted: str = ""
    done: int = 0
    total: int = 0
    seconds: float = 0.0
    before: int = 0


class Reading:
    """The reading of one file. It begins when its turn has come; its result is waited for, or not.

    It ends early where it takes too much time or memory, where it is cancelled, and where none of
    its sessions is alive any more.
    """

    def __init__(self, name: str, order: Contents, encoder: Encoder, turns: Turns, alive: Alive):
        self.sessions: set[str] = set()
        self._name, self._encoder, self._alive = name, encoder, alive
        self._turns, self._ticket = turns, turns.join()
        self._progress = Progress()
        self._began = time.monotonic()
        self._stopped: UploadError | None = None
        self._result: Understanding | UploadError | None = None
        self._ended = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        speak_alike = copy_context().run  # the thread speaks the language of whoever reads
        threading.Thread(
            target=speak_alike, args=(self._run, order), name="reading", daemon=True
        ).start()

    @property
    def ended(self) -> bool:
        """Whether there is a result."""
        return self._ended.is_set()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        now, seconds = self._progress, time.monotonic() - self._began
        before = self._turns.before(self._ticket)
        return dataclasses.replace(now, seconds=seconds, before=before)

    @property
    def process(self) -> int | None:
        """The id of the process that reads; None where none does."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if self._process is not None and running else None

    def result(self) -> Understanding | UploadError:
        """Return what the file means, or why it means nothing, as soon as that is known.

        Raises CancelledError where the reading was cancelled.
        """
        self._ended.wait()
        assert self._result is not None
        if isinstance(self._result, CancelledError):
            raise CancelledError(str(self._result))
        return self._result

    def cancel(self) -> None:
        """End the reading."""
        self._stop(CancelledError(words.reading_cancelled(self._name)))

    def _stop(self, why: UploadError) -> None:
        if self._stopped is None and not self.ended:
            self._stopped = why
        if self._process is not None:
            self._process.kill()

    def _run(self, order: Contents) -> None:
        try:
            while not self._turns.wait(self._ticket, WATCH):
                self._watch()
                if self._stopped:
                    return
            self._result = self._read(order)
        finally:
            self._turns.leave(self._ticket)
            broken = UploadError(words.reading_broke(self._name))
            self._result = self._stopped or self._result or broken
            self._ended.set()

    def _read(self, order: Contents) -> Understanding | UploadError | None:
        """Read the file in a process; return None where the process broke or was stopped."""
        self._began = time.monotonic()
        self._process = background_process(f"{__package__}.worker")
        if self._stopped:  # while it began
            self._process.kill()
        watch = copy_context().run
        threading.Thread(
            target=watch, args=(self._watch_process,), name="reading", daemon=True
        ).start()
        requests, reports = _pipe(self._process.stdin), _pipe(self._process.stdout)
        try:
            with contextlib.suppress(OSError):
                write(requests, *order)
                while (message := read(reports)) is not None:
                    if message.document["kind"] == "answer":
                        return answer(message.document, message.arrays, self._encoder)
                    counted, done, total = message.document["progress"]
                    self._progress = Progress(counted=counted, done=done, total=total)
            return None
        finally:
            self._process.kill()
            for pipe in (requests, reports):
                with contextlib.suppress(OSError):
                    pipe.close()
            self._process.wait()

    def _watch_process(self) -> None:
        while self.process is not None:
            self._watch()
            time.sleep(WATCH)

    def _watch(self) -> None:
        """Stop the reading where it exceeds a bound, or where nobody waits for it any more."""
        process = self.process
        if process is not None and time.monotonic() - self._began > SECONDS:
            self._stop(UploadError(words.reading_takes_too_long(self._name, SECONDS)))
        if process is not None and resident_bytes(process) > MEMORY:
            self._stop(UploadError(words.reading_needs_memory(self._name, MEMORY)))
        if self.sessions and not any(map(self._alive, self.sessions)):
            self.cancel()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
