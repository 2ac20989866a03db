"""What trained networks still know, measured on fresh sequences and kept in a file.

For each network of a demo a linear probe is fitted and scored lag by lag (`analysis.recall`) on
what the task says has to be kept: a symbol; or of two numbers to be added the first, and from the
second on their sum. That takes seconds, so it is done once, by `python -m benchmarks recall`; a
file holds it for those weights, by their checksum.
"""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np

from .analysis.recall import FEWEST, Measure, Probe, Recall, memory_states, recall_by_lag
from .demo import Demo
from .record import Array, record
from .tasks.common import Cue, padded

FRESH = 1200  # sequences on which a probe is fitted and tested
FIRST_SEED = 2_000_000_000  # of these sequences: the button New draws none so large
MOST_TIMESTEPS = 250_000  # of all of them together
MOST_LAGS = 90
REACHED = 120  # sequences that have to reach the greatest lag: a score of few is noise
SURE = 3  # standard errors, because there are so many lags


@record
class Stage:
    """What N sequences ask to be kept from one timestep to another."""

    cues: Array  # (N,): the timesteps at which it is read
    ends: Array  # (N,): where something else replaces it, or the length
    values: Array  # (N,): texts, or numbers


@record
class FreshSequences:
    """Sequences that no network has seen, as inputs, and what has to be kept of each.

    There is one stage where one thing is kept throughout; of two numbers to be added there are two:
    the first number until the second is read, then their sum.
    """

    inputs: Array  # (N, T, D), padded with zeros
    lengths: Array  # (N,)
    stages: tuple[Stage, ...]


@record
class ProbedRecall:
    """How well a probe reads what has to be kept in a network's states, lag by lag.

    `blind_error` is the mean error of guessing the mean of all values; 0 for symbols.
    """

    recall: Recall
    sequences: int
    blind_error: float


