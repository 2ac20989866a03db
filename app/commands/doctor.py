"""`gatescope doctor MODEL DATA RESULT`: what is the matter with somebody's own implementation.

gatescope doctor model.pt series.csv my_hidden_states.npy
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from lstm_core import ModelFileError
from lstm_core.doctor import ResultError, diagnose_trace
from lstm_core.training_command import Parser

from ..figures.diagnosis import sentences
from ..inputs import UploadError
from ..inputs.reference import ReferenceProblem
from ..inputs.results import signals_from_file
from ..session.subjects import first_of_chain
from ..words import command_line as command_words
from ..words import doctor as words
from .common import DONE, FAILED, add_model_options, open_model, printable, read_data, run
from .sequences import add_data_options, sequences_of


def main(arguments: Sequence[str], program: str) -> int:
    """Diagnose a result; return the exit code: 0 where it agrees."""
    made = Parser(prog=program, description=words.DOCTOR, allow_abbrev=False)
    made.add_argument("file", metavar="MODEL", help=command_words.MODEL_FILE)
    made.add_argument("data", metavar="DATA", help=command_words.DATA_FILE)
    made.add_argument("result", metavar="RESULT", help=words.RESULT)
    made.add_argument(
        "--direction", choices=("forward", "backward"), default="forward", help=words.DIRECTION
    )
    add_data_options(made)
    add_model_options(made)
    return run(made, _diagnose, arguments)


def _diagnose(chosen: argparse.Namespace) -> int:
    whole = open_model(chosen.file, chosen)
    read = sequences_of(whole, chosen)
    if read is None:
        return FAILED
    layer = read.model.run(read.sequences[0]).layers[
        chosen.layer - first_of_chain(whole, chosen.layer)
    ]
    trace = layer.backward if chosen.direction == "backward" else layer.forward
    if trace is None:
        raise ModelFileError(command_words.one_direction(chosen.layer))
    name, data = read_data(chosen.result)
    try:
        theirs = signals_from_file(name, data, trace.parameters, len(trace))
        diagnosis = diagnose_trace(trace, theirs)
    except (ReferenceProblem, ResultError) as problem:
        raise UploadError(str(problem)) from None
    print(printable("\n".join(sentences(diagnosis, trace.parameters))))
    return DONE if diagnosis.agrees else FAILED
