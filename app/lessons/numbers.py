"""The numbers in a lesson's text, and its claims: both taken from the run, never written down.

{forget_gate 12}           the signal of the step's unit at a timestep, three decimals
{forget_gate 12 %}         the same as a percentage
{previous_memory 12}       the memory before timestep 12: the cell state, or a GRU's or
standard RNN's hidden state
{probability A 23}         what the network gave the answer A after timestep 23
{token 12}                 the symbol that was read at timestep 12
{written_at_3 12}          what is in the memory at timestep 12 of what was written at timestep 3
{share_of_3 12 %}          the same as a share of all that is left there of any write, by size

forget_gate 1..22 >= 0.99          a claim: true at every timestep of the range
probability A 23 >= 0.9
|cell_state| 30..50 <= 0.1         of the size, without the sign
"""

from __future__ import annotations

import re

import numpy as np

from lstm_core.analysis import contribution_matrix
from lstm_core.record import Array, record
from lstm_core.run.trace import Trace

from ..words import common as words
from ..words.formatting import number, percent

SLOT = re.compile(r"\{([^{}]*)\}")
PLACE = re.compile(r"(\|?)(?:probability (\S+)|(\w+))(\|?) (\d+)(?:\.\.(\d+))?( %)?")
WRITE = re.compile(r"(written_at|share_of)_(\d+)")
CLAIM = re.compile(r"(.+) (>=|<=) (-?[0-9.]+)")


@record
class RunNumbers:
    """The run that a step is about: trace, predictions (T, K) with their labels, and the unit.

    `symbols` are what was read, () where it was numbers.
    """

    trace: Trace
    predictions: Array | None
    labels: tuple[str, ...]
    unit: int
    symbols: tuple[str, ...] = ()

    def token(self, timestep: int) -> str:
        """Return the symbol that was read at a timestep; ValueError where there is none."""
        if timestep >= len(self.symbols):
            raise ValueError(f"token {timestep}: expected one of {len(self.symbols)} symbols")
        return self.symbols[timestep]

    def values(self, spelled: str) -> Array:
        """Return the numbers that a place such as "forget_gate 1..22" means, (n,).

        Raises ValueError for a signal, a label or a timestep that the run does not have.
        """
        place = PLACE.fullmatch(spelled)
        if place is None or place[1] != place[4]:
            raise ValueError(f"{spelled!r}: expected a signal and a timestep, or first..last")
        first = int(place[5])
        last = int(place[6] or first)
        if not first <= last < len(self.trace):
            raise ValueError(f"{spelled!r}: expected timesteps of 0..{len(self.trace) - 1}")
        series = self._label(place[2]) if place[2] else self._signal(place[3])
        values = np.asarray(series[first : last + 1], np.float64)
        return np.abs(values) if place[1] else values

    def _signal(self, name: str) -> Array:
        if name == "previous_memory":
            return self.trace.previous.memory[:, self.unit]
        if by := WRITE.fullmatch(name):
            return self._write(int(by[2]), of_all=by[1] == "share_of")
        return self.trace.series(name)[:, self.unit]

    def _write(self, timestep: int, of_all: bool) -> Array:
        """What is left of the write at a timestep, at every timestep; or its share of all."""
        if timestep >= len(self.trace):
            raise ValueError(f"written at {timestep}: expected 0..{len(self.trace) - 1}")
        matrix = contribution_matrix(self.trace, self.unit)
        left: Array = matrix[:, timestep]
        if not of_all:
            return left
        total = np.abs(matrix).sum(axis=1)
        share: Array = np.divide(np.abs(left), total, out=np.zeros_like(left), where=total > 0)
        return share

    def _label(self, label: str) -> Array:
        if self.predictions is None or label not in self.labels:
            raise ValueError(f"probability {label}: expected one of {', '.join(self.labels)}")
        return self.predictions[:, self.labels.index(label)]


@record
class Claim:
    """A statement about a run: every number at `place` is at least, or at most, `bound`."""

    place: str
    at_least: bool
    bound: float

    def holds(self, run: RunNumbers) -> bool:
        """Return whether the run is so. Raises ValueError as `RunNumbers.values`."""
        values = run.values(self.place)
        return bool((values >= self.bound if self.at_least else values <= self.bound).all())


def claim(text: str) -> Claim:
    """Return the claim that a text spells; ValueError where it spells none."""
    match = CLAIM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r}: expected a place, >= or <=, and a number")
    return Claim(place=match[1], at_least=match[2] == ">=", bound=float(match[3]))


def filled(text: str, run: RunNumbers) -> str:
    """Return a text with the numbers and symbols of the run in its braces.

    Raises ValueError as `RunNumbers.values` does, and for a range of timesteps.
    """

    def written(slot: re.Match[str]) -> str:
        if slot[1].startswith("token "):
            return words.quoted(run.token(int(slot[1].removeprefix("token "))))
        values = run.values(slot[1])
        if len(values) > 1:
            raise ValueError(f"{slot[1]!r}: expected one timestep")
        value = float(values[0])
        share = slot[1].endswith("%") or slot[1].startswith("probability")
        return percent(value) if share else number(value)

    return SLOT.sub(written, text)
