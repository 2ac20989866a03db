"""A small network of letters, and corpora of what it reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lstm_core import Layer, Model, OneHotEncoder, Readout, Sequence, symbol_sequence
from lstm_core.corpus import Plan, SearchIndex, block_of, planned, write_block
from lstm_core.corpus.folder import begin, block_folder, finish
from lstm_core.training import initial_lstm

LETTERS = ("a", "b", "c")


def network(units: int = 6, seed: int = 0, scale: float = 3.0) -> Model:
    """An LSTM of letters that predicts the next one; `scale` makes its gates decided."""
    rng = np.random.default_rng(seed)
    cell = initial_lstm(rng, len(LETTERS), units)
    return Model(
        layers=(Layer(name="lstm", forward=cell.replace(kernel=cell.kernel * scale)),),
        encoder=OneHotEncoder(alphabet=LETTERS),
        readout=Readout(
            kernel=rng.normal(size=(units, 3)).astype(np.float32),
            bias=np.zeros(3, np.float32),
            activation="softmax",
            labels=LETTERS,
        ),
    )


def texts(count: int, seed: int = 0, longest: int = 40) -> tuple[Sequence, ...]:
    """Sequences of letters, of 1 to `longest` of them."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, longest + 1, count).tolist()
    return tuple(
        symbol_sequence(rng.choice(LETTERS, length).tolist(), LETTERS, name=f"text {k}")
        for k, length in enumerate(lengths)
    )


def made(
    folder: Path, model: Model, sequences: tuple[Sequence, ...], of_block: int = 7
) -> tuple[SearchIndex, Plan]:
    """An index over sequences, `of_block` in a block."""
    plan = planned(model, sequences)
    begin(folder, plan, {})
    names = []
    for first in range(0, len(sequences), of_block):
        names.append(f"{first:05d}")
        block = block_of(model, plan, sequences[first : first + of_block])
        write_block(block_folder(folder, names[-1]), block)
    finish(folder, names)
    return SearchIndex.open(folder), plan
