"""Model files that readers open: kept for a while, under a fingerprint that nobody can guess."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np

from lstm_core import Assumption, Model, ModelFileError, load_model
from lstm_core.demo import Demo
from lstm_core.model import Agreement, agreement
from lstm_core.model.weights import weights
from lstm_core.record import record

from ..inputs.files import UploadError
from ..words import your_model as model_words
from ..words.formatting import cut
from .demos import demo
from .kept import kept
from .shared_store import OPTION, store
from .size import size_of
from .subjects import Uploaded, uploaded

MODEL_MB = 200  # the largest model file
PART = "part"  # the keyword of `load_model` for one of several models in a file
CHAIN = "chain"  # that for which module reads which
RESIDUAL = "residual"  # that for behind which layers what they read is added
BACKWARDS = "backwards"  # that for which layers read from the end
SETTLES = (PART, BACKWARDS, CHAIN)
"""Keywords whose answers decide what else is asked."""
DEPENDING = (BACKWARDS, CHAIN, RESIDUAL)
"""Keywords whose choices name layers as those before them leave them."""
SAMPLE = "reber"  # the demo that stands in for a file


class ModelGoneError(UploadError):
    """A model that is no longer in memory; its text is one clear sentence for the page."""


@record
class ModelFile:
    """A file that was opened: its parts, and its content where it may have to be read again.

    The content is the bytes of an upload, or the path of a file of this machine.
    """

    content: bytes | Path
    parts: tuple[str, ...]  # the models in it, where there are several


def together(files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name and the bytes of what was given: one file, or several as one archive.

    The order in which several were given makes no difference.
    """
    if len(files) == 1:
        ((name, data),) = files.items()
        return name, data
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for name in sorted(files):
            opened.writestr(zipfile.ZipInfo(name), files[name])
    return model_words.several(sorted(files)), archive.getvalue()


def keep_model_file(name: str, content: bytes | Path) -> str:
    """Open a model file, keep what is in it, and return the id under which it is kept.

    Of a file of this machine, given by its path, no more is read than the model takes, so that
    it may be of any size. The id is a fingerprint of name and content, or of path, size and time.
    Raises ModelFileError with one sentence for a file that cannot be opened, or is too large to be
    kept; then nothing is kept.
    """
    megabytes = len(content) / 2**20 if isinstance(content, bytes) else 0
    if megabytes > MODEL_MB:
        raise ModelFileError(model_words.too_large(cut(name, 60), megabytes, MODEL_MB))
    model = load_model(content, name=name)
    file = _file_of(model, content)
    _check_size(name, size_of((file, model)).total)
    file_id = _fingerprint(name, content)
    store.put(("model file", file_id), file)
    store.put(("model", file_id), model)
    if kept.folder is not None and isinstance(content, bytes):
        kept.put_bytes(_content_key(file_id), content)
        kept.put_value(_name_key(file_id), name)
    return file_id


def file_model(file: str, name: str, answers: dict[str, str]) -> Model:
    """Return the model in a file that is kept; `answers` are keywords of `load_model`.

    Raises ModelGoneError where it is no longer kept, and ModelFileError where it cannot be
    opened in this way.
    """

    def read_again() -> Model:
        if not content:
            raise ModelGoneError(model_words.GONE.format(name=cut(name, 60)))
        return load_model(content, name=name, **answers)

    known = _model_file(file)
    content = known.content if known else b""
    return store.get_or_compute(("model", file, *_spelled(answers)), read_again)


def parts(file: str) -> tuple[str, ...]:
    """Return the models in a file that is kept, by `part` of `load_model`; () for just one."""
    known = _model_file(file)
    return known.parts if known else ()


def questions(file: str, name: str, answers: dict[str, str]) -> Mapping[str, Assumption]:
    """Return what the part of a file that is open leaves open, by keyword of `load_model`.

    What is asked depends on the part, on which layers are the ways of one, and on which reads
    which. Nothing is asked about a file that is no longer kept.
    """
    if _model_file(file) is None:
        return {}
    settled = {keyword: answers[keyword] for keyword in SETTLES if keyword in answers}
    return _asked(file_model(file, name, settled))


