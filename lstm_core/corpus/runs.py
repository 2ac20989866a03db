"""Sequences of unequal length, run together: in batches, and a few timesteps at a time.

Sequences of about the same length stand in one batch. A model whose layers all read forwards is
run over a few timesteps of the batch at a time, its states carried over: what is held in memory
does not grow with the sequences, stays in the processor's cache, and a sequence that has ended
leaves the batch. A model that reads backwards somewhere needs each sequence whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ..model import Layer, LayerState, Model, ModelRun
from ..record import Array, record
from ..run.kernels.common import keep_freed_memory
from ..run.products import warm_products

BATCH = 128  # sequences at a time
CHUNK = (16, 64)  # timesteps at a time, fewest and most
NUMBERS = 2**18  # numbers of a signal in a chunk, where those are more timesteps than the fewest
LARGEST = 2**26  # numbers of a run in memory, of a model that needs its sequences whole
NUMBERS_OF_A_UNIT = 12  # that a run holds for each timestep


@record
class Chunk:
    """What a layer computed for some sequences over the same timesteps, (N, T, ·) arrays.

    `rows` (N,) say which sequences, `first` the first timestep, and `counts` (N,) how many of
    the T timesteps each sequence has: what lies beyond means nothing.
    """

    rows: Array
    first: int
    counts: Array
    signals: Mapping[str, Array]
    predictions: Array | None

    @property
    def timesteps(self) -> int:
        """T."""
        return int(next(iter(self.signals.values())).shape[1])

    @property
    def beyond(self) -> Array | None:
        """Which timesteps lie beyond a sequence's end, (N, T) bool; None where none does."""
        if (self.counts == self.timesteps).all():
            return None
        beyond: Array = np.arange(self.timesteps) >= self.counts[:, np.newaxis]
        return beyond


def batched_runs(
    model: Model,
    inputs: Sequence[Array],
    signals: Sequence[str],
    layer: int = 0,
    direction: str = "forward",
) -> Iterator[Chunk]:
    """Run a model over encoded sequences (T_n, D) and yield some signals of one layer.

    The numbers are those of `model.run_inputs` over each sequence alone, up to rounding. Every
    timestep of every sequence comes once, those of one sequence in order. Sequences without
    timesteps do not come.
    """
    warm_products()
    keep_freed_memory()
    lengths = np.array([len(one) for one in inputs], np.int64)
    order = np.argsort(-lengths, kind="stable")
    order = order[: int((lengths > 0).sum())]
    run = _in_chunks if _reads_forwards(model) else _whole
    for rows in _batches(model, lengths, order):
        for first, counts, result in run(model, [inputs[n] for n in rows]):
            trace = getattr(result.layers[layer], direction)
            yield Chunk(
                rows=rows[: len(counts)],
                first=first,
                counts=counts,
                signals={name: trace.series(name) for name in signals},
                predictions=result.predictions,
            )


def _reads_forwards(model: Model) -> bool:
    return not model.reads_other_timesteps and not any(
        layer.bidirectional or layer.reverse or layer.running_order for layer in model.layers
    )


def _batches(model: Model, lengths: Array, order: Array) -> Iterator[Array]:
    """Which sequences are run together: of about the same length, the longest first."""
    units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in model.layers)
    first = 0
    while first < len(order):
        held = BATCH
        if model.looks_ahead or any(layer.running_order for layer in model.layers):
            held = 1  # padding would be read, or its outputs would come first
        elif not _reads_forwards(model):
            numbers = int(lengths[order[first]]) * units * NUMBERS_OF_A_UNIT
            held = min(BATCH, max(1, LARGEST // max(1, numbers)))
        yield order[first : first + held]
        first += held


def _in_chunks(model: Model, inputs: list[Array]) -> Iterator[tuple[int, Array, ModelRun]]:
    """Runs over a few timesteps of a batch at a time; the longest sequence stands first."""
    lengths = np.array([len(one) for one in inputs])
    states = _starts(model)
    units = max(layer.hidden_size for layer in model.layers)
    count = int(np.clip(NUMBERS // (units * len(inputs)), *CHUNK))
    for first in range(0, int(lengths[0]), count):
        going = int((lengths > first).sum())
        counts = np.minimum(lengths[:going] - first, count)
        steps = _stacked([one[first : first + count] for one in inputs[:going]])
        run = model.run_inputs(steps, initial={k: _of(s, going) for k, s in states.items()})
        yield first, counts, run
        states = run.final_states


def _whole(model: Model, inputs: list[Array]) -> Iterator[tuple[int, Array, ModelRun]]:
    """One run over all timesteps of a batch."""
    lengths = np.array([len(one) for one in inputs])
    starts = {k: _of(state, 1) for k, state in _starts(model).items()}
    yield 0, lengths, model.run_inputs(_stacked(inputs), lengths, initial=starts)


def _starts(model: Model) -> dict[int, LayerState]:
    """The states that a file records as its layers' start, for one sequence each."""
    starts = {}
    for k, layer in enumerate(model.layers):
        hidden, cell = (
            _spread(state, layer) for state in (layer.initial_hidden, layer.initial_cell)
        )
        if hidden is None and cell is not None:
            hidden = np.zeros((*cell.shape[:-1], layer.forward.output_size), cell.dtype)
        if hidden is not None:
            starts[k] = LayerState(hidden=hidden, cell=cell)
    return starts


def _spread(state: Array | None, layer: Layer) -> Array | None:
    """A recorded state with an axis for one sequence, ([2,] 1, H): the first where it has many."""
    if state is None:
        return None
    one = state[..., 0, :] if state.ndim > 1 + layer.bidirectional else state
    return one[..., np.newaxis, :]


def _of(state: LayerState, count: int) -> LayerState:
    """The state of the first sequences of a batch alone."""
    cell = None if state.cell is None else state.cell[..., :count, :]
    return dataclasses.replace(state, hidden=state.hidden[..., :count, :], cell=cell)


def _stacked(inputs: list[Array]) -> Array:
    """Inputs (T_n, D) as one array (N, T, D), zero beyond their ends."""
    longest = max(map(len, inputs))
    stacked = np.zeros((len(inputs), longest, inputs[0].shape[1]), inputs[0].dtype)
    for row, one in zip(stacked, inputs, strict=True):
        row[: len(one)] = one
    return stacked
