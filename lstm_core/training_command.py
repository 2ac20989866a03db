"""Train a network from the command line, and say what it reached.

    gatescope train --task adding --cell rnn --units 8 --seed 3 --out model.npz
    python -m lstm_core.training ...    the same, where only the repository is there

Every field of an experiment is an option; what is not given is what we found to work with an
LSTM on that task. Progress goes to stderr, the result to stdout.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, get_args

from .experiment import (
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
    task_of,
)
from .formats.errors import ModelFileError
from .formats.saving import WRITERS, model_bytes, save_model
from .model import Model
from .tasks import LENGTHS
from .training.bar import bar
from .training.fit import Progress, training

PROGRAM = "python -m lstm_core.training"
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
    "write_penalty": "what writing costs: this times mean |i·g| is added to the loss",
    "seed": "decides weights and sequences",
}


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(2, f"{message}\n")


def parser(program: str = PROGRAM) -> Parser:
    """Return the reader of the command line; `program` is what the help calls the command."""
    made = Parser(
        prog=program,
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


def asked(
    arguments: Sequence[str] | None, program: str = PROGRAM
) -> tuple[Experiment, Path | None]:
    """Return the experiment that the command line spells, and where to keep the network.

    Raises ValueError, in one sentence, for what cannot be trained or kept: before training
    rather than after.
    """
    options = vars(parser(program).parse_args(arguments))
    out = options.pop("out")
    experiment = read({name: word for name, word in options.items() if word is not None})
    if out is None:
        return experiment, None
    path = Path(out)
    model_bytes(model_of(experiment), path.suffix)
    if not path.parent.is_dir():
        raise ValueError(f"out is {out!r}: expected a folder that there is")
    return experiment, path


def trained(experiment: Experiment) -> Progress | None:
    """Train, showing progress; return where it ended, None before the first update.

    Ctrl-C ends it early.
    """
    show = bar(experiment.updates, lambda model: float(right(experiment, model, GLANCE).mean()))
    last: Progress | None = None
    try:
        for progress in training(model_of(experiment), batches(experiment), recipe_of(experiment)):
            last = progress
            show(progress)
    except KeyboardInterrupt:
        show.end()
    return last


def reached(experiment: Experiment, model: Model, last: Progress | None) -> str:
    """Return what a trained network does with fresh sequences, in two lines or three.

    The first counts, the second says what counts as right, the third what the literature reached.
    """
    task, updates = task_of(experiment), last.updates if last else 0
    correct = int(right(experiment, model, TESTED, draw=1).sum())
    loss = f"; the last loss was {last.loss:.4f}" if last else ""
    lines = [
        f"After {updates:,} updates of {experiment.batch:,} sequences, {correct:,} of {TESTED:,} "
        f"fresh sequences are right ({correct / TESTED:.1%}) and {TESTED - correct:,} wrong{loss}.",
        f"Right: {task.criterion}",
        f"Published: {task.published}" if task.published else "",
    ]
    return "\n".join(filter(None, lines))


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> int:
    """Train, keep and test; return the exit code: 2 for a wrong request, 130 after Ctrl-C."""
    try:
        experiment, path = asked(arguments, program)
    except ValueError as error:
        return _refused(error)
    spelled = " ".join(f"{name}={word}" for name, word in spell(experiment).items())
    print(f"{spelled}: {model_of(experiment).size:,} numbers to train", file=sys.stderr)
    last = trained(experiment)
    model = last.model if last else model_of(experiment)
    try:
        if path is not None:
            save_model(model, path)
            print(f"Kept in {path}.")
    except ModelFileError as error:
        return _refused(error)
    print(reached(experiment, model, last))
    return 0 if last and last.updates == experiment.updates else 130


def _refused(error: ValueError) -> int:
    print(error, file=sys.stderr)
    return 2
