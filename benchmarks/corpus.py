"""Many sequences: batches beside torch and beside one by one, building an index, searching it.

`python -m benchmarks corpus [millions of timesteps]`. Random weights and numbers, float32; the
folder that is written to is the system's for temporary files.
"""

from __future__ import annotations

import os
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from app.commands.corpus.processes import process_pool
from lstm_core import Layer, Model, Sequence, number_sequence, unroll
from lstm_core.corpus import (
    SearchIndex,
    batched_runs,
    block_of,
    hypothesis_at,
    matches,
    planned,
    write_block,
)
from lstm_core.corpus.blocks import Block
from lstm_core.corpus.folder import begin, block_folder, finish
from lstm_core.corpus.plan import BLOCK, Plan

from .measure import Job, asked, interleaved, machine, table
from .unroll import INPUT_SIZE, random_lstm

HIDDEN_SIZES = (64, 128, 256, 512)
BATCH, TIMESTEPS, ROUNDS = 64, 128, 7
SIGNALS = ("cell_state", "hidden_state", "forget_gate", "input_gate", "output_gate")
MILLIONS, UNITS, LEAST = 10, 256, 6  # of the search: timesteps, units, units that must be on
CORES = os.cpu_count() or 1
BUILT, TIMES = 6, 3  # blocks that are built for the time, and times that they are searched


def main() -> None:
    """Print ratios to torch and to one by one, the pace of building, and the time of a search."""
    millions = asked(2, "millions of timesteps", MILLIONS)
    print(f"Many sequences, float32, D = {INPUT_SIZE}; {machine()}\n")
    print(
        f"{BATCH} sequences x {TIMESTEPS} timesteps, µs a timestep: median (best), one "
        f"thread each; batches are {CORES} at once, in processes as the command has them\n"
    )
    head = ["H", "batch", "batches", "one by one", "torch, h only", "ratios"]
    with process_pool(CORES) as pool:
        print(table(head, [_row(hidden_size, pool) for hidden_size in HIDDEN_SIZES]))
    with tempfile.TemporaryDirectory() as folder:
        _build(Path(folder) / "built")
        _search(Path(folder) / "searched", millions * 10**6)


def _row(hidden_size: int, pool: ProcessPoolExecutor) -> list[str]:
    parameters, inputs = random_lstm(hidden_size), _inputs()

    def one_by_one() -> None:
        for one in inputs[:8]:
            unroll(parameters, one)

    def batches() -> None:
        list(pool.map(_batch_apart, [hidden_size] * CORES))

    jobs: dict[str, Job] = {
        "batch": _batch(hidden_size),
        "batches": batches,
        "one by one": one_by_one,
    }
    try:
        jobs["torch"] = _torch(hidden_size, inputs)
    except ImportError:
        print("Not measured: torch, which is not installed: pip install torch==2.14.1.")
    scale = {"one by one": BATCH / 8, "batches": 1 / CORES}
    times = {
        name: [t * scale.get(name, 1) * 1e6 / (BATCH * TIMESTEPS) for t in found]
        for name, found in interleaved(jobs, ROUNDS).items()
    }
    middle = {name: statistics.median(found) for name, found in times.items()}
    told = [f"{middle[name]:.1f} ({min(found):.1f})" for name, found in times.items()]
    alone = middle["one by one"]
    ratios = f"one by one / batch {alone / middle['batch']:.1f}, / batches "
    ratios += f"{alone / middle['batches']:.1f}"
    if "torch" not in times:
        return [str(hidden_size), *told, "-", ratios]
    return [
        str(hidden_size),
        *told,
        f"batch / torch {middle['batch'] / middle['torch']:.2f}, {ratios}",
    ]


def _inputs() -> np.ndarray:
    rng = np.random.default_rng(1)
    return rng.normal(size=(BATCH, TIMESTEPS, INPUT_SIZE)).astype(np.float32)


@cache
def _batch(hidden_size: int) -> Job:
    model = Model(layers=(Layer(name="lstm", forward=random_lstm(hidden_size)),))
    inputs = list(_inputs())

    def run() -> None:
        for chunk in batched_runs(model, inputs, SIGNALS):
            assert chunk.timesteps

    return run


