"""`gatescope convert FILE OUT`: the same model as a file for another program.

gatescope convert model.keras model.safetensors
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from lstm_core import save_model
from lstm_core.formats import loses_parts
from lstm_core.training_command import Parser

from ..words import command_line as words
from ..words import your_model as model_words
from .common import DONE, add_model_options, assumptions, open_model, printable, run


def main(arguments: Sequence[str], program: str) -> int:
    """Write the model in one file to another; return the exit code."""
    made = Parser(prog=program, description=words.CONVERT, allow_abbrev=False)
    made.add_argument("file", metavar="FILE", help=words.MODEL_FILE)
    made.add_argument("out", metavar="OUT", help=words.CONVERT_OUT)
    add_model_options(made)
    return run(made, _convert, arguments)


def _convert(chosen: argparse.Namespace) -> int:
    model = open_model(chosen.file, chosen)
    for assumption in assumptions(model, chosen):
        print(printable(assumption), file=sys.stderr)
    save_model(model, chosen.out)
    if loses_parts(model) and not chosen.out.lower().endswith(".npz"):
        print(printable(model_words.KEPT_BY_NPZ), file=sys.stderr)
    print(printable(words.converted(chosen.out, len(model.layers), model.size)))
    return DONE
