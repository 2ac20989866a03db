"""The search index: the blocks of a corpus, memory-mapped, as one long row of timesteps.

Nothing but the rows of the survey is held in memory; levels are read from disk, or from what the
system keeps of it, when a search asks for the units that it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ..record import Array, record
from .blocks import Block, read_block
from .plan import CorpusError, Plan
from .survey import Survey, survey_of

BLOCKS, ABOUT = "blocks", "corpus.json"
VERSION = 1


@record
class Place:
    """One sequence in the index: its block, and where it stands there."""

    sequence: int
    block: int
    start: int
    stop: int

    def __len__(self) -> int:
        """Its timesteps."""
        return self.stop - self.start


@record
class SearchIndex:
    """The blocks of a corpus in their order, and what was kept of every run."""

    plan: Plan
    blocks: tuple[Block, ...]
    about: dict[str, Any]
    folder: Path | None = None

    @staticmethod
    def open(folder: Path) -> SearchIndex:
        """Return the index that a folder holds.

        Raises CorpusError, in one sentence, for one that is not complete, or damaged.
        """
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            if about["version"] != VERSION:
                raise CorpusError(f"{folder} is of another version: make the corpus again.")
            plan, names = Plan.read(about["plan"]), list(about["blocks"])
        except FileNotFoundError:
            raise CorpusError(
                f"{folder} holds no complete corpus: expected {ABOUT}, which "
                "`gatescope corpus trace` writes last. Run it again: it goes on where it stopped."
            ) from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            if isinstance(problem, CorpusError):
                raise
            raise CorpusError(f"{folder / ABOUT} is damaged: make the corpus again.") from None
        blocks = tuple(read_block(folder / BLOCKS / name) for name in names)
        return SearchIndex(plan=plan, blocks=blocks, about=about, folder=folder)

    @cached_property
    def starts(self) -> Array:
        """The number of the first sequence of each block, and of all sequences, (blocks + 1,)."""
        counts = [len(block.rows) for block in self.blocks]
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def edges(self) -> tuple[Array, ...]:
        """Of each block where its sequences begin, and its end, (N + 1,) each."""
        return tuple(
            np.concatenate([[0], np.cumsum(block.rows["timesteps"])]).astype(np.int64)
            for block in self.blocks
        )

    def __len__(self) -> int:
        """How many sequences there are."""
        return int(self.starts[-1])

    @property
    def timesteps(self) -> int:
        """How many timesteps there are."""
        return sum(block.timesteps for block in self.blocks)

    @cached_property
    def survey(self) -> Survey:
        """The survey of all sequences."""
        width = len(self.plan.of("hidden_state").steps)
        means = [np.zeros((0, width), np.float32), *(block.means for block in self.blocks)]
        rows = [np.asarray(block.rows) for block in self.blocks]
        return survey_of(
            np.concatenate(rows),
            np.concatenate(means),
            [name for block in self.blocks for name in block.names],
            [label for block in self.blocks for label in block.labels],
            [said for block in self.blocks for said in block.predicted],
        )

    def place(self, sequence: int) -> Place:
        """Return where a sequence stands; IndexError for one that there is not."""
        if not 0 <= sequence < len(self):
            raise IndexError(f"sequence is {sequence}: expected 0..{len(self) - 1}")
        block = int(np.searchsorted(self.starts, sequence, side="right")) - 1
        edges = self.edges[block]
        k = sequence - int(self.starts[block])
        return Place(sequence=sequence, block=block, start=int(edges[k]), stop=int(edges[k + 1]))

    def codes(self, signal: str, place: Place) -> Array:
        """Return the levels of one sequence, (H, T) bytes."""
        codes: Array = self.blocks[place.block].codes[signal][:, place.start : place.stop]
        return codes

    def values(self, signal: str, sequence: int) -> Array:
        """Return a signal of one sequence in its levels' lower edges, (T, H) float32."""
        return self.plan.of(signal).values(self.codes(signal, self.place(sequence)).T)

    def read(self, sequence: int) -> Array:
        """Return what one sequence reads: places (T,) in the alphabet, or numbers (T, D)."""
        place = self.place(sequence)
        read: Array = self.blocks[place.block].read[place.start : place.stop]
        return read

    def texts(self) -> Iterator[tuple[int, str, Array]]:
        """Yield each sequence of symbols as one text, and where each symbol ends in it, (T,)."""
        alphabet = np.array(self.plan.alphabet, object)
        between = "" if all(len(symbol) == 1 for symbol in self.plan.alphabet) else " "
        for sequence in range(len(self)):
            symbols = alphabet[self.read(sequence)].tolist()
            lengths = np.array([len(symbol) + len(between) for symbol in symbols], np.int64)
            yield sequence, between.join(symbols), np.cumsum(lengths) - len(between)
