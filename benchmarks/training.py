"""One training update, forward, backward and Adam, beside torch's on the CPU.

float32, one thread each, in turns. Both learn from the same batch; both forget the run itself.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from lstm_core import Layer, Model, OneHotEncoder
from lstm_core.training import (
    Batch,
    Progress,
    Recipe,
    initial_gru,
    initial_lstm,
    initial_readout,
    initial_rnn,
    training,
)

from .measure import Job, interleaved, machine, table

ROUNDS, UPDATES_A_ROUND = 15, 3
CELLS = {"lstm": initial_lstm, "gru": initial_gru, "rnn": initial_rnn}
LEARNING_RATE = 0.001


class Setting(NamedTuple):
    """One network and the size of its batches; what it reads is noise or, one-hot, symbols."""

    cell: str
    hidden_size: int
    input_size: int
    timesteps: int
    batch: int
    labels: int
    symbols: bool = False


SETTINGS = (
    Setting("lstm", 128, 64, 64, 32, 64),
    Setting("lstm", 128, 100, 64, 32, 100, symbols=True),
    Setting("lstm", 256, 100, 64, 32, 100, symbols=True),
    Setting("lstm", 4, 2, 105, 128, 2),
    Setting("lstm", 8, 8, 105, 64, 4, symbols=True),
    Setting("lstm", 12, 7, 20, 32, 7, symbols=True),
    Setting("gru", 128, 64, 64, 32, 64),
    Setting("rnn", 128, 64, 64, 32, 64),
)


def new_model(setting: Setting) -> Model:
    """Return a network with fresh weights and a softmax readout."""
    rng = np.random.default_rng(0)
    symbols = tuple(map(str, range(setting.input_size)))
    labels = tuple(map(str, range(setting.labels)))
    cell = CELLS[setting.cell](rng, setting.input_size, setting.hidden_size)  # type: ignore[operator]
    return Model(
        encoder=OneHotEncoder(alphabet=symbols) if setting.symbols else None,
        layers=(Layer(name=setting.cell, forward=cell),),
        readout=initial_readout(rng, setting.hidden_size, labels, "softmax"),
    )


def a_batch(setting: Setting) -> Batch:
    """Return a batch to learn from; symbols are their places."""
    rng = np.random.default_rng(1)
    shape = (setting.batch, setting.timesteps)
    numbers = rng.normal(size=(*shape, setting.input_size)).astype(np.float32)
    return Batch(
        inputs=rng.integers(0, setting.input_size, shape) if setting.symbols else numbers,
        targets=rng.integers(0, setting.labels, shape),
    )


def ours(setting: Setting, batch: Batch) -> Job:
    """Return updates of our own training, each going on from the last."""
    recipe = Recipe(loss="cross_entropy", updates=10**9, learning_rate=LEARNING_RATE)
    steps: Iterator[Progress] = training(new_model(setting), itertools.repeat(batch), recipe)

    def job() -> None:
        for _ in range(UPDATES_A_ROUND):
            next(steps)

    return job


def torchs(setting: Setting, batch: Batch) -> Job:
    """Return updates of torch's recurrent layer and Linear; symbols are made one-hot in time."""
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)
    layer_of: Any = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "rnn": torch.nn.RNN}
    layer = layer_of[setting.cell](setting.input_size, setting.hidden_size, batch_first=True)
    readout = torch.nn.Linear(setting.hidden_size, setting.labels)
    optimiser = torch.optim.Adam([*layer.parameters(), *readout.parameters()], lr=LEARNING_RATE)
    inputs, targets = (torch.from_numpy(np.array(a)) for a in (batch.inputs, batch.targets))

    def update() -> None:
        x = inputs
        if setting.symbols:
            x = torch.nn.functional.one_hot(inputs, setting.input_size).float()
        optimiser.zero_grad()
        logits = readout(layer(x)[0])
        loss: Any = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        loss.backward()
        optimiser.step()
        loss.item()

    def job() -> None:
        for _ in range(UPDATES_A_ROUND):
            update()

    return job


def main() -> None:
    """Print ms per update of each setting, and the ratio to torch where it is installed."""
    print(f"one update: forward, backward, Adam; float32, one thread each; {machine()}")
    print("ms per update: median (best)\n")
    torch_is_there = True
    rows = []
    for setting in SETTINGS:
        batch = a_batch(setting)
        jobs = {"ours": ours(setting, batch)}
        try:
            jobs["torch"] = torchs(setting, batch)
        except ImportError:
            torch_is_there = False
        rows.append(_row(setting, interleaved(jobs, ROUNDS)))
    print(table(["cell", "H", "reads", "T", "batch", "K", "ours", "torch", "ours / torch"], rows))
    print("\nRatios are of medians (of bests). Asked for: at most 1.5 in the first row.")
    if not torch_is_there:
        print("Not measured: torch, which is not installed: pip install torch==2.13.0.")


def _row(setting: Setting, times: dict[str, list[float]]) -> list[str]:
    ratio = "-"
    if "torch" in times:
        middle, best = (f(times["ours"]) / f(times["torch"]) for f in (statistics.median, min))
        ratio = f"{middle:.2f} ({best:.2f})"
    return [
        setting.cell,
        str(setting.hidden_size),
        f"{setting.input_size} {'symbols' if setting.symbols else 'numbers'}",
        *map(str, (setting.timesteps, setting.batch, setting.labels)),
        *(_each(times[name]) if name in times else "-" for name in ("ours", "torch")),
        ratio,
    ]


def _each(seconds: list[float]) -> str:
    scale = 1e3 / UPDATES_A_ROUND
    return f"{statistics.median(seconds) * scale:.2f} ({min(seconds) * scale:.2f})"
