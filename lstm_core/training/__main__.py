"""Train a network from the command line.

    python -m lstm_core.training --task adding --cell rnn --units 8 --seed 3 --out model.npz

Every field of an experiment is an option; what is not given is what we found to work with an
LSTM on that task. Progress goes to stderr, the result to stdout.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, get_args

from ..experiment import (
    RANGES,
    Cell,
    Experiment,
    OptimiserName,
    batches,
    model_of,
    read,
    recipe_of,
    right,
    spell,
)
from ..formats.errors import ModelFileError
from ..formats.saving import WRITERS, model_bytes, save_model
from ..model.model import Model
from ..tasks import LENGTHS
from .bar import bar
from .fit import Progress, fit

TESTED = 2560  # fresh sequences, as in Hochreiter & Schmidhuber 1997
GLANCE = 256  # fresh sequences that are tried while training goes on

HELP = {
    "task": "what is learned, see below",
    "length": "how long its sequences are, see below",
    "cell": ", ".join(get_args(Cell)),
    "units": "units of the recurrent layer",
    "forget_bias": "what the forget gate's bias begins with",
    "chrono": "1: gate biases for the task's longest lag, in place of forget_bias; or 0",
    "optimiser": ", ".join(get_args(OptimiserName)),
    "learning_rate": "the learning rate of the first update",
    "last": "the share of it that the last update still has",
    "updates": "how many updates",
    "batch": "sequences in an update",
    "longest_gradient": "gradients are shortened to this",
    "seed": "decides weights and sequences",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(2, f"{message}\n")


def parser() -> Parser:
    """Return the reader of the command line."""
    made = Parser(
        prog="python -m lstm_core.training",
        description="Train a recurrent network on one of the canonical long-time-lag tasks.",
        epilog=f"tasks, and what --length counts:\n{tasks_help()}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for field in dataclasses.fields(Experiment):
        low, high = RANGES.get(field.name, (None, None))
        span = "" if low is None else f" ({low:g} to {high:,.10g})"
        option = f"--{field.name.replace('_', '-')}"
        made.add_argument(option, metavar="…", help=HELP[field.name] + span)
    made.add_argument("--out", metavar="FILE", help=f"where to keep it: {', '.join(WRITERS)}")
    return made


def tasks_help() -> str:
    """Return a line for each task: its name, and its lengths where it has any."""
    lines = []
    for name, length in LENGTHS.items():
        span = f"{length.shortest} to {length.longest} {length.counts}, usually {length.usual}"
        lines.append(f"  {name.ljust(18)} {span}" if length.usual is not None else f"  {name}")
    return "\n".join(lines)


def asked(arguments: Sequence[str] | None) -> tuple[Experiment, Path | None]:
    """Return the experiment that the command line spells, and where to keep the network.

    Raises ValueError, in one sentence, for what cannot be trained or kept: before training
    rather than after.
    """
    options = vars(parser().parse_args(arguments))
    out = options.pop("out")
    experiment = read({name: word for name, word in options.items() if word is not None})
    if out is None:
        return experiment, None
    path = Path(out)
    model_bytes(model_of(experiment), path.suffix)
    if not path.parent.is_dir():
        raise ValueError(f"out is {out!r}: expected a folder that there is")
    return experiment, path


def trained(experiment: Experiment) -> tuple[Model, int]:
    """Train, showing progress; return the network and after how many updates training ended.

    Ctrl-C ends it early.
    """
    show = bar(experiment.updates, lambda model: float(right(experiment, model, GLANCE).mean()))
    model, updates = model_of(experiment), 0

    def take(progress: Progress) -> None:
        nonlocal model, updates
        model, updates = progress.model, progress.updates
        show(progress)

    try:
        fit(model, batches(experiment), recipe_of(experiment), on_progress=take)
    except KeyboardInterrupt:
        show.end()
    return model, updates


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, keep and test; return the exit code: 2 for a wrong request, 130 after Ctrl-C."""
    try:
        experiment, path = asked(arguments)
    except ValueError as error:
        return _told(error)
    spelled = " ".join(f"{name}={word}" for name, word in spell(experiment).items())
    print(f"{spelled}: {model_of(experiment).size:,} numbers to train", file=sys.stderr)
    model, updates = trained(experiment)
    try:
        if path is not None:
            save_model(model, path)
            print(f"Kept in {path}.")
    except ModelFileError as error:
        return _told(error)
    wrong = int((~right(experiment, model, TESTED, draw=1)).sum())
    print(f"{wrong:,} of {TESTED:,} wrong after {updates:,} updates.")
    return 0 if updates == experiment.updates else 130


def _told(error: ValueError) -> int:
    print(error, file=sys.stderr)
    return 2


THREADS = "OPENBLAS_NUM_THREADS"


def one_thread(environment: Mapping[str, str]) -> dict[str, str] | None:
    """Return the environment in which to begin anew; None where somebody has decided already.

    Our products are small: threads that wait for each other take four times the processor time.
    OpenBLAS reads the variable when NumPy is imported, so that it has to be there before.
    """
    return None if THREADS in environment else {**environment, THREADS: "1"}


if __name__ == "__main__":
    if (environment := one_thread(os.environ)) is not None:
        again = [sys.executable, "-m", "lstm_core.training", *sys.argv[1:]]
        if os.name == "posix":
            os.execve(sys.executable, again, environment)
        sys.exit(subprocess.call(again, env=environment))
    sys.exit(main())
