"""`gatescope capture --snippet torch`: text that records a model where Gatescope is not installed.

gatescope capture --snippet torch > capture.py
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from lstm_core.capture import FRAMEWORKS, snippet
from lstm_core.training_command import Parser

from ..words import capture as words
from .common import DONE, run


def main(arguments: Sequence[str], program: str) -> int:
    """Print the text for one framework; return the exit code."""
    made = Parser(prog=program, description=words.CAPTURE, allow_abbrev=False)
    made.add_argument("--snippet", required=True, choices=sorted(FRAMEWORKS), help=words.SNIPPET)
    return run(made, _print, arguments)


def _print(chosen: argparse.Namespace) -> int:
    print(snippet(chosen.snippet), end="")
    return DONE
