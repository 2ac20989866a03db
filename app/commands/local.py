"""The app on files of this machine: `gatescope model.pt --sequence series.csv`.

What cannot be opened is said here, before the server starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lstm_core import Model, ModelFileError, load_model
from lstm_core.corpus import CorpusError, SearchIndex

from ..inputs import UploadError
from ..session.local_files import LocalFiles, announce
from ..session.model_files import together
from ..words import command_line as words
from .common import printable, read_data


def announced(
    model: Sequence[str], sequences: Sequence[str], layer: int, corpus: str | None = None
) -> str:
    """Let the app that is started next open these files, and return "".

    Where one cannot be read, is no model, or the model has no such layer, return a sentence that
    says so instead; so too where `corpus` is no folder with a complete corpus.
    """
    try:
        for file in sequences:
            read_data(file)
        layers = len(_opened(model).layers)
        if corpus is not None:
            SearchIndex.open(Path(corpus))
    except (ModelFileError, UploadError, CorpusError) as problem:
        return printable(str(problem))
    if not 0 <= layer < layers:
        return words.no_such_layer(layer, layers)
    files = LocalFiles(
        model=tuple(map(Path, model)),
        sequences=tuple(map(Path, sequences)),
        layer=layer,
        corpus=Path(corpus) if corpus else None,
    )
    announce(files)
    return ""


def _opened(files: Sequence[str]) -> Model:
    """The model in one file, of which only that is read, or in several."""
    if len(files) == 1 and Path(files[0]).is_file():
        return load_model(files[0])
    name, data = together(dict(map(read_data, files)))
    return load_model(data, name=name)
