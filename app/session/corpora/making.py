"""Corpora that are being made: one at a time in this server, each in a thread of its own.

What was made stays: one that was cancelled is there as far as it got, and goes on from there.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from itertools import chain, islice

from lstm_core.corpus import CorpusError, Plan, block_of, planned, write_block
from lstm_core.corpus.folder import begin, block_folder, finish, is_done
from lstm_core.corpus.plan import PILOT
from lstm_core.model import Model
from lstm_core.record import record
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

from ...inputs import UploadError
from ...words import sequences as words
from ..view import Direction
from . import kept
from .sources import Made, count_of, key_of, reading, sequences_of

BLOCK = 2**14  # timesteps: a few blocks a second
AT_ONCE = threading.Semaphore(1)


@record
class Progress:
    """How far a corpus is: sequences done, of how many, and the seconds that are left.

    `waits` says that another one is made first. None as seconds: nobody knows yet.
    """

    done: int
    of: int
    left: float | None
    waits: bool


class Making:
    """A corpus that is being made, from `begin` on, by a thread of its own."""

    def __init__(self, key: str, subject: Subject, made: Made, layer: int, direction: Direction):
        """Get ready; nothing runs yet."""
        self.key, self.problem, self.ended = key, "", False
        self._subject, self._made, self._place = subject, made, (layer, direction)
        self._cancelled = threading.Event()
        self._done, self._of, self._begun = 0, count_of(subject, made), 0.0
        self._thread = threading.Thread(target=self._run, name=f"corpus-{key[:8]}", daemon=True)

    def begin(self) -> None:
        """Run."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop after the block that is being made."""
        self._cancelled.set()

    def wait(self) -> None:
        """Wait until it has ended."""
        self._thread.join()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        done, of = self._done, self._of
        spent = time.monotonic() - self._begun if self._begun else 0.0
        left = spent / done * (of - done) if done and spent > 1 else None
        return Progress(done=done, of=of, left=left, waits=not self._begun)

    def _run(self) -> None:
        try:
            with AT_ONCE:
                self._begun = time.monotonic()
                self._make()
        except (CorpusError, UploadError) as problem:
            self.problem = str(problem)
        except MemoryError:
            self.problem = words.NO_MEMORY
        finally:
            self.ended = True

    def _make(self) -> None:
        model = reading(self._subject, self._made)
        sequences = sequences_of(self._subject, self._made)
        pilot = list(islice(sequences, PILOT))
        plan = planned(model, pilot, *self._place)
        folder = kept.folder_of(self.key)
        kept.make_root()
        begin(folder, plan, {"name": self._subject.name, "kind": self._made.kind})
        names = []
        for block in self._blocks(chain(pilot, sequences)):
            names.append(f"{self._done:08d}")
            self._one(model, plan, names[-1], block)
            self._done += len(block)
        finish(folder, names)
        kept.make_room(self.key)

    def _one(self, model: Model, plan: Plan, name: str, block: list[Sequence]) -> None:
        folder = kept.folder_of(self.key)
        if not is_done(folder, name):
            write_block(block_folder(folder, name), block_of(model, plan, block))

    def _blocks(self, sequences: Iterator[Sequence]) -> Iterator[list[Sequence]]:
        """Yield the sequences in blocks, one at least, until it is cancelled."""
        block: list[Sequence] = []
        held = 0
        for one in sequences:
            if block and held + len(one) > BLOCK:
                if self._cancelled.is_set() and self._done:
                    return
                yield block
                block, held = [], 0
            block.append(one)
            held += len(one)
        if block and not (self._cancelled.is_set() and self._done):
            yield block


class Makings:
    """What is being made in this server, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._makings: dict[str, Making] = {}

    def begin(self, subject: Subject, made: Made, layer: int, direction: Direction) -> Making:
        """Return the making of a corpus, begun where it is not yet."""
        key = key_of(subject, made, layer, direction)
        with self._lock:
            making = self._makings.get(key)
            if making is None or making.ended:
                making = self._makings[key] = Making(key, subject, made, layer, direction)
                making.begin()
            return making

    def named(self, key: str) -> Making | None:
        """Return the making of a corpus; None where it is not, or no longer, made."""
        with self._lock:
            return self._makings.get(key)

    def forget(self, key: str) -> None:
        """Let go of one that has ended."""
        with self._lock:
            self._makings.pop(key, None)


makings = Makings()
"""The makings of this process, which all sessions share."""
