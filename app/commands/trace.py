"""`gatescope trace MODEL DATA`: every signal of every timestep, as NumPy arrays.

gatescope trace model.pt series.csv --out run.npz
python -c "import numpy; print(numpy.load('run.npz')['layer0.forward.forget_gate'].shape)"
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from lstm_core import LayerState, Model
from lstm_core import Sequence as OwnSequence
from lstm_core.record import Array
from lstm_core.training_command import Parser
from lstm_core.vocabulary import vocabulary

from ..export.trace_file import signals_of
from ..figures.model_findings import findings_of
from ..inputs import UploadError
from ..words import command_line as words
from .common import (
    DONE,
    FAILED,
    STANDARD,
    add_model_options,
    open_model,
    printable,
    run,
)
from .sequences import add_data_options, sequences_of

LARGEST = 4 * 2**30  # bytes of a run, which is held in memory before it is written


def main(arguments: Sequence[str], program: str) -> int:
    """Run a model over sequences and write what it computed; return the exit code."""
    made = Parser(prog=program, description=words.TRACE, allow_abbrev=False)
    made.add_argument("file", metavar="MODEL", help=words.MODEL_FILE)
    made.add_argument("data", nargs="?", metavar="DATA", help=words.DATA_OR_RECORDED)
    made.add_argument("--out", default="run.npz", metavar="OUT", help=words.TRACE_OUT)
    add_data_options(made)
    add_model_options(made)
    return run(made, _trace, arguments)


def _trace(chosen: argparse.Namespace) -> int:
    whole = open_model(chosen.file, chosen)
    given = sequences_of(whole, chosen)
    if given is None:
        return FAILED
    arrays = traced(given.model, given.sequences, given.starts)
    about = {
        "model": chosen.file,
        "format": findings_of(whole).format,
        "data": given.name,
        "dialect": given.dialect,
        "inputs": given.inputs or {},
        "remarks": given.remarks,
        "layers": [layer.name for layer in given.model.layers],
        "predicts": given.model.readout.labels if given.model.readout else None,
    }
    _write(chosen.out, {**arrays, "about": np.array(json.dumps(about))})
    timesteps = int(arrays["lengths"].sum())
    print(printable(words.traced(len(given.sequences), timesteps, chosen.out)), file=sys.stderr)
    return DONE


def traced(
    model: Model,
    sequences: Sequence[OwnSequence],
    starts: Sequence[Sequence[LayerState]] | None = None,
) -> dict[str, Array]:
    """Return every signal of N sequences, each (N, T, …), by its name, zero after their ends.

    `starts` are the states that the layers begin with, of each sequence; None is their own.
    `lengths` (N,) and `names` (N,) are those of the sequences, T is the longest length. `inputs`
    are what the first layer reads, `predictions` what the readout says, `symbols` or `numbers`
    what was given. `layer0.forward.forget_gate` is (N, T, H); signals as in the vocabulary.

    Raises UploadError, before anything is run, for a run that takes more than 4 GB.
    """
    longest = max(map(len, sequences))
    _check_size(model, len(sequences) * longest)
    arrays: dict[str, Array] = {
        "lengths": np.array([len(sequence) for sequence in sequences]),
        "names": np.array([sequence.name for sequence in sequences]),
    }
    for k, sequence in enumerate(sequences):
        begins = model.starting(starts[k]) if starts else model
        signals = dict(signals_of(begins.run(sequence)))
        if sequence.numbers is not None:
            signals["numbers"] = sequence.numbers
        else:
            signals["symbols"] = np.array(sequence.symbols)
        for name, values in signals.items():
            _put(arrays, name, values, k, (len(sequences), longest))
        _show_progress(k + 1, len(sequences))
    return arrays


def _check_size(model: Model, timesteps: int) -> None:
    """Refuse a run that does not fit in memory before it begins."""
    numbers = sum(
        layer.hidden_size * (1 + layer.bidirectional) * len(vocabulary(layer.kind).signals)
        for layer in model.layers
    )
    size = timesteps * numbers * model.dtype.itemsize
    if size > LARGEST:
        raise UploadError(words.too_large(size / 2**30, LARGEST / 2**30))


def _put(
    arrays: dict[str, Array], name: str, values: Array, k: int, shape: tuple[int, int]
) -> None:
    """Write one sequence's values into row k of the array of this name."""
    kept = arrays.get(name)
    if kept is None:
        kept = np.zeros((*shape, *values.shape[1:]), values.dtype)
    elif kept.dtype < values.dtype:
        kept = kept.astype(values.dtype)  # a longer symbol than before
    kept[k, : len(values)] = values
    arrays[name] = kept


def _show_progress(done: int, of: int) -> None:
    """Draw how many sequences were run, in a terminal alone."""
    if sys.stderr.isatty() and of > 1:
        print(f"\r{done:,} of {of:,}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _write(out: str, arrays: Mapping[str, Array]) -> None:
    """Write the archive; a file that stood there is replaced only when the new one is complete."""
    if out == STANDARD:
        content = io.BytesIO()
        np.savez(content, allow_pickle=False, **arrays)
        sys.stdout.buffer.write(content.getbuffer())
        return
    target = Path(out)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        beside.replace(target)
    except (OSError, ValueError) as problem:
        beside.unlink(missing_ok=True)
        reason = getattr(problem, "strerror", None) or str(problem)
        raise UploadError(words.not_written(out, reason)) from None
