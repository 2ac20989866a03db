"""A check that anybody can run: what another framework computed beside what we computed.

Pure: values in, values out. What cannot be read is told in one sentence by `ReferenceProblem`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from lstm_core.model import LayerRun
from lstm_core.record import Array, record

from .arrays import MAX_NUMBERS, ArrayError, read_npy

TOLERANCE = 2e-5
"""Largest difference of h between frameworks that rounding in float32 explains."""

MAX_MB = 10  # of a file
KINDS = ("csv", "tsv", "txt", "npy")
SEPARATORS = re.compile(r"[,;\s]+")


class ReferenceProblem(ValueError):  # noqa: N818
    """A reference that cannot be compared; its text is one clear sentence for the page."""


@record
class Comparison:
    """How far two outputs of the same layer are apart.

    `timestep` and `unit` say where the difference is largest, counted from 0; `ours` and
    `theirs` are the two numbers there. `final` says that only the final output was compared.
    """

    difference: float
    timestep: int
    unit: int
    ours: float
    theirs: float
    numbers: int  # how many were compared
    final: bool = False

    @property
    def agrees(self) -> bool:
        """Whether the largest difference is within TOLERANCE."""
        return self.difference <= TOLERANCE


def compare(run: LayerRun, merge: str, reference: Array) -> Comparison:
    """Compare a reference with what a layer handed on.

    The reference is (T, D_out), with or without axes of length 1 such as a batch of one; or
    the final output alone, (D_out,): what Keras gives without return_sequences. Raises
    ReferenceProblem for another shape, and for numbers that are not finite.
    """
    outputs = np.asarray(run.outputs, np.float64)
    theirs = np.asarray(reference, np.float64)
    ours, final = outputs, False
    if theirs.size == outputs.size and _without_ones(theirs) == _without_ones(outputs):
        theirs = theirs.reshape(outputs.shape)
    elif theirs.size == outputs.shape[1] == max(theirs.shape, default=0):
        ours, final = final_output(run, merge)[np.newaxis].astype(np.float64), True
        theirs = theirs.reshape(1, -1)
    else:
        raise ReferenceProblem(_misfit(theirs.shape, outputs.shape))
    strange = np.argwhere(~np.isfinite(theirs))
    if len(strange):
        t, unit = (int(n) for n in strange[0])
        raise ReferenceProblem(
            f"The reference is {theirs[t, unit]} at timestep {t}, unit {unit}: "
            "expected finite numbers."
        )
    return _largest(ours, theirs, final)


def final_output(run: LayerRun, merge: str) -> Array:
    """Return what a layer hands on when it has read everything, (D_out,)."""
    if run.backward is None:
        return run.final_hidden
    forward, backward = run.final_hidden
    merged: dict[str, Callable[[], Array]] = {
        "concat": lambda: np.concatenate([forward, backward]),
        "sum": lambda: forward + backward,
        "mul": lambda: forward * backward,
        "ave": lambda: (forward + backward) / 2,
    }
    values: Array = merged[merge]()
    return values


def _largest(ours: Array, theirs: Array, final: bool) -> Comparison:
    apart = np.abs(ours - theirs)
    t, unit = (int(n) for n in np.unravel_index(int(apart.argmax()), apart.shape))
    return Comparison(
        difference=float(apart[t, unit]),
        timestep=t,
        unit=unit,
        ours=float(ours[t, unit]),
        theirs=float(theirs[t, unit]),
        numbers=apart.size,
        final=final,
    )


def _without_ones(values: Array) -> tuple[int, ...]:
    return tuple(length for length in values.shape if length != 1)


def _misfit(theirs: tuple[int, ...], ours: tuple[int, ...]) -> str:
    return (
        f"The reference has the shape {theirs}: expected {ours}, a row per timestep and a column "
        f"per output, or ({ours[1]},), the final output alone."
    )


def reference_from_text(text: str) -> Array:
    """Return the numbers of a pasted or uploaded text, one timestep per line.

    Brackets are welcome, as NumPy and PyTorch print them. A first line of names is skipped.
    Raises ReferenceProblem that names the line.
    """
    rows: list[list[float]] = []
    for line, cells in _lines(text):
        try:
            row = [float(cell) for cell in cells]
        except ValueError:
            if not rows and not any(_is_number(cell) for cell in cells):
                continue
            strange = next(cell for cell in cells if not _is_number(cell))
            raise ReferenceProblem(
                f"Line {line} holds {strange[:40]!r}: expected numbers, a row per timestep."
            ) from None
        if rows and len(row) != len(rows[0]):
            raise ReferenceProblem(
                f"Line {line} has {len(row)} numbers: expected {len(rows[0])}, as in the first row."
            )
        rows.append(row)
    if not rows:
        raise ReferenceProblem("The reference is empty: give the numbers, a row per timestep.")
    return np.array(rows, np.float64)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The cells of each line that has some; a bracketed row may run over several lines."""
    if len(text) > 25 * MAX_NUMBERS:
        raise ReferenceProblem(f"The reference is too long: at most {MAX_NUMBERS:,} numbers.")
    bare = re.sub(r"\b(?:tensor|array)\b|[()]|,?\s*(?:dtype|grad_fn|device)=[^\n\])]*", "", text)
    if "[" in bare:
        flat = bare.replace("\n", " ")
        rows = re.findall(r"\[([^\[\]]*)\]", flat)
        numbered = enumerate(rows, start=1)
    else:
        numbered = enumerate(bare.splitlines(), start=1)
    split = [(line, [cell for cell in SEPARATORS.split(row) if cell]) for line, row in numbered]
    return [(line, cells) for line, cells in split if cells]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def reference_from_file(name: str, data: bytes) -> Array:
    """Return the numbers of an uploaded .npy, .csv, .tsv or .txt file.

    Raises ReferenceProblem in one sentence for everything that can be wrong.
    """
    if name.lower().endswith(".npy"):
        try:
            return read_npy(name, data)
        except ArrayError as error:
            raise ReferenceProblem(str(error)) from None
    try:
        return reference_from_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ReferenceProblem(f"{name[:60]} is not text: give .csv or .npy.") from None
