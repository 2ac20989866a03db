"""A block: some sequences of a corpus, surveyed, with the levels of their signals.

On disk it is a folder, which is whole or not there: it is written under another name and then
renamed. Timesteps stand one after another, all of the first sequence, then all of the second:

    rows.npy            (N,) a row of the survey for each sequence
    means.npy           (N, P) mean hidden states
    texts.json          names, labels, what was predicted, and what could not be read
    read.npy            (T,) places in the alphabet, or (T, D) numbers
    <signal>.npy        (H, T) levels: the series of one unit is contiguous
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ..model import Model
from ..model.encoders import SequenceError
from ..record import Array, record
from ..sequence import Sequence as Read
from .plan import CorpusError, NotWrittenError, Plan, encoded
from .runs import batched_runs
from .tally import Tally

TILE = 128  # timesteps that are turned over at a time: they stay in the processor's cache
LARGEST = 2**28  # bytes of the levels of one sequence: a block is made in three times as much


@record
class Block:
    """N sequences, T timesteps in all: rows of the survey, and levels (H, T) by signal.

    `skipped` sequences could not be read; `problem` says why of the first, "" for none. Where
    there is a problem and none is skipped, nobody knows how many they are: the part is damaged.
    """

    rows: Array
    means: Array
    names: tuple[str, ...]
    labels: tuple[str, ...]
    predicted: tuple[str, ...]
    read: Array
    codes: Mapping[str, Array]
    skipped: int = 0
    problem: str = ""

    @property
    def timesteps(self) -> int:
        """T."""
        return len(self.read)


def block_of(
    model: Model, plan: Plan, sequences: Sequence[Read], problem: str = "", skipped: int = 0
) -> Block:
    """Run a chain of layers over sequences and return their block.

    What the network cannot read is skipped, and counted. `problem` is one that came up before,
    and `skipped` are those sequences that were skipped then.
    """
    kept: list[Read] = []
    inputs: list[Array] = []
    for one in sequences:
        try:
            _check_length(plan, one)
            given = encoded(model, one)
        except SequenceError as error:
            problem = problem or f"{one.name}: {error}"
            continue
        kept.append(one)
        inputs.append(given)
    return _run(model, plan, kept, inputs, skipped + len(sequences) - len(kept), problem)


def _check_length(plan: Plan, one: Read) -> None:
    longest = LARGEST // sum(len(levels.steps) for levels in plan.levels)
    if not 0 < len(one) <= longest:
        what = "is empty" if not len(one) else f"has {len(one):,} timesteps"
        raise SequenceError(f"The sequence {what}: give 1 to {longest:,} timesteps.")


def _run(
    model: Model,
    plan: Plan,
    sequences: list[Read],
    inputs: list[Array],
    skipped: int,
    problem: str,
) -> Block:
    starts = np.concatenate([[0], np.cumsum([len(one) for one in inputs])]).astype(np.int64)
    by_time = {
        one.signal: np.empty((int(starts[-1]), len(one.steps)), np.uint8) for one in plan.levels
    }
    tally = Tally(model, plan, sequences)
    names = [one.signal for one in plan.levels]
    for chunk in batched_runs(model, inputs, names, plan.layer, plan.direction):
        codes = {name: plan.of(name).codes(values) for name, values in chunk.signals.items()}
        tally.add(chunk)
        where = starts[chunk.rows] + chunk.first
        for n, (first, count) in enumerate(zip(where.tolist(), chunk.counts.tolist(), strict=True)):
            for name in names:
                by_time[name][first : first + count] = codes[name][n, :count]
    rows, means, predicted = tally.finished()
    return Block(
        rows=rows,
        means=means,
        names=tuple(one.name for one in sequences),
        labels=tuple(one.label or "" for one in sequences),
        predicted=tuple(predicted),
        read=_read(model, plan, sequences),
        codes={name: _by_unit(by_time.pop(name)) for name in names},
        skipped=skipped,
        problem=problem,
    )


def _read(model: Model, plan: Plan, sequences: list[Read]) -> Array:
    """What was read, one sequence after another: places in the network's alphabet, or numbers."""
    encoder = model.encoder
    if encoder is not None and encoder.reads_symbols:
        places = [encoder.places(one).astype(np.int32) for one in sequences]
        return np.concatenate(places) if places else np.zeros(0, np.int32)
    numbers = [one.numbers.astype(np.float32) for one in sequences if one.numbers is not None]
    return np.concatenate(numbers) if numbers else np.zeros((0, model.input_size), np.float32)


def _by_unit(codes: Array) -> Array:
    """Levels (T, H) as (H, T), a tile at a time."""
    turned = np.empty(codes.shape[::-1], np.uint8)
    for first in range(0, len(codes), TILE):
        turned[:, first : first + TILE] = codes[first : first + TILE].T
    return turned


def write_block(folder: Path, block: Block) -> None:
    """Write a block as a folder, whole or not at all; one that is there already stays.

    Raises NotWrittenError where it cannot be written.
    """
    beside = folder.with_name(f".{folder.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    try:
        beside.mkdir(parents=True)
        for name in ("rows", "means", "read"):
            np.save(beside / f"{name}.npy", getattr(block, name), allow_pickle=False)
        for name, codes in block.codes.items():
            np.save(beside / f"{name}.npy", codes, allow_pickle=False)
        texts = {name: getattr(block, name) for name in ("names", "labels", "predicted")}
        about = {**texts, "skipped": block.skipped, "problem": block.problem}
        (beside / "texts.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        if not folder.exists():
            beside.rename(folder)
    except OSError as problem:
        if not folder.exists():  # somebody else may have written the same block meanwhile
            raise NotWrittenError(folder, problem) from None
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def read_block(folder: Path) -> Block:
    """Return the block of a folder, its arrays memory-mapped.

    Raises CorpusError, in one sentence, for one that is damaged.
    """
    try:
        about: dict[str, Any] = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
        arrays = {
            file.stem: np.load(file, mmap_mode="r", allow_pickle=False)
            for file in sorted(folder.glob("*.npy"))
        }
        block = Block(
            rows=arrays.pop("rows"),
            means=arrays.pop("means"),
            read=arrays.pop("read"),
            codes=arrays,
            names=tuple(about["names"]),
            labels=tuple(about["labels"]),
            predicted=tuple(about["predicted"]),
            skipped=about["skipped"],
            problem=about["problem"],
        )
        ends = int(block.rows["timesteps"].sum())
    except (OSError, EOFError, ValueError, IndexError, KeyError, TypeError):
        raise CorpusError(
            f"{folder} is damaged: remove that folder and make the corpus again; "
            "what is whole stays."
        ) from None
    if any(codes.shape[-1] != ends for codes in block.codes.values()) or len(block.read) != ends:
        raise CorpusError(f"{folder} is damaged: remove that folder and make the corpus again.")
    return block
