"""Sequence: what a network reads, symbols or numbers, as one value from the file to the picture."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from .record import Array, record


@record
class Sequence:
    """T symbols or T rows of D numbers, with what is known about them.

    Exactly one of two things is there. Symbols: `places` (T,) are whole numbers, each the place
    of a symbol in `alphabet`. Numbers: `numbers` (T, D), in the units in which they were given.

    `name` says what the sequence is called, `columns` what its D numbers are called (() where
    nobody knows), `label` what the whole sequence is labelled, and `times` what stands beside
    each timestep, T texts such as dates.

    Raises ValueError where the parts do not fit together.

    >>> text, series = symbol_sequence("BTXSE"), number_sequence([[1.0, 2.0], [3.0, 4.0]])
    >>> text.symbols, len(text), text.numbers
    (('B', 'T', 'X', 'S', 'E'), 5, None)
    >>> series.numbers.shape, len(series), series.symbols
    ((2, 2), 2, None)
    """

    numbers: Array | None = None
    places: Array | None = None
    alphabet: tuple[str, ...] = ()
    name: str = ""
    columns: tuple[str, ...] = ()
    label: str | None = None
    times: tuple[str, ...] | None = None

    def check(self) -> None:
        """Raise ValueError where the parts do not fit together."""
        if (self.numbers is None) == (self.places is None):
            raise ValueError("a sequence has either numbers or places: expected one of them")
        if self.numbers is not None:
            _check_numbers(self.numbers, self.columns)
        if self.places is not None:
            _check_places(self.places, self.alphabet)
        if self.times is not None and len(self.times) != len(self):
            raise ValueError(f"times are {len(self.times)}: expected {len(self)}, one a timestep")

    def __len__(self) -> int:
        """T."""
        values = self.places if self.numbers is None else self.numbers
        return 0 if values is None else len(values)

    @cached_property
    def symbols(self) -> tuple[str, ...] | None:
        """The T symbols; None for numbers."""
        if self.places is None:
            return None
        return tuple(map(self.alphabet.__getitem__, self.places.tolist()))

    @cached_property
    def id(self) -> str:
        """A fingerprint of what is read: equal for equal symbols, or equal bytes of numbers.

        The name, label and time stamps do not count, nor does the order of the alphabet.
        """
        digest = blake2b(digest_size=12)
        if self.numbers is not None:
            digest.update(f"{self.numbers.dtype.str} {self.numbers.shape}".encode())
            digest.update(np.ascontiguousarray(self.numbers).data)
        elif self.places is not None:
            used, first, places = np.unique(self.places, return_index=True, return_inverse=True)
            by_appearance = np.argsort(first)
            rank = np.empty(len(used), np.int64)
            rank[by_appearance] = np.arange(len(used))
            symbols = [
                self.alphabet[used[k]].encode("utf-8", "surrogatepass") for k in by_appearance
            ]
            digest.update(b"".join(b"%d:%s" % (len(symbol), symbol) for symbol in symbols))
            digest.update(rank[places].data)
        return digest.hexdigest()


def symbol_sequence(
    symbols: Iterable[str],
    alphabet: tuple[str, ...] | None = None,
    *,
    name: str = "",
    label: str | None = None,
) -> Sequence:
    """Return a sequence of symbols; a text is the sequence of its characters.

    `alphabet` may name them all, in the order that a network knows; None takes the symbols
    themselves in order of appearance. A symbol outside the alphabet joins its end: an encoder
    says what it cannot read. A symbol that the alphabet has twice is the first of the two.
    """
    given, known = tuple(symbols), dict.fromkeys(alphabet or ())
    strangers = tuple(symbol for symbol in dict.fromkeys(given) if symbol not in known)
    names = (alphabet or ()) + strangers
    place = {symbol: k for k, symbol in reversed(tuple(enumerate(names)))}
    places = np.fromiter(map(place.__getitem__, given), np.int64, len(given))
    return Sequence(places=places, alphabet=names, name=name, label=label)


def number_sequence(
    numbers: npt.ArrayLike,
    columns: tuple[str, ...] = (),
    *,
    name: str = "",
    label: str | None = None,
) -> Sequence:
    """Return a sequence of numbers (T, D); (T,) is one column. An array is not copied.

    Truth values are read as 0 and 1.
    """
    values = np.asarray(numbers)
    if values.dtype == np.bool_:
        values = values.view(np.uint8)
    if values.ndim == 1:
        values = values[:, np.newaxis]
    return Sequence(numbers=values, columns=columns, name=name, label=label)


def _check_numbers(numbers: Array, columns: tuple[str, ...]) -> None:
    if numbers.ndim != 2 or numbers.dtype.kind not in "fiu":
        raise ValueError(
            f"numbers are {numbers.dtype} {numbers.shape}: expected numbers (timesteps, columns)"
        )
    if columns and len(columns) != numbers.shape[1]:
        raise ValueError(f"columns are {len(columns)}: expected {numbers.shape[1]}")


def _check_places(places: Array, alphabet: tuple[str, ...]) -> None:
    if places.ndim != 1 or places.dtype.kind not in "iu":
        raise ValueError(
            f"places are {places.dtype} {places.shape}: expected whole numbers (timesteps,)"
        )
    if places.size and (places.min() < 0 or places.max() >= len(alphabet)):
        raise ValueError(
            f"places reach from {places.min()} to {places.max()}: expected 0..{len(alphabet) - 1}"
        )
