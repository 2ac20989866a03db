"""Python's own standard library as a text to read: what comes next, character by character.

    bits per character = -1/T Σ log₂ p(characterₜ | all characters before it)

The state before the first character is zero, as it is where training begins a line; the first
character of a file is read and not asked. Whole files are held out: which ones, a hash of their
names says, and none is tested that repeats lines of a file that was trained on.

Source of the text: the standard library of CPython (PSF licence). Karpathy, Johnson & Li 2015
read the source of Linux in the same way.
"""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from ..model import Model
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, States, loss_and_states
from .common import string_of
from .events import Event

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
ALPHABET = ("\n", *map(chr, range(ord(" "), ord("~") + 1)), REPLACEMENT)
"""A line break, the 95 printable characters of ASCII, and one symbol for everything else."""

LINE_BREAK = ALPHABET.index("\n")
PIECE = 3000  # characters of training text that are read without a break
STRETCH = 200  # characters of a random sequence

LEFT_OUT = frozenset(
    ("__pycache__", "site-packages", "test", "tests", "idle_test", "encodings", "pydoc_data")
)
"""Folders that are not read: installed packages, tests, and tables written by programs."""

HELD_OUT_SHARE = 0.08
REPEATED_SHARE = 0.2  # of a held-out file's lines; with more it is too much like the training
SHORTEST_LINE = 20  # characters of a line that says something about where it came from


@record
class Corpus:
    """Files by their names: those to train on, and those that are never seen in training."""

    training: dict[str, str]
    held_out: dict[str, str]

    @property
    def sha256(self) -> str:
        """The checksum of all names and all text."""
        digest = hashlib.sha256()
        for part in (self.training, self.held_out):
            for name, text in part.items():
                digest.update(f"{name}\0{text}\0".encode())
        return digest.hexdigest()


def standard_library(folder: Path) -> dict[str, str]:
    """Return the source files in `folder` by their names, in alphabetical order.

    Without `LEFT_OUT`, and without what was written for one machine when Python was built.
    """
    files = {}
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).parts
        built = parts[0].startswith(("config-", "_sysconfigdata"))
        if not built and LEFT_OUT.isdisjoint(parts[:-1]):
            files["/".join(parts)] = readable(path.read_text(encoding="utf-8"))
    return dict(sorted(files.items()))


def split(files: Mapping[str, str], seed: int, share: float = HELD_OUT_SHARE) -> Corpus:
    """Return the files, about `share` of them held out, as their names and the seed decide.

    A file that should be held out and repeats too much of the others is left out altogether.
    """
    chosen = {name for name in files if _lot(name, seed) < share}
    training = {name: text for name, text in files.items() if name not in chosen}
    known = {line for text in training.values() for line in telling_lines(text)}
    most = REPEATED_SHARE
    held_out = {n: files[n] for n in files if n in chosen and repeated(files[n], known) <= most}
    return Corpus(training=training, held_out=held_out)