def still_right(answers: dict[str, str], keyword: str) -> dict[str, str]:
    """Return the answers that mean something whatever is answered to `keyword`.

    Those about one part of a file mean nothing in another; where layers are the ways of one, or
    make other chains, an order of layers or a residual sum may not be possible.
    """
    if keyword == PART:
        return {}
    later = DEPENDING[DEPENDING.index(keyword) + 1 :] if keyword in DEPENDING else ()
    return {k: value for k, value in answers.items() if k not in later}


def with_answer(
    file: str, name: str, answers: dict[str, str], keyword: str, value: str
) -> dict[str, str]:
    """Return the answers with another one to `keyword`, those it makes impossible left out.

    Raises as `file_model` does where the file cannot be opened by the new answer.
    """
    known = {} if keyword == PART else answers
    try:
        file_model(file, name, {**known, keyword: value})
    except ModelFileError:
        known = still_right(known, keyword)
        file_model(file, name, {**known, keyword: value})
    return {**known, keyword: value}


def uploaded_chain(file: str, name: str, layer: int, answers: dict[str, str]) -> Uploaded:
    """Return the chain of layers that the reader looks at in a file of theirs.

    Raises as `file_model` does.
    """
    model = file_model(file, name, answers)
    known = "~".join([f"model-{file}", *_spelled(answers)])
    return uploaded(known, name, model, layer, sample() if is_sample(model) else None)


def recorded_agreement(model: Uploaded) -> Agreement | None:
    """Return how far the recorded outputs of a chain are from ours; None where there are none."""
    chain = model.whole.chain(model.first)
    return store.get_or_compute(
        ("agreement", model.name), lambda: agreement(chain.layers, chain.recorded)
    )


def sample() -> Demo:
    """Return the demo that stands in for a file of the reader's own."""
    return demo(SAMPLE)


def is_sample(model: Model) -> bool:
    """Return whether a model is the sample's: it reads the same symbols by the same numbers."""
    ours = sample().model
    mine, theirs = weights(ours), weights(model)
    return (
        alphabet(ours) == alphabet(model)
        and mine.keys() == theirs.keys()
        and all(np.array_equal(mine[name], theirs[name]) for name in mine)
    )


def alphabet(model: Model) -> tuple[str, ...]:
    """Return the symbols that a model reads; () where it reads numbers, or these are unknown."""
    return model.encoder.alphabet if model.encoder and model.encoder.reads_symbols else ()


def _model_file(file: str) -> ModelFile | None:
    """What is known of a file; opened anew where another process of this instance has kept it."""
    known: ModelFile | None = store.get(("model file", file))
    if known is None and kept.folder is not None:
        name, content = kept.value_of(_name_key(file)), kept.bytes_of(_content_key(file))
        if name is not None and content is not None:
            keep_model_file(name, content)
            known = store.get(("model file", file))
    return known


def _content_key(file: str) -> tuple[str, str]:
    return ("model content", file)


def _name_key(file: str) -> tuple[str, str]:
    return ("model name", file)


def _check_size(name: str, size: int) -> None:
    if size > store.largest:
        raise ModelFileError(
            model_words.too_large_to_keep(
                cut(name, 60), size / 2**20, store.largest / 2**20, OPTION
            )
        )


def _file_of(model: Model, content: bytes | Path) -> ModelFile:
    several = model.findings.parts if model.findings else ()
    return ModelFile(content=content if several or _asked(model) else b"", parts=several)


def _fingerprint(name: str, content: bytes | Path) -> str:
    """What a file is kept under."""
    if isinstance(content, Path):
        known = content.stat()
        content = f"{content} {known.st_size} {known.st_mtime_ns}".encode()
    return blake2b(content, digest_size=16, key=blake2b(name.encode()).digest()).hexdigest()


def _asked(model: Model) -> dict[str, Assumption]:
    assumptions = model.findings.assumptions if model.findings else ()
    return {a.keyword: a for a in assumptions if a.keyword and a.choices}


def _spelled(answers: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{keyword}.{value}" for keyword, value in sorted(answers.items()))
