"""The sequences that a command runs a model over: of a file, or those that a captured run holds."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Mapping

from lstm_core import LayerState, Model, ModelFileError, Sequence, number_sequence
from lstm_core.record import record
from lstm_core.training_command import Parser

from ..figures.model_findings import findings_of
from ..inputs import Understanding, UploadError, understand
from ..session.subjects import readable
from ..words import capture as capture_words
from ..words import command_line as words
from .common import STANDARD, printable, read_data

LONGEST = 10_000_000  # timesteps of one sequence


@record
class Given:
    """A chain of layers as it reads its sequences, and what is to be said about them.

    `starts` are the states that the layers begin with, of each sequence.
    """

    model: Model
    sequences: tuple[Sequence, ...]
    starts: tuple[tuple[LayerState, ...], ...]
    name: str
    dialect: str = ""
    inputs: Mapping[str, str] | None = None
    remarks: tuple[str, ...] = ()


def add_data_options(parser: Parser) -> None:
    """Add the options that say which layer reads which sequence, and how."""
    parser.add_argument("--layer", type=int, default=0, metavar="K", help=words.LAYER)
    parser.add_argument("--only", type=int, metavar="N", help=words.ONLY)
    parser.add_argument(
        "--answer", nargs=2, action="append", default=[], metavar=("ID", "…"), help=words.ANSWER
    )


def sequences_of(whole: Model, chosen: argparse.Namespace) -> Given | None:
    """Return what is read of `chosen.data`, or recorded in the model's file without it.

    None where there are questions, which are asked on stderr. Raises ModelFileError for a layer
    that there is not, and UploadError where there is no sequence.
    """
    if chosen.file == chosen.data == STANDARD:
        raise UploadError("Both files are standard input: expected one of them to be a file.")
    if not 0 <= chosen.layer < len(whole.layers):
        raise ModelFileError(words.no_such_layer(chosen.layer, len(whole.layers)))
    chain = readable(whole.chain(chosen.layer))
    given = _recorded(chain, chosen.file) if chosen.data is None else _read(chain, chosen)
    return given if given is None or chosen.only is None else _only(given, chosen.only)


def _recorded(chain: Model, file: str) -> Given:
    """The sequences that a captured run holds."""
    if not chain.recorded:
        raise UploadError(capture_words.nothing_recorded(words.called(file)))
    return Given(
        model=chain,
        sequences=tuple(
            number_sequence(
                one.inputs,
                name=capture_words.recorded_name(one.first_call, one.calls, one.row, one.rows),
            )
            for one in chain.recorded
        ),
        starts=tuple(one.start for one in chain.recorded),
        name=findings_of(chain).format,
    )


def _read(chain: Model, chosen: argparse.Namespace) -> Given | None:
    """The sequences of a file as the app reads it; None where it must be asked about."""
    name, data = read_data(chosen.data)
    seen = understand(name, data, chain.encoder, dict(chosen.answer), limit=LONGEST)
    for remark in seen.remarks:
        print(printable(remark), file=sys.stderr)
    if seen.questions:
        _ask(seen)
        return None
    if not seen.sequences:
        raise UploadError(words.nothing_to_run(seen.name))
    return Given(
        model=dataclasses.replace(chain, encoder=seen.encoder or chain.encoder),
        sequences=seen.sequences,
        starts=((),) * len(seen.sequences),
        name=name,
        dialect=seen.dialect,
        inputs=seen.inputs,
        remarks=seen.remarks,
    )


def _ask(seen: Understanding) -> None:
    for question in seen.questions:
        told = words.question(question.id, question.text, question.options, question.example)
        print(printable(told), file=sys.stderr)


def _only(given: Given, number: int) -> Given:
    """The sequence of this number alone, counted from 1."""
    if not 1 <= number <= len(given.sequences):
        raise UploadError(words.no_such_sequence(number, len(given.sequences)))
    here = slice(number - 1, number)
    return dataclasses.replace(given, sequences=given.sequences[here], starts=given.starts[here])
