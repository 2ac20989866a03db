"""`gatescope site OUT`: the static edition, plain files for any web server.

gatescope site public
python -m http.server --directory public
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from lstm_core.training_command import Parser

from ..export.site import site_files
from ..export.writing import write_files
from ..words import site as words
from ..words.language import LANGUAGES, speaking, spoken
from .common import DONE, printable, run


def main(arguments: Sequence[str], program: str) -> int:
    """Write the static edition; return the exit code."""
    made = Parser(prog=program, description=words.COMMAND, allow_abbrev=False)
    made.add_argument("out", metavar="OUT", help=words.OUT)
    made.add_argument("--language", choices=sorted(LANGUAGES), help=words.LANGUAGE_OPTION)
    made.add_argument("--force", action="store_true", help=words.FORCE)
    return run(made, _write, arguments)


def _write(chosen: argparse.Namespace) -> int:
    with speaking(chosen.language or spoken().code):
        count, size = write_files(Path(chosen.out), site_files(), force=chosen.force)
    print(printable(words.written(count, size / 1e6, chosen.out)))
    return DONE
