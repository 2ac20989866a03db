"""A run as NumPy arrays by name: what `gatescope trace` writes and the page hands out."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np

from lstm_core.model import ModelRun
from lstm_core.record import Array
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence

SEPARATOR = "."


def signals_of(run: ModelRun) -> Iterator[tuple[str, Array]]:
    """Yield every array of a run, (T, …), with its name, such as "layer0.forward.forget_gate".

    "inputs" are what the first layer reads, and "predictions" what the readout says, if there is
    one; signals are called as in the vocabulary. Of a signal that is held at a value at some
    timesteps, "….held" (T, H) says where.
    """
    yield "inputs", run.inputs
    if run.predictions is not None:
        yield "predictions", run.predictions
    for k, layer in enumerate(run.layers):
        directions = {"forward": layer.forward, "backward": layer.backward}
        for direction, trace in directions.items():
            if trace is not None:
                for signal in trace.vocabulary.signals:
                    name = SEPARATOR.join((f"layer{k}", direction, signal.name))
                    yield name, trace.series(signal.name)
                yield from _held(SEPARATOR.join((f"layer{k}", direction)), trace)


def _held(place: str, trace: Trace) -> Iterator[tuple[str, Array]]:
    """Yield where each signal is held at a value, as "….held" (T, H) of bool."""
    for signal in trace.vocabulary.recorded:
        held = trace.held(signal.name)
        if held is not None:
            yield SEPARATOR.join((place, signal.name, "held")), held


def sequence_array(sequence: Sequence) -> tuple[str, Array]:
    """Return what was read as an array with its name: "numbers" (T, D), or "symbols" (T,)."""
    if sequence.numbers is not None:
        return "numbers", sequence.numbers
    return "symbols", np.array(sequence.symbols)


def trace_file(run: ModelRun, sequence: Sequence) -> bytes:
    """Return a .npz file of a run: what `signals_of` yields, and "symbols" or "numbers"."""
    name, values = sequence_array(sequence)
    arrays = {**dict(signals_of(run)), name: values}
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()
