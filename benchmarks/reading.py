"""A large table on its way through the process that reads it: time, progress and memory.

The file is text of about 200 MB: a million rows of a time stamp and of as many columns as that
takes. It is read for a network of three inputs, as the page reads it.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import pandas as pd

from app.inputs import Understanding
from app.session.reading import wire
from app.session.reading.bounds import resident_bytes
from app.session.reading.reading import Reading
from app.session.turns import Turns
from benchmarks.measure import asked, machine
from lstm_core import NumericEncoder

ROWS, COLUMNS, ROUNDS = 1_000_000, 18, 3
READ = ("s0", "s1", "s2")
LOOK = 0.05  # seconds between two looks at how far it is


def main() -> None:
    """Print how long a table takes, how often its progress moves, and how much memory it needs."""
    rows, columns = asked(2, "rows", ROWS), asked(3, "columns", COLUMNS)
    data = table_of(rows, columns)
    print(f"{len(data) / 1e6:,.0f} MB, {rows:,} rows, {columns + 1} columns; {machine()}\n")
    seconds = [_read(data, rows) for _ in range(ROUNDS)]
    print(f"  median {statistics.median(seconds):.1f} s")


def table_of(rows: int, columns: int) -> bytes:
    """Return a table of random numbers with a time stamp in front, as CSV in UTF-8."""
    values = np.random.default_rng(0).normal(scale=10.0, size=(rows, columns)).round(6)
    table = pd.DataFrame(values, columns=[f"s{k}" for k in range(columns)])
    table.insert(0, "time", pd.date_range("2000-01-01", periods=rows, freq="min"))
    return table.to_csv(index=False).encode()


def _read(data: bytes, rows: int) -> float:
    """Read the table once; print what it took, and return the seconds."""
    encoder = NumericEncoder(columns=READ, offset=np.zeros(len(READ)), scale=np.ones(len(READ)))
    start = time.perf_counter()
    order = wire.order("table.csv", data, encoder, {}, rows, None)
    reading = Reading("table.csv", order, encoder, Turns(1), lambda _: True)
    moved, peak = set(), 0
    while not reading.ended:
        moved.add((reading.progress.counted, reading.progress.done))
        peak = max(peak, resident_bytes(reading.process or 0))
        time.sleep(LOOK)
    seen, seconds = reading.result(), time.perf_counter() - start
    if not isinstance(seen, Understanding):
        raise seen
    print(
        f"  {len(seen.sequences[0]):,} timesteps in {seconds:.1f} s, {len(moved)} states of "
        f"progress seen, at most {peak / 1e9:.2f} GB"
    )
    return seconds
