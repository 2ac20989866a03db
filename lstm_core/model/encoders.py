"""From what a person gives to what a network reads.

An encoder turns a sequence of T timesteps into inputs (T, D). Symbols go through a one-hot
alphabet or an embedding; numbers go through the scaling that the network was trained with.

Wherever an encoder reads a sequence it takes a `Sequence`, and from callers in Python also a
string or a list of symbols, or an array or a list of numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from ..record import Array, record
from ..sequence import Sequence, number_sequence, symbol_sequence

EncoderKind = Literal["one_hot", "embedding", "numeric"]
SequenceLike: TypeAlias = Sequence | npt.ArrayLike
"""What an encoder reads: a sequence, a string or a list of symbols, or numbers (T, D)."""

BLOCK = 2**18  # numbers that are scaled at once: they stay in the processor's cache
SHOWN_SYMBOLS = 40  # of an alphabet, in an error


class SequenceError(ValueError):
    """A sequence that this encoder cannot read, described in one sentence."""


@record
class SymbolEncoder:
    """What the encoders of symbols share: an alphabet, and the place of each symbol in it."""

    reads_symbols: ClassVar[Literal[True]] = True
    columns: ClassVar[tuple[str, ...]] = ()
    scaling: ClassVar[tuple[tuple[str, float, float], ...]] = ()

    alphabet: tuple[str, ...]

    def sequence(self, symbols: Iterable[str], name: str = "") -> Sequence:
        """Return a sequence of symbols as places in this alphabet; strangers join its end."""
        return symbol_sequence(symbols, self.alphabet, name=name)

    def random_sequence(self, rng: np.random.Generator, timesteps: int) -> Sequence:
        """Return `timesteps` symbols of the alphabet, each as likely as any other."""
        places = rng.integers(len(self.alphabet), size=timesteps)
        return Sequence(places=places, alphabet=self.alphabet)

    def simplest_sequence(self, timesteps: int) -> Sequence:
        """Return the alphabet in order, at most its first `timesteps` symbols."""
        places = np.arange(min(timesteps, len(self.alphabet)))
        return Sequence(places=places, alphabet=self.alphabet)

    def places(self, sequence: SequenceLike) -> Array:
        """Return the place of each symbol in the alphabet, (T,) whole numbers.

        Raises SequenceError for numbers, and for a symbol outside the alphabet: which one, where
        it stands (counted from 1) and what is allowed.
        """
        given = sequence if isinstance(sequence, Sequence) else symbol_sequence(_symbols(sequence))
        if given.places is None:
            raise SequenceError(
                f"The sequence holds numbers: expected symbols, allowed are {self._shown()}"
            )
        if given.alphabet == self.alphabet:
            return given.places
        place = {symbol: k for k, symbol in reversed(tuple(enumerate(self.alphabet)))}
        ours = np.array([place.get(symbol, -1) for symbol in given.alphabet], np.int64)
        places: Array = ours[given.places]
        strangers = np.flatnonzero(places < 0)
        if len(strangers):
            at = int(strangers[0])
            raise SequenceError(
                f"Symbol {given.alphabet[given.places[at]]!r} at position {at + 1} is not in the "
                f"alphabet: allowed are {self._shown()}"
            )
        return places

    def check_readable(self, sequence: SequenceLike) -> None:
        """Raise SequenceError as `places` does."""
        self.places(sequence)

    def _shown(self) -> str:
        shown = " ".join(repr(symbol)[1:-1] for symbol in self.alphabet[:SHOWN_SYMBOLS])
        return shown + " …" * (len(self.alphabet) > SHOWN_SYMBOLS)


@record
class OneHotEncoder(SymbolEncoder):
    """Symbol k of the alphabet becomes a vector of zeros with a one at k; D = len(alphabet)."""

    kind: ClassVar[Literal["one_hot"]] = "one_hot"

    @property
    def input_size(self) -> int:
        """D: one input per symbol."""
        return len(self.alphabet)

    @property
    def input_names(self) -> tuple[str, ...]:
        """What each of the D inputs stands for: a symbol."""
        return self.alphabet

    @property
    def weights(self) -> Mapping[str, Array]:
        """The trained arrays by name: none."""
        return {}

    def vectors(self, places: Array, dtype: npt.DTypeLike = np.float32) -> Array:
        """Return the inputs (..., D) of symbols at these places (...) of the alphabet."""
        inputs = np.zeros((places.size, self.input_size), dtype)
        inputs[np.arange(places.size), places.reshape(-1)] = 1
        return inputs.reshape(*places.shape, self.input_size)

    def gradients(self, places: Array, d_inputs: Array) -> dict[str, Array]:
        """Return ∂L/∂ each trained array: there is none."""
        return {}

    def joined(self, kernel: Array) -> Array:
        """Return what the kernel (D, ·) makes of each symbol, (V, ·): row k of the kernel."""
        return kernel

    def joined_gradients(self, d_joined: Array, kernel: Array) -> tuple[Array, dict[str, Array]]:
        """Return ∂L/∂kernel (D, ·) and ∂L/∂ each trained array from ∂L/∂joined (V, ·)."""
        return d_joined, {}

    def encode(self, sequence: SequenceLike, dtype: npt.DTypeLike = np.float32) -> Array:
        """Return (T, D) of zeros and ones; SequenceError names a symbol that is not known."""
        return self.vectors(self.places(sequence), dtype)


@record
class EmbeddingEncoder(SymbolEncoder):
    """Symbol k of the alphabet becomes row k of a trained matrix."""

    kind: ClassVar[Literal["embedding"]] = "embedding"
    input_names: ClassVar[tuple[str, ...]] = ()  # a dimension of an embedding has no name

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

    @property
    def weights(self) -> Mapping[str, Array]:
        """The trained arrays by name: the embedding."""
        return {"embedding": self.embedding}

    def vectors(self, places: Array, dtype: npt.DTypeLike = np.float32) -> Array:
        """Return the inputs (..., D) of symbols at these places (...) of the alphabet."""
        inputs: Array = self.embedding[places].astype(dtype, copy=False)
        return inputs

    def gradients(self, places: Array, d_inputs: Array) -> dict[str, Array]:
        """Return ∂L/∂embedding (V, D) from ∂L/∂inputs (..., D) of symbols at places (...)."""
        d_embedding = np.zeros_like(self.embedding)
        np.add.at(d_embedding, places.reshape(-1), d_inputs.reshape(-1, self.input_size))
        return {"embedding": d_embedding}

    def joined(self, kernel: Array) -> Array:
        """Return what the kernel (D, ·) makes of each symbol, (V, ·): embedding·kernel."""
        joined: Array = self.embedding @ kernel
        return joined

    def joined_gradients(self, d_joined: Array, kernel: Array) -> tuple[Array, dict[str, Array]]:
        """Return ∂L/∂kernel (D, ·) and ∂L/∂ each trained array from ∂L/∂joined (V, ·)."""
        return self.embedding.T @ d_joined, {"embedding": d_joined @ kernel.T}

    def encode(self, sequence: SequenceLike, dtype: npt.DTypeLike = np.float32) -> Array:
        """Return (T, D), a row of the embedding each; SequenceError for an unknown symbol."""
        return self.vectors(self.places(sequence), dtype)


@record
class NumericEncoder:
    """Numbers, scaled as in training: x = (value - offset) / scale, column by column."""

    kind: ClassVar[Literal["numeric"]] = "numeric"
    reads_symbols: ClassVar[Literal[False]] = False
    alphabet: ClassVar[tuple[str, ...]] = ()
    weights: ClassVar[Mapping[str, Array]] = {}  # the scaling is not trained

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

    @property
    def input_names(self) -> tuple[str, ...]:
        """What each of the D inputs stands for: a column."""
        return self.columns

    @property
    def scaling(self) -> tuple[tuple[str, float, float], ...]:
        """Name, offset and scale of each column."""
        return tuple(zip(self.columns, self.offset.tolist(), self.scale.tolist(), strict=True))

    def sequence(self, numbers: npt.ArrayLike, name: str = "") -> Sequence:
        """Return numbers (T, D), or (T,) of one column, as a sequence with these columns."""
        return number_sequence(numbers, self.columns, name=name)

    def random_sequence(self, rng: np.random.Generator, timesteps: int) -> Sequence:
        """Return numbers (T, D) that the network reads as standard normal ones.

        They are drawn with the digits of a float32, so that such a network reads them exactly.
        """
        drawn = rng.standard_normal((timesteps, self.input_size)).astype(np.float32)
        return self.sequence(drawn.astype(np.float64) * self.scale + self.offset)

    def simplest_sequence(self, timesteps: int) -> Sequence:
        """Return `timesteps` rows of zeros, in the units of the data."""
        return self.sequence(np.zeros((timesteps, self.input_size)))

    def check_readable(self, sequence: SequenceLike, dtype: npt.DTypeLike = np.float32) -> None:
        """Raise SequenceError as `encode` does, without keeping the inputs."""
        for _ in self._scaled(self._values(sequence), np.dtype(dtype)):
            pass

    def encode(self, sequence: SequenceLike, dtype: npt.DTypeLike = np.float32) -> Array:
        """Return (T, D) scaled; a plain list is one column.

        Numbers that need no scaling and have this dtype already are not copied. Raises
        SequenceError for symbols, a wrong number of columns, NaN or infinity, and for a number
        that the dtype cannot hold.
        """
        values = self._values(sequence)
        if self._changes_nothing(values, np.dtype(dtype)):
            self.check_readable(values, dtype)
            return np.ascontiguousarray(values)
        inputs = np.empty(values.shape, dtype)
        for first, rows in self._scaled(values, inputs.dtype):
            inputs[first : first + len(rows)] = rows
        return inputs

    def _changes_nothing(self, values: Array, dtype: np.dtype[Any]) -> bool:
        as_it_is = np.all(self.offset == 0) and np.all(self.scale == 1)
        return bool(as_it_is) and values.dtype == dtype

    def _scaled(self, values: Array, dtype: np.dtype[Any]) -> Iterator[tuple[int, Array]]:
        """Yield scaled rows of (T, D), some `BLOCK` numbers at once, and the first one's place.

        Raises SequenceError for what is not finite, before or after.
        """
        unchanged = self._changes_nothing(values, dtype)
        count = max(1, BLOCK // max(1, self.input_size))
        for first in range(0, len(values), count):
            rows = values[first : first + count]
            if unchanged:
                scaled = rows
            else:
                with np.errstate(over="ignore"):
                    scaled = ((rows.astype(np.float64) - self.offset) / self.scale).astype(dtype)
            if not np.isfinite(scaled).all():
                self._refuse(rows, scaled, first)
            yield first, scaled

    def _values(self, sequence: SequenceLike) -> Array:
        """The numbers of a sequence, (T, D), in the dtype in which they were given."""
        values = sequence.numbers if isinstance(sequence, Sequence) else _numbers(sequence)
        if values is None:
            raise SequenceError(
                f"The sequence holds symbols: expected numbers (timesteps, {self.input_size}) "
                f"with the columns {', '.join(self.columns)}."
            )
        if values.ndim == 1 and self.input_size == 1:
            values = values[:, np.newaxis]
        if values.ndim != 2 or values.shape[1] != self.input_size:
            raise SequenceError(
                f"The sequence has shape {values.shape}: expected (timesteps, "
                f"{self.input_size}) with the columns {', '.join(self.columns)}."
            )
        return values

    def _refuse(self, rows: Array, scaled: Array, first: int) -> None:
        """Raise SequenceError for the first number that is not finite; rows count from `first`."""
        row, column = (int(n) for n in np.argwhere(~np.isfinite(scaled))[0])
        value, name, at = rows[row, column], self.columns[column], first + row + 1
        if np.isfinite(value):
            raise SequenceError(f"Number {at} of {name} is {value:g}: too large for this network.")
        raise SequenceError(f"Row {at} of {name} is {value}: expected a finite number.")


Encoder = OneHotEncoder | EmbeddingEncoder | NumericEncoder


def unencoded(sequence: SequenceLike, dtype: npt.DTypeLike) -> Array:
    """Return numbers as the inputs that they are where a model has no encoder, (..., T, D).

    Raises SequenceError for symbols.
    """
    given = sequence.numbers if isinstance(sequence, Sequence) else sequence
    if given is None:
        raise SequenceError("The sequence holds symbols: a model without an encoder reads numbers.")
    return np.asarray(given, dtype)


def _symbols(given: Any) -> Any:
    return given.tolist() if isinstance(given, np.ndarray) else given


def _numbers(given: Any) -> Array:
    numbers = isinstance(given, np.ndarray) and given.dtype.kind in "biuf"
    return given if numbers else np.asarray(given, np.float64)
