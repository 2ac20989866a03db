"""NumPy's .npy files: numbers that come in, and numbers that go out. Nothing is unpickled."""

from __future__ import annotations

import io

import numpy as np

from lstm_core.record import Array

MAX_NUMBERS = 8_000_000
KINDS = "biuf"  # truth values, whole numbers and decimal numbers
MAX_HEADER = 10_000  # bytes: NumPy's own bound


class ArrayError(ValueError):
    """A .npy file that cannot be read; its text is one clear sentence for the page."""


def read_npy(name: str, data: bytes) -> Array:
    """Return the array of numbers in a .npy file, read-only, in its own dtype, not copied.

    The header is checked against the size of the file before anything is made. Raises
    ArrayError for another kind of file, for objects and texts, and for what is too large.
    """
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        read = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }[version]
        shape, fortran, dtype = read(stream, max_header_size=MAX_HEADER)
    except Exception:
        raise ArrayError(f"{shown(name)} is not a .npy file: write it with numpy.save.") from None
    start, count = stream.tell(), int(np.prod(shape, dtype=object))
    _check(name, shape, dtype, len(data) - start)
    values = np.frombuffer(data, dtype, count, start)
    return values.reshape(shape, order="F" if fortran else "C")


def _check(name: str, shape: tuple[int, ...], dtype: np.dtype, size: int) -> None:
    """Raise ArrayError where the header promises what the file does not hold."""
    if dtype.kind not in KINDS or dtype.hasobject:
        raise ArrayError(f"{shown(name)} holds {dtype.name}: expected an array of numbers.")
    count = int(np.prod(shape, dtype=object))
    if count > MAX_NUMBERS:
        raise ArrayError(
            f"{shown(name)} holds {count:,} numbers: at most {MAX_NUMBERS:,} can be read."
        )
    if min(shape, default=0) < 0 or count * dtype.itemsize != size:
        raise ArrayError(
            f"{shown(name)} is damaged: its header promises {count * dtype.itemsize:,} bytes "
            f"of numbers and {size:,} are there."
        )


def npy_bytes(values: Array) -> bytes:
    """Return the .npy file of an array."""
    stream = io.BytesIO()
    np.save(stream, np.ascontiguousarray(values), allow_pickle=False)
    return stream.getvalue()


def csv_bytes(values: Array) -> bytes:
    """Return an array (T, K) as .csv, a row per timestep, each number to its last digit."""
    rows = (",".join(str(value) for value in row) for row in values)
    return ("\n".join(rows) + "\n").encode()


def shown(text: str) -> str:
    """Return a text of the reader's in one line, cut where it would fill the page."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    return line if len(line) <= 60 else line[:59] + "…"