def _lot(name: str, seed: int) -> float:
    """A number in 0..1 that name and seed decide."""
    digest = hashlib.sha256(f"{seed} {name}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def telling_lines(text: str) -> list[str]:
    """Return the lines of `text`, without indentation, that are long enough to tell."""
    lines = (line.strip() for line in text.split("\n"))
    return [line for line in lines if len(line) >= SHORTEST_LINE]


def repeated(text: str, known: AbstractSet[str]) -> float:
    """Return which share of the telling lines of `text` is among the known ones."""
    lines = telling_lines(text)
    return sum(line in known for line in lines) / max(1, len(lines))


def readable(text: str) -> str:
    """Return `text` in the symbols of the alphabet; the replacement stands for all others."""
    return _CODES[places(text)].tobytes().decode("utf-32-le")


def places(text: str) -> Array:
    """Return the place (T,) of each character in the alphabet."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    kinds: Array = _PLACE_OF_CODE[np.minimum(codes, len(_PLACE_OF_CODE) - 1)]
    return kinds


_PLACE_OF_CODE = np.full(128, ALPHABET.index(REPLACEMENT), np.int64)
_PLACE_OF_CODE[[ord(symbol) for symbol in ALPHABET[:-1]]] = np.arange(len(ALPHABET) - 1)


_CODES = np.array([ord(symbol) for symbol in ALPHABET], "<u4")


def bits(probabilities: Array) -> float:
    """Return the mean of -log₂ p over the probabilities of what did follow."""
    return float(-np.mean(np.log2(probabilities, dtype=np.float64)))


def batches(rng: np.random.Generator, text: Array, size: int, timesteps: int) -> Iterator[Batch]:
    """Yield batches of `size` windows of a text (T,) of places, without end.

    The text is cut at line breaks into pieces of about `PIECE` characters, and the pieces are
    dealt like cards, shuffled anew after each round. A window follows the one before it in its
    row, until the piece is read; a new piece begins with a state of zero. Raises ValueError, when
    the first batch is asked for, for a text that is too short for a window.
    """
    if len(text) < timesteps + 2:
        raise ValueError(f"the text has {len(text)} symbols: expected at least {timesteps + 2}")
    deck = _dealt(rng, piece_starts(text), len(text) - timesteps - 1)
    at, end = np.zeros(size, np.int64), np.zeros(size, np.int64)
    while True:
        new = at >= end
        for row in np.flatnonzero(new):
            at[row], end[row] = next(deck)
        windows = text[at[:, np.newaxis] + np.arange(timesteps + 1)]
        yield Batch(inputs=windows[:, :-1], targets=windows[:, 1:], follows=~new)
        at += timesteps


def piece_starts(text: Array) -> Array:
    """Return where the pieces of a text begin: at 0, and then at the next line after `PIECE`."""
    lines = np.concatenate([[0], np.flatnonzero(text == LINE_BREAK) + 1])
    _, first = np.unique(lines // PIECE, return_index=True)
    starts: Array = lines[first]
    return starts


def _dealt(rng: np.random.Generator, starts: Array, last: int) -> Iterator[tuple[int, int]]:
    """Deal the pieces that begin before `last`, each as its first place and the first behind."""
    ends = np.minimum(np.append(starts[1:], last), last)
    while True:
        for k in rng.permutation(np.flatnonzero(starts < last)):
            yield int(starts[k]), int(ends[k])


def bits_per_character(model: Model, texts: list[Array], window: int = 256) -> float:
    """Return the mean of -log₂ p over all characters of the texts but the first of each.

    All texts, each the places (T,) of its characters, are read side by side from a state of
    zero, the longest in the first row.
    """
    texts = sorted(texts, key=len, reverse=True)
    states: States | None = None
    nats, asked = 0.0, 0
    for at in range(0, len(texts[0]) - 1, window):
        going_on = [text[at : at + window + 1] for text in texts if len(text) > at + 1]
        batch = _side_by_side(going_on)
        if states is not None:
            states = tuple(_first(state, len(going_on)) for state in states)
        loss, states = loss_and_states(model, batch, "cross_entropy", states)
        count = sum(len(part) - 1 for part in going_on)
        nats, asked = nats + loss * count, asked + count
    return nats / asked / math.log(2)


def _first(state: Any, rows: int) -> Any:
    """The state of the first rows alone."""
    return dataclasses.replace(state, **{n: v[:rows] for n, v in vars(state).items()})


def _side_by_side(texts: list[Array]) -> Batch:
    """Texts as one batch that asks for each next character, the longest in the first row."""
    rows = np.zeros((len(texts), len(texts[0])), np.int64)
    for row, text in zip(rows, texts, strict=True):
        row[: len(text)] = text
    lengths = np.array([len(text) - 1 for text in texts])
    return Batch(inputs=rows[:, :-1], targets=rows[:, 1:], lengths=lengths)


@record
class PythonSource:
    """The task as a demo needs it: a few of the held-out files."""

    legal_threshold: ClassVar[float | None] = None
    tolerance: ClassVar[float | None] = None

    files: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> PythonSource:
        """Read the files that stand in `folder`, each with .txt behind its name."""
        files = {}
        for path in sorted(folder.rglob("*.py.txt")):
            name = path.relative_to(folder).as_posix().removesuffix(".txt")
            files[name] = readable(path.read_text(encoding="utf-8"))
        return cls(files=files)

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return some 200 characters of one of the files, from the beginning of a line."""
        text = tuple(self.files.values())[rng.integers(len(self.files))]
        lines = [0, *(k + 1 for k, symbol in enumerate(text[:-STRETCH]) if symbol == "\n")]
        start = lines[rng.integers(len(lines))]
        return Sequence(places=places(text[start : start + STRETCH]), alphabet=ALPHABET)

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the character that did follow.

        Nobody knows what follows the last one, unless the sequence stands in the files once.
        """
        string = string_of(sequence)
        return (*map(frozenset, string[1:]), self._after(string))

    def cue(self, sequence: Sequence) -> None:
        """Return None: no symbol has to be remembered more than another."""

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return (): no timestep matters more than another."""
        return ()

    def _after(self, string: str) -> frozenset[str]:
        texts = [text for text in self.files.values() if string in text]
        if len(texts) != 1 or texts[0].find(string) != texts[0].rfind(string):
            return frozenset()
        after = texts[0].find(string) + len(string)
        return frozenset(texts[0][after : after + 1])
