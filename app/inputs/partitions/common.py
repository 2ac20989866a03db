"""What all partitions share: where their parts begin, and what they are read for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from lstm_core.model.encoders import Encoder
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence, number_sequence, symbol_sequence

from ..arrays import shown
from ..files import UploadError


@record
class Span:
    """A part of a partition: its rows, lines or sequences `first` to `last`, excluded.

    `start` and `stop` are bytes of the file, of texts alone.
    """

    first: int
    last: int
    start: int = 0
    stop: int = 0


class Partition(Protocol):
    """A file with sequences, of which a part can be read."""

    def spans(self, timesteps: int) -> Iterator[Span]:
        """Yield parts of at most so many timesteps, of one sequence at least.

        Raises UploadError, in one sentence, where the file cannot be read on.
        """

    def read(self, span: Span) -> tuple[Sequence | UploadError, ...]:
        """Return the sequences of a part, and in place of one that cannot be read why.

        Raises UploadError, in one sentence, where the part is damaged.
        """


T = TypeVar("T")


def each(read: Callable[[T], Sequence], places: Iterable[T]) -> tuple[Sequence | UploadError, ...]:
    """Return what is read at each place, and in place of what is refused the refusal."""

    def one(place: T) -> Sequence | UploadError:
        try:
            return read(place)
        except UploadError as problem:
            return problem

    return tuple(map(one, places))


@record
class Reader:
    """What a network reads: symbols of an alphabet, or `input_size` numbers called `columns`."""

    alphabet: tuple[str, ...]
    columns: tuple[str, ...]
    input_size: int

    @property
    def by_character(self) -> bool:
        """Whether a text is its characters, and not its words."""
        return all(len(symbol) == 1 for symbol in self.alphabet)

    def of_text(self, text: str, name: str, label: str | None = None) -> Sequence:
        """Return a text as symbols: its characters, or its words where symbols are words."""
        symbols = list(text) if self.by_character else text.split()
        return symbol_sequence(symbols, self.alphabet, name=name, label=label)

    def of_tokens(self, tokens: Iterable[object], name: str, label: str | None = None) -> Sequence:
        """Return tokens as symbols; whole numbers are places in the alphabet.

        Raises UploadError for a place that there is not, and for what is neither.
        """
        given = list(tokens)
        symbols = [token for token in given if isinstance(token, str)]
        if len(symbols) == len(given):
            return symbol_sequence(symbols, self.alphabet, name=name, label=label)
        strange = [token for token in given if type(token) not in (int, str)] or symbols
        if strange:
            raise UploadError(
                f"{name} has {shown(str(strange[0]))} among its tokens: expected symbols alone, "
                "or ids alone."
            )
        places = np.array(given)
        if places.min() < 0 or places.max() >= len(self.alphabet):
            worst = places.max() if places.max() >= len(self.alphabet) else places.min()
            raise UploadError(
                f"{name} has the id {worst}: expected 0 to {len(self.alphabet) - 1}, places in the "
                "network's alphabet."
            )
        places = places.astype(np.int64)
        return Sequence(places=places, alphabet=self.alphabet, name=name, label=label)

    def of_numbers(self, values: Array, name: str, label: str | None = None) -> Sequence:
        """Return numbers (T, D), or (T,) of one input.

        Raises UploadError where there are not as many columns as the network reads.
        """
        width = values.shape[1] if values.ndim > 1 else 1
        if values.ndim > 2 or width != self.input_size:
            raise UploadError(
                f"{name} has {width} columns: the network reads {self.input_size} "
                f"({', '.join(self.columns[:8])}{' …' * (len(self.columns) > 8)})."
            )
        return number_sequence(values, self.columns, name=name, label=label)


def reader_of(encoder: Encoder) -> Reader:
    """Return what a network with this encoder reads."""
    symbols = encoder.reads_symbols
    return Reader(
        alphabet=encoder.alphabet,
        columns=encoder.columns,
        input_size=1 if symbols else encoder.input_size,
    )


def empty(file: Path) -> UploadError:
    """Return the refusal of a file without a sequence."""
    return UploadError(f"{shown(file.name)} holds no sequence: leave it out.")


def damaged(file: Path, where: str, problem: Exception) -> UploadError:
    """Return the refusal of a file that cannot be read."""
    reason = str(problem).split("\n")[0].rstrip(".") or type(problem).__name__
    return UploadError(f"{shown(file.name)} cannot be read{where}: {reason}.")
