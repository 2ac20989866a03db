"""How a corpus is made, block by block: what the worker process does, and what it is told.

An `Order` goes from the server to a process that it started itself, and to nobody else.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Literal

import numpy as np

from lstm_core.corpus import (
    CorpusError,
    NotWrittenError,
    Plan,
    block_of,
    planned,
    write_block,
)
from lstm_core.corpus.folder import begin, block_folder, finish, is_done
from lstm_core.corpus.plan import PILOT
from lstm_core.model import Model
from lstm_core.model.layer import Direction
from lstm_core.record import record
from lstm_core.sequence import Sequence
from lstm_core.subject import Subject

Outcome = Literal["", "memory", "room", "time", "disk"]


@record
class Order:
    """What is made and where: `count` fresh sequences of the subject's task, or those given.

    `model` reads them. `classes` says whether the network names one of some classes, see
    `labelled`. A block has about `block` timesteps; the corpus at most `largest` bytes of levels,
    and it is made for at most `seconds`.
    """

    folder: Path
    subject: Subject
    model: Model
    kind: str
    count: int
    given: tuple[Sequence, ...] | None
    classes: bool
    layer: int
    direction: Direction
    block: int
    largest: int
    seconds: float


def make(order: Order, tell: Callable[[int], None], stopped: Callable[[], bool]) -> Outcome:
    """Make a corpus, as far as it goes; return why it went no further, "" where nothing stood by.

    `tell` hears how many sequences are done; once `stopped` is true no further block begins, after
    the first. Raises CorpusError, in one sentence, for what cannot be made.
    """
    end = time.monotonic() + order.seconds
    sequences = _sequences(order)
    pilot = list(islice(sequences, PILOT))
    plan = planned(order.model, pilot, order.layer, order.direction)
    begin(order.folder, plan, {"name": order.subject.name, "kind": order.kind})
    rows = sum(len(levels.steps) for levels in plan.levels)
    names: list[str] = []
    ends: list[int] = []  # how many sequences are done after each block
    held = 0
    outcome: Outcome = ""
    for block in _blocks(chain(pilot, sequences), order.block):
        held += rows * sum(map(len, block))
        if names and (stopped() or held > order.largest or time.monotonic() > end):
            outcome = "" if stopped() else "room" if held > order.largest else "time"
            break
        done = ends[-1] if ends else 0
        try:
            _one(order, plan, f"{done:08d}", block)
        except (MemoryError, NotWrittenError) as problem:
            outcome = "memory" if isinstance(problem, MemoryError) else "disk"
            break
        names.append(f"{done:08d}")
        ends.append(done + len(block))
        tell(ends[-1])
    if names:
        kept = _finished(order.folder, names, full=outcome == "disk")
        tell(ends[kept - 1])
    return outcome


def _finished(folder: Path, names: list[str], *, full: bool) -> int:
    """Say which blocks are there, and return how many; on a full disk the last makes room for that.

    Raises NotWrittenError where that cannot be said.
    """
    try:
        finish(folder, names)
    except NotWrittenError:
        if not full or len(names) == 1:
            raise
        shutil.rmtree(block_folder(folder, names[-1]), ignore_errors=True)
        finish(folder, names[:-1])
        return len(names) - 1
    return len(names)


def _one(order: Order, plan: Plan, name: str, block: list[Sequence]) -> None:
    if not is_done(order.folder, name):
        write_block(block_folder(order.folder, name), block_of(order.model, plan, block))


def _sequences(order: Order) -> Iterator[Sequence]:
    """The sequences in their order, drawn when they are asked for."""
    if order.given is not None:
        yield from order.given
        return
    for seed in range(order.count):
        one = order.subject.random_sequence(seed)
        yield labelled(order.subject, one, f"seed {seed}", order.classes)


def _blocks(sequences: Iterator[Sequence], timesteps: int) -> Iterator[list[Sequence]]:
    """Yield the sequences in blocks of so many timesteps, one sequence at least."""
    block: list[Sequence] = []
    held = 0
    for one in sequences:
        if block and held + len(one) > timesteps:
            yield block
            block, held = [], 0
        block.append(one)
        held += len(one)
    if block:
        yield block


def labelled(subject: Subject, one: Sequence, name: str, classes: bool) -> Sequence:
    """Return a sequence with its name and, where the task knows the answer, that as its label.

    The answer is what is true at the last timestep: the one class, where the network names
    `classes`, or the one number.
    """
    if one.label is not None:
        return replace(one, name=name)
    targets, label = subject.truth.targets(one), None
    if isinstance(targets, tuple) and targets and len(targets[-1]) == 1 and classes:
        (label,) = targets[-1]
    elif isinstance(targets, np.ndarray) and targets.shape[-1:] == (1,) and len(targets):
        last = float(targets[-1, 0])
        label = f"{last:.6g}" if np.isfinite(last) and np.isnan(targets[:-1]).all() else None
    return replace(one, name=name, label=label)


def refused(order: Order, tell: Callable[[int], None], stopped: Callable[[], bool]) -> str:
    """Make a corpus; return a word of `Outcome`, or a sentence that says why it cannot be made."""
    try:
        return make(order, tell, stopped)
    except NotWrittenError:
        return "disk"
    except CorpusError as problem:
        return str(problem)
    except MemoryError:
        return "memory"
