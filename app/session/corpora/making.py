"""A corpus that is being made, by a process of its own, in its turn.

What was made stays: one that was cancelled is there as far as it got, and goes on from there.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import threading
import time
from collections.abc import Callable
from contextvars import copy_context
from typing import IO

from lstm_core.corpus import CorpusError, NotWrittenError
from lstm_core.record import record
from lstm_core.subject import Subject

from ...inputs import UploadError
from ...messages import read
from ...trainer.background import background_process
from ...words import sequences as words
from ..reading.bounds import resident_bytes
from ..turns import Turns
from ..view import Direction
from . import kept
from .sources import Made, count_of, order_of
from .work import Order

BLOCK = 2**14  # timesteps: a few blocks a second
MEMORY = 2 * 2**30  # bytes that one process may hold
SECONDS = 600.0  # that one survey may take: the next one has its turn then
WATCH = 0.25  # seconds between two looks at a process
GONE = 5.0  # seconds after which nobody comes back: a reload takes less

Alive = Callable[[str], bool]


@record
class Progress:
    """How far a corpus is: sequences done, of how many, and the seconds that are left.

    `before` is how many others are made first. None as seconds: nobody knows yet.
    """

    done: int
    of: int
    left: float | None
    before: int


class Making:
    """A corpus that is being made, from `begin` on; it ends early where its sessions have gone."""

    def __init__(
        self,
        key: str,
        subject: Subject,
        made: Made,
        layer: int,
        direction: Direction,
        turns: Turns,
        alive: Alive,
    ):
        """Join the line; nothing runs yet."""
        self.key, self.problem, self.ended = key, "", False
        self.sessions: set[str] = set()
        self._what = (subject, made, layer, direction)
        self._turns, self._ticket, self._alive = turns, turns.join(), alive
        self._cancelled, self._seen = threading.Event(), time.monotonic()
        self._done, self._of, self._begun = 0, count_of(subject, made), 0.0
        self._process: subprocess.Popen[bytes] | None = None
        speak_alike = copy_context().run  # the thread speaks the language of whoever asks
        self._thread = threading.Thread(
            target=speak_alike, args=(self._run,), name=f"corpus-{key[:8]}", daemon=True
        )

    def begin(self) -> None:
        """Run, when the turn has come."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop after the block that is being made."""
        self._cancelled.set()
        with contextlib.suppress(OSError, ValueError):
            if self._process is not None:
                _pipe(self._process.stdin).write(b".")
                _pipe(self._process.stdin).flush()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    @property
    def process(self) -> int | None:
        """The id of the process that makes it; None where none does."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if self._process is not None and running else None

    @property
    def progress(self) -> Progress:
        """How far it is."""
        done, of = self._done, self._of
        spent = time.monotonic() - self._begun if self._begun else 0.0
        left = spent / done * (of - done) if done and spent > 1 else None
        return Progress(done=done, of=of, left=left, before=self._turns.before(self._ticket))

    def _run(self) -> None:
        try:
            while not self._turns.wait(self._ticket, WATCH):
                self._look()
                if self._cancelled.is_set():
                    return
            self._begun = time.monotonic()
            kept.make_root()
            outcome = self._work(order_of(*self._what, kept.folder_of(self.key), BLOCK, SECONDS))
            self.problem = _said(outcome)
            kept.make_room(self.key)
        except NotWrittenError:
            self.problem = words.NO_DISK
        except (CorpusError, UploadError) as problem:
            self.problem = str(problem)
        finally:
            self._turns.leave(self._ticket)
            self.ended = True

    def _work(self, order: Order) -> str:
        """Have a process carry out an order; return what it says at the end."""
        process = self._process = background_process(f"{__package__}.worker")
        threading.Thread(target=self._watch, name="corpus", daemon=True).start()
        try:
            with contextlib.suppress(OSError):
                pickle.dump(order, _pipe(process.stdin), pickle.HIGHEST_PROTOCOL)
                _pipe(process.stdin).flush()
                if self._cancelled.is_set():  # while it began
                    self.cancel()
                while (message := read(_pipe(process.stdout))) is not None:
                    if message.document["kind"] == "ended":
                        return str(message.document["outcome"])
                    self._done = message.document["done"]
            return "broke"
        finally:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    _pipe(pipe).close()
            process.wait()

    def _watch(self) -> None:
        """Look after the process until it has ended."""
        while (process := self.process) is not None:
            self._look()
            if self._process is not None and resident_bytes(process) > MEMORY:
                self._process.kill()
            time.sleep(WATCH)

    def _look(self) -> None:
        """Cancel what nobody waits for any more."""
        now = time.monotonic()
        if not self.sessions or any(map(self._alive, tuple(self.sessions))):
            self._seen = now
        elif now - self._seen > GONE and not self._cancelled.is_set():
            self.cancel()


def _said(outcome: str) -> str:
    """The sentence for what a process says at the end."""
    sentences = {
        "memory": words.NO_MEMORY,
        "room": words.NO_ROOM,
        "disk": words.NO_DISK,
        "time": words.too_long(round(SECONDS / 60)),
        "broke": words.BROKE,
    }
    return sentences.get(outcome, outcome)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe
