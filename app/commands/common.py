"""What the commands share: model files and their questions, exit codes, and text for a terminal."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from lstm_core import Model, ModelFileError, load_model
from lstm_core.training_command import Parser

from ..figures.model_findings import findings_of
from ..inputs import UploadError
from ..words import command_line as words
from ..words import your_model as model_words

DONE, FAILED = 0, 1
"""Exit codes: all was done; a file could not be read or written. 2: the command line is wrong."""

STANDARD = "-"  # in place of a file: standard input or standard output

KEYWORDS = (
    *("part", "chain", "recurrent_activation", "activation", "nonlinearity", "merge"),
    *("reads", "start", "backwards", "residual"),
)
"""The keywords of `load_model` that are options of every command."""

Command = Callable[[argparse.Namespace], int]


def run(parser: Parser, command: Command, arguments: Sequence[str]) -> int:
    """Return the exit code of a command; what goes wrong is one sentence on stderr.

    A reader of our output that has seen enough, such as `head`, is no error.
    """
    try:
        code = command(parser.parse_args(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        # Python would write to the closed pipe once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (ModelFileError, UploadError) as problem:
        print(printable(str(problem)), file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130
    return code


def add_model_options(parser: Parser) -> None:
    """Add an option for each thing that a model file may leave open; see `load_model`."""
    spelled = "spelled as `inspect` lists the choices"
    options = {
        "part": "which of several models in the file",
        "chain": f"which module reads which, {spelled}",
        "recurrent-activation": f"the activation of the gates, {spelled}",
        "activation": f"the activation of the candidate, {spelled}",
        "nonlinearity": f"the activation of a standard RNN, {spelled}",
        "merge": f"how two directions are put together, {spelled}",
        "reads": f"how what stands behind the layers reads time, {spelled}",
        "start": f"whether layers begin with the h0 and c0 beside them, {spelled}",
        "backwards": f"which layers read from the end, {spelled}",
        "residual": f"behind which layers what they read is added, {spelled}",
    }
    for name, explanation in options.items():
        parser.add_argument(f"--{name}", metavar="…", help=explanation)


def open_model(file: str, chosen: argparse.Namespace) -> Model:
    """Return the model in a file, or on standard input for `-`, opened as the options say.

    Raises ModelFileError with one sentence where it cannot be opened.
    """
    answers = {keyword: getattr(chosen, keyword) for keyword in KEYWORDS}
    given = sys.stdin.buffer.read() if file == STANDARD else file
    try:
        return load_model(given, **answers)
    except ModelFileError:
        raise
    except ValueError as problem:  # an activation that there is not
        raise ModelFileError(f"{problem}.") from None


def assumptions(model: Model, chosen: argparse.Namespace) -> tuple[str, ...]:
    """Return what was assumed of a model and was not answered by an option, a sentence each."""
    return tuple(
        words.assumption(a.keyword, a.value, a.reason, a.choices)
        for a in findings_of(model).assumptions
        if a.keyword not in KEYWORDS or getattr(chosen, a.keyword) is None
    )


def read_data(file: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a file with sequences, or of standard input for `-`.

    Raises UploadError with one sentence where it cannot be read.
    """
    if file == STANDARD:
        return "standard input", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.name, path.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or type(problem).__name__
        raise UploadError(model_words.not_read(file, reason)) from None


def printable(text: str) -> str:
    """Return a text in which names from files cannot steer the terminal.

    Line breaks stay; of what else cannot be printed the code is shown.
    """
    return "".join(
        character if character.isprintable() or character == "\n" else ascii(character)[1:-1]
        for character in text
    )