def _batch_apart(hidden_size: int) -> None:
    """Run a batch in a process of the pool."""
    _batch(hidden_size)()


def _torch(hidden_size: int, inputs: np.ndarray) -> Job:
    import torch

    torch.set_num_threads(1)
    lstm = torch.nn.LSTM(INPUT_SIZE, hidden_size, batch_first=True)
    x = torch.from_numpy(inputs)

    def run() -> None:
        with torch.no_grad():
            lstm(x)

    return run


def _sequences(rng: np.random.Generator, timesteps: int) -> Iterator[Sequence]:
    """Sequences of 100 to 400 timesteps, until there are so many in all."""
    held = 0
    while held < timesteps:
        length = min(int(rng.integers(100, 401)), timesteps - held)
        values = rng.normal(size=(length, INPUT_SIZE)).astype(np.float32)
        yield number_sequence(values, name=f"{held}")
        held += length


def _build(folder: Path) -> None:
    """Make some blocks with as many processes as there are cores, as the command does."""
    model = Model(layers=(Layer(name="lstm", forward=random_lstm(UNITS)),))
    blocks = [tuple(_sequences(np.random.default_rng(k), BLOCK)) for k in range(BUILT)]
    plan = planned(model, blocks[0])
    begin(folder, plan, {})
    with process_pool(CORES) as pool:
        list(pool.map(time.sleep, [1.0] * CORES))  # until all of them have begun
        start = time.perf_counter()
        made = [pool.submit(_one, model, plan, folder, k, blocks[k]) for k in range(BUILT)]
        spent, held = zip(*(one.result() for one in made), strict=True)
        seconds = time.perf_counter() - start
    print(
        f"\nBuilding, H = {UNITS}, {CORES} processes: {BUILT * BLOCK / seconds:,.0f} "
        f"timesteps/s, {BUILT * BLOCK / sum(spent):,.0f} a second of one processor; at most "
        f"{max(held):.2f} GB of memory each; {machine()}"
    )


def _one(
    model: Model, plan: Plan, folder: Path, k: int, block: tuple[Sequence, ...]
) -> tuple[float, float]:
    """Make one block; return the processor's seconds, and the most GB that the process held."""
    start = time.process_time()
    write_block(block_folder(folder, f"{k:05d}"), block_of(model, plan, block))
    spent = time.process_time() - start
    status = Path("/proc/self/status")
    held = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return spent, int(held[1]) / 2**20 if held else float("nan")


def _search(folder: Path, timesteps: int) -> None:
    """Search one signal of so many timesteps: a block that was really made, copied on disk."""
    model = Model(layers=(Layer(name="lstm", forward=random_lstm(UNITS)),))
    sequences = tuple(_sequences(np.random.default_rng(0), BLOCK))
    plan = planned(model, sequences)
    made = block_of(model, plan, sequences)
    hidden = {"hidden_state": made.codes["hidden_state"]}
    names = [f"{k:05d}" for k in range(-(-timesteps // BLOCK))]
    begin(folder, plan, {})
    for name in names:
        write_block(block_folder(folder, name), _with(made, hidden))
    finish(folder, names)
    start = time.perf_counter()
    index = SearchIndex.open(folder)
    opened = time.perf_counter() - start
    hypothesis = replace(hypothesis_at(index, 0, 50, 51, "hidden_state", 0.0, "both"), least=LEAST)
    spent = []
    processor = time.process_time()
    for _ in range(TIMES):
        start = time.perf_counter()
        found = matches(index, hypothesis)
        spent.append(time.perf_counter() - start)
    processor = (time.process_time() - processor) / TIMES
    print(
        f"\nSearch, {index.timesteps:,} timesteps x {UNITS} units, for {LEAST} of "
        f"{len(hypothesis.units)} units, "
        f"{found.total:,} matches ({found.chance:,.0f} by chance): opened in {opened:.2f} s, first "
        f"{spent[0]:.2f} s, then {min(spent[1:]):.2f} s, {processor:.2f} of them on a processor; "
        f"{machine()}"
    )


def _with(block: Block, codes: dict[str, np.ndarray]) -> Block:
    return Block(
        rows=block.rows,
        means=block.means,
        names=block.names,
        labels=block.labels,
        predicted=block.predicted,
        read=block.read,
        codes=codes,
    )
