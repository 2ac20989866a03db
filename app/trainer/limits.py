"""The limits of training here, in time and memory, and a sentence for each refusal.

The network before its first update is computed by the web process, which has others to serve: where
that would take too long, a worker draws it as the first thing of a run.
"""

from __future__ import annotations

from lstm_core.experiment import Experiment, batches
from lstm_core.record import record

from ..words import trainer as words

RUNS_PER_SESSION = 1  # a new one takes the place of the one before
TRAINING_AT_ONCE = 32  # runs; others wait
LONGEST_LINE = 80  # runs that wait
LONGEST_TURN = 30.0  # seconds, where others wait; then it is the next one's turn
RUNS_KEPT = 128  # in memory, those that are paused or have ended included
LONGEST_ESTIMATE = 20 * 60.0  # seconds, on a processor of its own
LONGEST_RUN = 30 * 60.0  # seconds of processor time, whatever was estimated
LONGEST_UPDATE = 2.0  # seconds: as long others may have to wait for their turn
LARGEST_UPDATE = 512 * 2**20  # bytes that one update may need

LONGEST_DRAWING = 0.5  # seconds of the web process for the network before its first update

BLOCKS = {"lstm": 4, "lstm_no_forget": 3, "lstm_coupled": 3, "lstm_peephole": 4, "gru": 3, "rnn": 1}

# Measured on one core of a small server; another machine differs by a factor.
PER_TIMESTEP = 30e-6  # seconds per timestep: calling NumPy
PER_SEQUENCE = 0.15e-6  # seconds per sequence and timestep: drawing it, reading out the answer
PER_BLOCK_UNIT = 0.017e-6  # seconds per sequence, timestep, block, unit: activations, derivatives
PER_WEIGHT = 1e-10  # seconds per sequence, timestep and recurrent weight: three matrix products
DRAWN_TIMESTEP = 20e-6  # seconds per timestep of one sequence, forth and back
DRAWN_BLOCK_UNIT = 0.02e-6  # seconds per timestep, block and unit
DRAWN_WEIGHT = 2.4e-10  # seconds per timestep and recurrent weight: three products with a vector
ORTHOGONAL = 1.8e-10  # seconds per block and unit cubed: the initial weights
NUMBERS_PER_UNIT = 20  # float32 numbers per sequence, timestep and unit: what an update holds


class RefusedError(ValueError):
    """An experiment that is not trained here; the text is one sentence for the reader."""


@record
class Estimate:
    """What an experiment would take, on a processor of its own."""

    seconds_per_update: float
    seconds: float
    bytes: int  # of one update


def estimate(experiment: Experiment) -> Estimate:
    """Return about how long training would take, and how much memory one update.

    seconds = T·(a + N·(b + c·BH + d·BH·H))     B blocks, H units, N sequences, T timesteps
    """
    timesteps = next(batches(experiment.replace(batch=8))).inputs.shape[1]
    rows = BLOCKS[experiment.cell] * experiment.units
    per_sequence = PER_SEQUENCE + rows * (PER_BLOCK_UNIT + PER_WEIGHT * experiment.units)
    each = timesteps * (PER_TIMESTEP + experiment.batch * per_sequence)
    return Estimate(
        seconds_per_update=each,
        seconds=each * experiment.updates,
        bytes=timesteps * experiment.batch * experiment.units * NUMBERS_PER_UNIT * 4,
    )


def drawing_seconds(experiment: Experiment) -> float:
    """Return about how long it takes to draw the network before its first update.

    seconds = o·B·H·H·H + T·(a + b·BH + c·B·H·H)     B blocks, H units, T timesteps
    """
    timesteps = next(batches(experiment.replace(batch=8))).inputs.shape[1]
    units, rows = experiment.units, BLOCKS[experiment.cell] * experiment.units
    each = DRAWN_TIMESTEP + rows * (DRAWN_BLOCK_UNIT + DRAWN_WEIGHT * units)
    return float(ORTHOGONAL * rows * units**2 + timesteps * each)


def is_drawn_at_once(experiment: Experiment) -> bool:
    """Return whether the web process draws the network before its first update."""
    return drawing_seconds(experiment) <= LONGEST_DRAWING


def check(experiment: Experiment) -> None:
    """Raise RefusedError, in one sentence, where an experiment would take too much."""
    if problem := refusal(estimate(experiment)):
        raise RefusedError(problem)


def refusal(needed: Estimate) -> str:
    """Return why an experiment takes too much, in one sentence; "" where it does not."""
    if needed.bytes > LARGEST_UPDATE:
        return words.too_large(needed.bytes / 2**20, LARGEST_UPDATE / 2**20)
    if needed.seconds_per_update > LONGEST_UPDATE:
        return words.update_too_long(needed.seconds_per_update, LONGEST_UPDATE)
    if needed.seconds > LONGEST_ESTIMATE:
        return words.too_long(needed.seconds / 60, LONGEST_ESTIMATE / 60)
    return ""
