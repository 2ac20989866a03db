"""From what a person gives to what a network reads, and back.

An encoder turns a sequence of T items into inputs (T, D). Symbols go through a one-hot
alphabet or an embedding; numbers go through the scaling the network was trained with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

import numpy as np

from ..record import Array, record

EncoderKind = Literal["one_hot", "embedding", "numeric"]


class SequenceError(ValueError):
    """A sequence that this encoder cannot read, told in one sentence."""


@record
class OneHotEncoder:
    """Symbol k of the alphabet becomes a vector of zeros with a one at k; D = len(alphabet)."""

    kind: ClassVar[EncoderKind] = "one_hot"

    alphabet: tuple[str, ...]

    @property
    def input_size(self) -> int:
        """D: one input per symbol."""
        return len(self.alphabet)

    def indices(self, sequence: Sequence[str]) -> Array:
        """Return the places (T,) of the symbols in the alphabet; SequenceError for a stranger."""
        return symbol_indices(self.alphabet, sequence)

    def encode(self, sequence: Sequence[str], dtype: Any = np.float32) -> Array:
        """Return (T, D) of zeros and ones; SequenceError names a symbol that is not known."""
        indices = self.indices(sequence)
        inputs = np.zeros((len(indices), self.input_size), dtype)
        inputs[np.arange(len(indices)), indices] = 1
        return inputs


@record
class EmbeddingEncoder:
    """Symbol k of the alphabet becomes row k of a trained matrix."""

    kind: ClassVar[EncoderKind] = "embedding"

    alphabet: tuple[str, ...]
    embedding: Array  # (V, D)

    def check(self) -> None:
        """Raise ValueError where alphabet and matrix do not fit."""
        if self.embedding.ndim != 2 or len(self.embedding) != len(self.alphabet):
            raise ValueError(
                f"embedding is {self.embedding.shape}: expected ({len(self.alphabet)}, input_size)"
            )

    @property
    def input_size(self) -> int:
        """D: the width of the embedding."""
        return int(self.embedding.shape[1])

    def indices(self, sequence: Sequence[str]) -> Array:
        """Return the places (T,) of the symbols in the alphabet; SequenceError for a stranger."""
        return symbol_indices(self.alphabet, sequence)

    def encode(self, sequence: Sequence[str], dtype: Any = np.float32) -> Array:
        """Return (T, D), a row of the embedding each; SequenceError for an unknown symbol."""
        return self.embedding[self.indices(sequence)].astype(dtype, copy=False)


@record
class NumericEncoder:
    """Numbers, scaled as in training: x = (value - offset) / scale, column by column."""

    kind: ClassVar[EncoderKind] = "numeric"

    columns: tuple[str, ...]
    offset: Array  # (D,)
    scale: Array  # (D,), not zero

    def check(self) -> None:
        """Raise ValueError where columns, offset and scale do not fit."""
        for name in ("offset", "scale"):
            if getattr(self, name).shape != (len(self.columns),):
                raise ValueError(
                    f"{name} is {getattr(self, name).shape}: expected ({len(self.columns)},)"
                )
        if not np.all(self.scale):
            raise ValueError("scale has a zero: expected numbers to divide by")

    @property
    def input_size(self) -> int:
        """D: one input per column."""
        return len(self.columns)

    def encode(self, sequence: Any, dtype: Any = np.float32) -> Array:
        """Return (T, D) scaled; a plain list is one column.

        Raises SequenceError for a wrong number of columns, NaN or infinity.
        """
        values = np.asarray(sequence, np.float64)
        if values.ndim == 1 and self.input_size == 1:
            values = values[:, np.newaxis]
        if values.ndim != 2 or values.shape[1] != self.input_size:
            raise SequenceError(
                f"The sequence has shape {values.shape}: expected (timesteps, "
                f"{self.input_size}) with the columns {', '.join(self.columns)}."
            )
        strange = np.argwhere(~np.isfinite(values))
        if len(strange):
            row, column = (int(n) for n in strange[0])
            raise SequenceError(
                f"Row {row + 1} of {self.columns[column]} is {values[row, column]}: "
                "expected a finite number."
            )
        return ((values - self.offset) / self.scale).astype(dtype)


Encoder = OneHotEncoder | EmbeddingEncoder | NumericEncoder


def symbol_indices(alphabet: tuple[str, ...], sequence: Sequence[str]) -> Array:
    """Return the place (T,) of each symbol in the alphabet.

    Raises SequenceError that names the first symbol outside it, where it stands (counted from
    1) and what is allowed.
    """
    place = {symbol: k for k, symbol in enumerate(alphabet)}
    indices = np.fromiter((place.get(s, -1) for s in sequence), np.int64, count=len(sequence))
    strangers = np.flatnonzero(indices < 0)
    if len(strangers):
        at = int(strangers[0])
        shown = " ".join(repr(symbol)[1:-1] for symbol in alphabet[:40])
        if len(alphabet) > 40:
            shown += " …"
        raise SequenceError(
            f"Symbol {sequence[at]!r} at position {at + 1} is not in the alphabet: "
            f"allowed are {shown}"
        )
    return indices
