"""A long sequence of numbers, from the bytes of a file to the strip above the heatmaps.

What a reader's file goes through on the server, but for the run of the network: it is read and
checked, fingerprinted, turned into the network's inputs, and packed as the strip that the browser
draws at first.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from itertools import pairwise, product

import numpy as np

from app.components.shared.payload import Packer
from app.components.stage.strips import describe_strip, strip_words
from app.components.stage.tiles import COLUMNS
from app.inputs import understand
from app.inputs.arrays import npy_bytes
from app.session.sequence_strip import strip_of
from app.session.subjects import uploaded
from benchmarks.measure import asked, machine, table
from benchmarks.unroll import random_lstm
from lstm_core import Layer, Model, NumericEncoder
from lstm_core.analysis.pooling import pooling_factor
from lstm_core.model import ModelRun
from lstm_core.subject import Subject

TIMESTEPS, WIDTH, UNITS, ROUNDS = 1_000_000, 8, 4, 5
STEPS = ("read and check", "fingerprint", "inputs", "strip")


def main() -> None:
    """Print processor time and peak memory of each step, for each kind of file and network."""
    timesteps, width = asked(2, "timesteps", TIMESTEPS), asked(3, "columns", WIDTH)
    print(f"{timesteps:,} timesteps x {width} columns, .npy; {machine()}\n")
    print("  processor time in seconds, the median of", ROUNDS)
    head = ("numbers", "network reads them", *STEPS, "all", "peak memory / array")
    cases = product(("float32", "float64"), (False, True))
    print(table(head, [_row(*case, timesteps, width) for case in cases]))


def _row(dtype: str, scaled: bool, timesteps: int, width: int) -> tuple[str, ...]:
    """One kind of file and of network: its row of the table."""
    numbers = np.random.default_rng(0).normal(size=(timesteps, width)).astype(dtype)
    data, size, subject = npy_bytes(numbers), numbers.nbytes, reader(width, scaled)
    del numbers
    times = [opening(data, subject) for _ in range(ROUNDS)]
    middle = [statistics.median(step) for step in zip(*times, strict=True)]
    figures = (f"{seconds:.3f}" for seconds in (*middle, sum(middle)))
    peak = (len(data) + peak_bytes(data, subject)) / size
    return (dtype, "scaled" if scaled else "as they are", *figures, f"{peak:.2f}")


def reader(width: int, scaled: bool) -> Subject:
    """Return a small network that reads `width` numbers, as a reader would bring it."""
    columns = tuple(f"x{k}" for k in range(width))
    encoder = NumericEncoder(columns=columns, offset=np.ones(width), scale=np.full(width, 2.0))
    layer = Layer(name="lstm", forward=random_lstm(UNITS, input_size=width))
    whole = Model(layers=(layer,), encoder=encoder if scaled else None)
    return uploaded("benchmark", "A random network", whole, 0)


def opening(data: bytes, subject: Subject) -> tuple[float, ...]:
    """Open a file as the app does; return the processor time of each step."""
    encoder = subject.model.encoder
    assert encoder is not None
    laps = [time.process_time()]
    (sequence,) = understand("a.npy", data, encoder, limit=subject.max_timesteps).sequences
    laps.append(time.process_time())
    assert sequence.id
    laps.append(time.process_time())
    inputs = encoder.encode(sequence, subject.model.dtype)
    laps.append(time.process_time())
    run = ModelRun(inputs=inputs, layers=(), predictions=None)
    strip, packer = strip_of(subject, sequence, run), Packer()
    factor = pooling_factor(len(sequence), COLUMNS)
    tile = describe_strip(packer, strip, 0, len(sequence), factor)
    packer.pack({"strip": strip_words(strip), "tiles": [tile]})
    laps.append(time.process_time())
    return tuple(after - before for before, after in pairwise(laps))


def peak_bytes(data: bytes, subject: Subject) -> int:
    """Return the most memory that opening the file takes at once, without the file's own bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        opening(data, subject)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