def fresh_sequences(demo: Demo) -> FreshSequences | None:
    """Draw FRESH sequences of a demo's task, fewer of long ones; None where it has no cue.

    A cue with the same value in every sequence counts as none. A demo and its twins get the same
    sequences.
    """
    first, encoder = demo.random_sequence(FIRST_SEED), demo.model.encoder
    if encoder is None or demo.truth.cue(first) is None:
        return None
    count = int(np.clip(MOST_TIMESTEPS // len(first), 3 * FEWEST, FRESH))
    drawn = [demo.random_sequence(FIRST_SEED + k) for k in range(count)]
    cued = [(sequence, cue) for sequence in drawn if (cue := demo.truth.cue(sequence)) is not None]
    if len({cue.value for _, cue in cued}) < 2:
        return None
    inputs, lengths = padded([encoder.encode(sequence) for sequence, _ in cued])
    stages = _stages([cue.stages() for _, cue in cued], lengths)
    return FreshSequences(inputs=inputs, lengths=lengths, stages=stages)


def _stages(cues: list[tuple[Cue, ...]], lengths: Array) -> tuple[Stage, ...]:
    """What all sequences ask to be kept one after another: as many stages as each of them has."""
    count = min(map(len, cues))
    starts = np.array([[cue.timestep for cue in each[:count]] for each in cues])
    ends = np.column_stack([starts[:, 1:], lengths])
    return tuple(
        Stage(cues=starts[:, k], ends=ends[:, k], values=np.array([each[k].value for each in cues]))
        for k in range(count)
    )


def probe_recall(demo: Demo, drawn: FreshSequences) -> tuple[ProbedRecall, ...]:
    """Fit probes that read what has to be kept in a network's states, by stage, scored by lag.

    The states of all sequences are computed as one batch.
    """
    run = demo.model.run_inputs(drawn.inputs.astype(demo.model.dtype), drawn.lengths)
    states = memory_states(run.layers[0].forward)
    return tuple(_probed(states, stage) for stage in drawn.stages)


def _probed(states: Array, stage: Stage) -> ProbedRecall:
    lags = _lags(stage.ends - 1 - stage.cues)
    recall = recall_by_lag(states, stage.ends, stage.cues, stage.values, lags)
    numbers = np.issubdtype(stage.values.dtype, np.floating)
    off = float(np.abs(stage.values - stage.values.mean()).mean()) if numbers else 0.0
    return ProbedRecall(recall=recall, sequences=len(stage.values), blind_error=off)


def first_value_recall(demo: Demo, drawn: FreshSequences) -> ProbedRecall:
    """Return how well a probe reads the first value to the end, also after it was replaced."""
    first = drawn.stages[0]
    (known,) = probe_recall(demo, replace(drawn, stages=(replace(first, ends=drawn.lengths),)))
    return known


def forgetting_lag(recall: Recall) -> int | None:
    """Return the lag from which on a probe is no better than a guess; None where there is none.

    Better than a guess is a score above chance by more than SURE standard errors. Of many lags a
    few are on the wrong side by chance: the lag returned has the fewest of those, and is the
    later one of two with equally many.
    """
    known = np.isfinite(recall.score)
    more = (recall.score - SURE * recall.standard_error > recall.chance)[known]
    wrong = [(~more[:k]).sum() + more[k:].sum() for k in range(len(more) + 1)]
    best = len(more) - int(np.argmin(wrong[::-1]))
    return int(recall.lags[known][best]) if best < len(more) else None


def _lags(after: Array) -> Array:
    """Lags from 0 to the greatest that enough sequences reach; all of them, or evenly spread."""
    greatest = int(np.sort(after)[-min(REACHED, len(after))])
    return np.unique(np.linspace(0, greatest, MOST_LAGS).round().astype(int))


_LINES = ("lags", "score", "standard_error", "chance", "tested")
_FIELDS = (*_LINES, "measure", "fitted", "kernel", "bias", "labels", "sequences", "blind_error")

Study = dict[str, tuple[ProbedRecall, ...]]
"""What probes found, by stage, by the checksum of each network's weights."""


def to_bytes(study: Study) -> bytes:
    """Return an npz file of what probes found."""
    arrays = {
        f"{checksum}/{k}/{name}": array
        for checksum, stages in study.items()
        for k, known in enumerate(stages)
        for name, array in _described(known).items()
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    return buffer.getvalue()


def from_bytes(content: bytes) -> Study:
    """Return what `to_bytes` wrote; ValueError where something is missing."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = {name: file[name] for name in file.files}
    stages = sorted({tuple(name.split("/")[:2]) for name in arrays})
    study: Study = {}
    for checksum, k in stages:
        try:
            known = _read({name: arrays[f"{checksum}/{k}/{name}"] for name in _FIELDS})
        except KeyError as error:
            raise ValueError(f"the measured recall is not complete: {error}") from error
        study[checksum] = (*study.get(checksum, ()), known)
    return study


def _described(known: ProbedRecall) -> dict[str, Array]:
    recall, probe = known.recall, known.recall.probe
    return {
        **{name: getattr(recall, name) for name in _LINES},
        "measure": np.array(recall.measure),
        "fitted": probe.lags,
        "kernel": probe.kernel.astype(np.float32),
        "bias": probe.bias.astype(np.float32),
        "labels": np.array(probe.labels or (), str),
        "sequences": np.array(known.sequences),
        "blind_error": np.array(known.blind_error),
    }


def _read(arrays: dict[str, Array]) -> ProbedRecall:
    measure: Measure = "r2" if str(arrays["measure"]) == "r2" else "accuracy"
    probe = Probe(
        lags=arrays["fitted"],
        kernel=arrays["kernel"].astype(np.float64),
        bias=arrays["bias"].astype(np.float64),
        labels=tuple(map(str, arrays["labels"])) or None,
    )
    return ProbedRecall(
        recall=Recall(measure=measure, probe=probe, **{name: arrays[name] for name in _LINES}),
        sequences=int(arrays["sequences"]),
        blind_error=float(arrays["blind_error"]),
    )
