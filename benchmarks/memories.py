"""Who wrote the memories of the demos, by contributions, on fresh sequences of their own tasks."""

from __future__ import annotations

import numpy as np

from app.session import demos
from lstm_core.analysis import contribution_matrix, contributions
from lstm_core.analysis.logit_split import logit_split
from lstm_core.model import ModelRun
from lstm_core.record import Array
from lstm_core.run.interventions import without_write
from lstm_core.run.trace import Trace
from lstm_core.sequence import Sequence

SEQUENCES = 60
Figures = dict[str, float]


def main() -> None:
    """Print every figure."""
    for name, figures in measured().items():
        print(name)
        for what, value in figures.items():
            print(f"  {what}: {value:.2f}")


def measured() -> dict[str, Figures]:
    """Return all figures by the demo's name."""
    return {
        "first_letter": first_letter(),
        "adding": adding(),
        "reber": reber(),
        "counter": counter(),
    }


def runs(name: str) -> list[tuple[Sequence, Trace]]:
    """Return fresh sequences of a demo's task, and the run of its one layer over each."""
    subject = demos.demo(name)
    drawn = [subject.random_sequence(seed) for seed in range(SEQUENCES)]
    return [(sequence, subject.model.run(sequence).layers[0].forward) for sequence in drawn]


def shares(trace: Trace, t: int) -> Array:
    """Return the share of each write in the size of all that is left at a timestep, (n, H)."""
    size = np.abs(contributions(trace, t).written.astype(np.float64))
    total: Array = size / np.maximum(size.sum(axis=0), 1e-30)
    return total


def first_letter() -> Figures:
    """Return the least share of the first write at the end."""
    found = [shares(trace, len(trace) - 1)[0, 0] for _, trace in runs("first_letter")]
    return {"least share of the first write at the end": float(min(found))}


def adding(units: tuple[int, ...] = (2, 3)) -> Figures:
    """Return how far the marked numbers are what two units hold before the answer.

    And how far they are what the prediction is made of at the end (`logit_split`), and how far it
    moves where nothing else is written before.
    """
    subject, largest = demos.demo("adding"), 0
    kept: list[Array] = []
    said, added, sums, moved, states = [], [], [], [], []
    for sequence, trace in runs("adding"):
        t, numbers = len(trace) - 2, np.asarray(sequence.numbers)
        marked = np.flatnonzero(numbers[: t + 1, -1] == 1)
        share = shares(trace, t)
        kept.append(share[marked].sum(axis=0))
        tallest = np.argsort(-share, axis=0)[: len(marked)]
        largest += all(set(tallest[:, unit]) == set(marked) for unit in units)
        run = subject.model.run(sequence)
        split = logit_split(subject.model, run, t + 1, 0).written
        said.append(np.abs(split[marked]).sum() / np.abs(split).sum())
        added.append(split[marked].sum())
        sums.append(numbers[marked[marked > 0], 0].sum())
        states.append([*trace.state.memory[t, list(units)], 1.0])
        others = tuple(without_write(s) for s in range(t + 1) if s not in marked)
        alone = subject.model.run(sequence, interventions={0: {"forward": others}})
        moved.append(abs(_said_last(alone) - _said_last(run)))
    line = np.linalg.lstsq(np.array(states), np.array(sums), rcond=None)[0]
    return {
        "sequences whose largest writes are the marked ones": float(largest),
        **{
            f"unit {unit}, share of the marked writes, mean": float(np.mean(kept, axis=0)[unit])
            for unit in units
        },
        "correlation of both units' best line with the sum": float(
            np.corrcoef(np.array(states) @ line, sums)[0, 1]
        ),
        "share of the marked writes in the prediction, mean": float(np.mean(said)),
        "correlation of what they add to it with the sum": float(np.corrcoef(added, sums)[0, 1]),
        "without all other writes the prediction moves by, mean": float(np.mean(moved)),
    }


def _said_last(run: ModelRun) -> float:
    """The prediction at the last timestep."""
    assert run.predictions is not None
    return float(run.predictions[-1, 0])


def reber() -> Figures:
    """Return which T and P are in units 0 and 6 when they are asked for, and who wrote them."""
    strings = runs("reber")
    first = np.array([sequence.symbols[1] for sequence, _ in strings if sequence.symbols])
    states = np.array([trace.state.memory[len(trace) - 3] for _, trace in strings])
    largest = np.array([shares(trace, len(trace) - 3).max(axis=0) for _, trace in strings])
    found = {}
    for unit in (0, 6):
        found[f"unit {unit} after T, mean"] = float(states[first == "T", unit].mean())
        found[f"unit {unit} after P, mean"] = float(states[first == "P", unit].mean())
        found[f"unit {unit}, largest share of a write, median"] = float(np.median(largest[:, unit]))
        found[f"unit {unit}, largest share of a write, most"] = float(largest[:, unit].max())
    return found


def counter(unit: int = 0, n: int = 20) -> Figures:
    """Return how even the writes of n b are, and how straight the ramp that they make."""
    subject = demos.demo("counter")
    example = next(e.sequence for e in subject.examples if e.sequence.name == f"n = {n}")
    trace = subject.model.run(example).layers[0].forward
    b = np.arange(n + 1, 2 * n)  # all b but the last
    bars = contribution_matrix(trace, unit)[b[-1], b]
    ramp = np.corrcoef(trace.state.memory[b, unit], np.arange(len(b)))[0, 1]
    return {
        "highest bar of a b": float(np.abs(bars).max()),
        "lowest bar of a b": float(np.abs(bars).min()),
        "correlation with the number of b": float(ramp),
    }
