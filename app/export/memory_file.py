"""The runs of several networks over one sequence as NumPy arrays by name."""

from __future__ import annotations

import io
from collections.abc import Sequence as Several

import numpy as np

from lstm_core.model import ModelRun
from lstm_core.sequence import Sequence

from .trace_file import SEPARATOR, sequence_array, signals_of


def runs_file(runs: Several[ModelRun], sequence: Sequence) -> bytes:
    """Return a .npz file of runs over one sequence.

    The arrays of run k are called as `signals_of` calls them, behind "networkK."; what all of them
    read is "inputs", with "symbols" or "numbers".
    """
    name, values = sequence_array(sequence)
    arrays = {name: values, "inputs": runs[0].inputs}
    for k, run in enumerate(runs):
        arrays |= {f"network{k}{SEPARATOR}{signal}": a for signal, a in signals_of(run)}
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()
