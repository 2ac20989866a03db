"""What the reader changes in a run to see what would have happened: clamps, and their spelling.

A link carries them in one word, `whatif=forget_gate:0:3:5-9;candidate:0:*:12-12`: signal, value,
unit (* for all), first and last timestep, both included. They are changes of the layer and the
direction on the stage. Only gates and the candidate can be held: what they do to the states is
then the cell's own doing.
"""

from __future__ import annotations

import math

from lstm_core import Clamp
from lstm_core.record import record
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import CellVocabulary, signal

MOST = 8  # changes at once
ALL = "*"
LONGEST = 400  # letters of all of them

Clamps = tuple[Clamp, ...]


def spell_clamps(clamps: Clamps) -> str:
    """Return changes as an address spells them; "" for none."""
    return ";".join(_spelled(clamp) for clamp in clamps)


def _spelled(clamp: Clamp) -> str:
    unit = ALL if clamp.units is None else "+".join(map(str, clamp.units))
    return f"{clamp.signal}:{clamp.value:g}:{unit}:{clamp.first}-{clamp.last}"


def read_clamps(text: str) -> Clamps:
    """Return the changes that are spelled so; what makes no sense is left out."""
    if len(text) > LONGEST:
        return ()
    read = (_read(part) for part in text.split(";")[:MOST])
    return tuple(clamp for clamp in read if clamp is not None)


def _read(text: str) -> Clamp | None:
    try:
        signal, value, unit, span = text.split(":")
        first, last = (_place(place) for place in span.split("-"))
        units = None if unit == ALL else tuple(_place(k) for k in unit.split("+"))
        held = float(value)
        if not math.isfinite(held) or abs(held) > 1 or not signal.isidentifier():
            return None
        return Clamp(signal=signal, value=held, units=units, first=first, last=last)
    except ValueError:
        return None


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(text)
    return int(text)


def holdable(cell: CellVocabulary) -> tuple[str, ...]:
    """Return the signals of a cell that can be held: its gates and its candidate."""
    return tuple(s.name for s in cell.recorded if s.role in {"gate", "candidate"})


def fitting(clamps: Clamps, trace: Trace) -> Clamps:
    """Return those changes whose signal, units and timesteps a run has."""
    known = {name: signal(trace.kind, name) for name in holdable(trace.vocabulary)}
    return tuple(
        clamp
        for clamp in clamps
        if clamp.signal in known
        and (known[clamp.signal].role == "candidate" or clamp.value >= 0)
        and max(clamp.units or (0,)) < trace.parameters.hidden_size
        and (clamp.last or 0) < len(trace)
    )


@record
class Preset:
    """A change that is one press away, by its `name` in the page's sentences."""

    name: str
    clamp: Clamp


def presets(trace: Trace, t: int, unit: int) -> tuple[Preset, ...]:
    """Return the changes that are worth a button where the reader is; none for a standard RNN."""
    cell, end = trace.vocabulary, len(trace) - 1
    if cell.keeping_gate is None:
        return ()
    keep = cell.keeping_gate
    found = {
        "keep_all": Clamp(signal=keep, value=1.0, first=0, last=end),
        "forget_here": Clamp(signal=keep, value=0.0, first=t, last=t),
    }
    if "input_gate" in holdable(cell):
        shut = Clamp(signal="input_gate", value=0.0, first=min(t + 1, end), last=end)
        found["write_no_more"] = shut
    if "output_gate" in holdable(cell):
        found["show_all"] = Clamp(signal="output_gate", value=1.0, first=0, last=end)
    if unit >= 0:
        found["without_write"] = Clamp(
            signal="candidate", value=0.0, units=(unit,), first=t, last=t
        )
    return tuple(Preset(name=name, clamp=clamp) for name, clamp in found.items())
