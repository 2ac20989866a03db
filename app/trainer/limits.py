"""What may be trained here: bounds on time and memory, and a sentence for each refusal."""

from __future__ import annotations

from lstm_core.experiment import Experiment, batches
from lstm_core.record import record

from ..words import trainer as words

RUNS_PER_SESSION = 1  # a new one takes the place of the one before
TRAINING_AT_ONCE = 32
RUNS_KEPT = 128  # in memory, the ended and the paused ones too
LONGEST_ESTIMATE = 20 * 60.0  # seconds, on a processor of its own
LONGEST_RUN = 30 * 60.0  # seconds of processor time, whatever was estimated
LONGEST_UPDATE = 2.0  # seconds: so long others may have to wait
LARGEST_UPDATE = 512 * 2**20  # bytes

BLOCKS = {"lstm": 4, "lstm_no_forget": 3, "lstm_coupled": 3, "lstm_peephole": 4, "gru": 3, "rnn": 1}

# Measured on one core of a small server; what is faster or slower than it is so by a factor.
PER_TIMESTEP = 30e-6  # seconds, whatever its size: what NumPy takes to be called
PER_SEQUENCE = 0.15e-6  # of each timestep: to draw it, and to read it off
PER_BLOCK_UNIT = 0.017e-6  # of each sequence and timestep: activations and their derivatives
PER_WEIGHT = 1e-10  # of each sequence and timestep: three matrix products
NUMBERS_PER_UNIT = 20  # of four bytes, that an update holds for a sequence, timestep and unit


class RefusedError(ValueError):
    """What will not be trained here; its text is one sentence for the reader."""


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


def check(experiment: Experiment) -> None:
    """Raise RefusedError, in one sentence, where an experiment would take too much."""
    if problem := refusal(estimate(experiment)):
        raise RefusedError(problem)


def refusal(needed: Estimate) -> str:
    """Return why this is too much, in one sentence; "" where it is not."""
    if needed.bytes > LARGEST_UPDATE:
        return words.too_large(needed.bytes / 2**20, LARGEST_UPDATE / 2**20)
    if needed.seconds_per_update > LONGEST_UPDATE:
        return words.update_too_long(needed.seconds_per_update, LONGEST_UPDATE)
    if needed.seconds > LONGEST_ESTIMATE:
        return words.too_long(needed.seconds / 60, LONGEST_ESTIMATE / 60)
    return ""
