"""A job makes one block of a corpus: by itself, in any process, from what its words say.

A job names files and rows, and holds no sequences and no weights. Each process opens the model and
the partitions that its jobs name, once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from lstm_core import Model, ModelFileError, load_model
from lstm_core.corpus import CorpusError, Plan, block_of, write_block
from lstm_core.corpus.folder import block_folder, is_done
from lstm_core.corpus.plan import BLOCK
from lstm_core.record import record
from lstm_core.sequence import Sequence as Read

from ...inputs import UploadError
from ...inputs.partitions import Partition, Span, partition
from ...session.subjects import first_of_chain, readable
from ...words import command_line as words

PIECE = 2**22  # bytes of a file that are read at once
READING = Lock()  # one thread at a time reads an open file


ModelKey = tuple[str, tuple[tuple[str, str | None], ...], int, str]


@record
class ModelSource:
    """A model file, the answers with which it is opened, and the layer that is looked at."""

    file: str
    answers: tuple[tuple[str, str | None], ...]
    layer: int

    def key(self) -> ModelKey:
        """Return what names the opened model: a file that was changed is opened again."""
        return (self.file, self.answers, self.layer, stamp(Path(self.file)))


@record
class Opened:
    """The chain of layers that is run, and the place in it of the layer that is looked at."""

    model: Model
    place: int


@record
class Job:
    """One block: which rows of which file, and where it is written."""

    name: str
    source: ModelSource
    plan: Plan
    file: Path
    span: Span
    folder: Path


def make_block(job: Job) -> str:
    """Make a block, unless it is there; return what could not be read, "" for nothing.

    Raises CorpusError where it cannot be written.
    """
    if is_done(job.folder, job.name):
        return ""
    model = opened_model(*job.source.key()).model
    block = block_of(model, job.plan, *read(job.file, job.source, job.span))
    write_block(block_folder(job.folder, job.name), block)
    return block.problem


@lru_cache(maxsize=2)
def opened_model(
    file: str, answers: tuple[tuple[str, str | None], ...], layer: int, stamp: str
) -> Opened:
    """Return the chain of layers of a model file that a layer belongs to.

    `stamp` is that of the file. Raises ModelFileError, in one sentence, where there is none.
    """
    try:
        whole = load_model(file, **{name: answer for name, answer in answers if answer})
    except ModelFileError:
        raise
    except ValueError as problem:  # an activation that there is not
        raise ModelFileError(f"{problem}.") from None
    if not 0 <= layer < len(whole.layers):
        raise ModelFileError(words.no_such_layer(layer, len(whole.layers)))
    return Opened(model=readable(whole.chain(layer)), place=layer - first_of_chain(whole, layer))


def read(file: Path, source: ModelSource, span: Span) -> tuple[tuple[Read, ...], str, int]:
    """Return the sequences of a part of a file, what cannot be read, and how many those are.

    A part that is damaged has no sequences, and nobody knows how many they are: 0.
    """
    try:
        with READING:
            found = partition_of(file, source).read(span)
    except UploadError as problem:
        return (), str(problem), 0
    refused = [one for one in found if isinstance(one, UploadError)]
    sequences = tuple(one for one in found if isinstance(one, Read))
    return sequences, str(refused[0]) if refused else "", len(refused)


def partition_of(file: Path, source: ModelSource) -> Partition:
    """Return a file as the model reads it; one that was changed is opened again."""
    return opened_partition(file, stamp(file), source.key())


def stamp(file: Path) -> str:
    """Return what changes when a file does: its size and time; "" for one that is not there."""
    try:
        known = file.stat()
    except OSError:
        return ""
    return f"{known.st_size} {known.st_mtime_ns}"


@lru_cache(maxsize=4)
def opened_partition(file: Path, stamp: str, source: ModelKey) -> Partition:
    """Return a file of this stamp as the model reads it."""
    encoder = opened_model(*source).model.encoder
    assert encoder is not None
    return partition(file, encoder)


@record
class Work:
    """The spans of all files, by the blocks' names, and a sentence for each that is left out."""

    spans: tuple[tuple[str, Path, Span], ...]
    files: tuple[tuple[str, int, str], ...]  # name, bytes, fingerprint
    problems: tuple[str, ...]


def work_of(files: Sequence[Path], source: ModelSource) -> Work:
    """Return what there is to do: every file cut into parts, in their order.

    Of a file that cannot be read on, what stands before is done.
    """
    spans: list[tuple[str, Path, Span]] = []
    about, problems = [], []
    for number, file in enumerate(files):
        try:
            cut = partition_of(file, source)
            for k, span in enumerate(cut.spans(BLOCK)):
                spans.append((f"{number:05d}-{k:06d}", file, span))
            about.append((file.name, file.stat().st_size, fingerprint(file)))
        except UploadError as problem:
            problems.append(str(problem))
    return Work(spans=tuple(spans), files=tuple(about), problems=tuple(problems))


def fingerprint(file: Path) -> str:
    """Return a fingerprint of a file's bytes."""
    digest = blake2b(digest_size=16)
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def pilot(work: Work, source: ModelSource) -> tuple[Read, ...]:
    """Return the sequences of the first part that can be read; CorpusError where none can."""
    first = ""
    for _, file, span in work.spans:
        sequences, problem, _ = read(file, source, span)
        if sequences:
            return sequences
        first = first or problem
    raise CorpusError(first or "There is no sequence in these files: name others.")


def jobs_of(work: Work, source: ModelSource, plan: Plan, folder: Path) -> Iterator[Job]:
    """Yield the jobs whose blocks are not there yet."""
    for name, file, span in work.spans:
        if not is_done(folder, name):
            yield Job(name=name, source=source, plan=plan, file=file, span=span, folder=folder)
