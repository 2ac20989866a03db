"""Files of this machine that the app was started with: `gatescope model.pt --sequence series.csv`.

The command says in an environment variable which files were named, and the page of the reader's own
model opens them when a session begins. The server then listens to this machine alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from lstm_core.record import record

VARIABLE = "GATESCOPE_FILES"


@record
class LocalFiles:
    """The files of a model, files with sequences, the layer to look at first, and a corpus."""

    model: tuple[Path, ...]
    sequences: tuple[Path, ...] = ()
    layer: int = 0
    corpus: Path | None = None


def announce(files: LocalFiles) -> None:
    """Let the app that is started next open these files."""
    os.environ.update(spelled_files(files))


def spelled_files(files: LocalFiles) -> dict[str, str]:
    """Return the environment of an app that is to open these files."""
    named = {
        "model": _absolute(files.model),
        "sequences": _absolute(files.sequences),
        "layer": files.layer,
        "corpus": str(files.corpus.resolve()) if files.corpus else "",
    }
    return {VARIABLE: json.dumps(named)}


def local_files() -> LocalFiles | None:
    """Return the files that the app was started with; None where there are none."""
    spelled = os.environ.get(VARIABLE)
    if not spelled:
        return None
    named = json.loads(spelled)
    return LocalFiles(
        model=tuple(map(Path, named["model"])),
        sequences=tuple(map(Path, named["sequences"])),
        layer=named["layer"],
        corpus=Path(named["corpus"]) if named["corpus"] else None,
    )


def contents(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the bytes of files by their names; raises OSError where one cannot be read."""
    return {path.name: path.read_bytes() for path in paths}


def _absolute(paths: Sequence[Path]) -> list[str]:
    return [str(path.resolve()) for path in paths]
