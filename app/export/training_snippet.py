"""The lines of Python that train a network of the page Train again, with the same numbers."""

from __future__ import annotations

from lstm_core.experiment import Experiment, spell
from lstm_core.model import Model

from ..trainer import WATCHED_SEED


def training_snippet(experiment: Experiment, updates: int, model: Model) -> str:
    """Return Python that trains an experiment for so many updates and runs the watched sequence.

    It prints the loss of the last update, where there was one, and the network's memory at the end
    of that sequence, the mean over units. `model` is the network that comes out.
    """
    layer = len(model.layers) - 1
    reads = model.encoder is not None and model.encoder.reads_symbols
    symbols = ", symbols=sequence.symbols" if reads else ""
    return "\n".join(
        [
            "from itertools import islice",
            "",
            "import numpy as np",
            "",
            "import gatescope",
            "from lstm_core.experiment import batches, model_of, read, recipe_of, task_of",
            "from lstm_core.training import training",
            "",
            *training_lines(experiment, updates),
            "print(losses[-1:])",
            f"rng = np.random.default_rng({WATCHED_SEED!r})",
            "sequence = task_of(experiment).random_sequence(rng)",
            f"trace = model.run(sequence).layers[{layer}].forward",
            "print(trace.state.memory[-1].mean())",
            f"gatescope.show(trace{symbols})",
        ]
    )


def training_lines(experiment: Experiment, updates: int) -> list[str]:
    """Return the lines that train the `model` of an experiment, and keep the `losses`."""
    return [
        f"experiment = read({spell(experiment)!r})",
        "model, losses = model_of(experiment), []",
        "steps = training(model, batches(experiment), recipe_of(experiment))",
        f"for progress in islice(steps, {updates}):",
        "    losses.append(progress.loss)",
        "    model = progress.model",
    ]
