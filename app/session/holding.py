"""Which signals of a run can be held at a value, and the changes that are one press away."""

from __future__ import annotations

from lstm_core import Clamp, DropInput, PadInput, RepeatInput, ablation
from lstm_core.record import record
from lstm_core.run.trace import Trace
from lstm_core.vocabulary import CellVocabulary, signal

from .what_if import LARGEST_STATE, STATES, Changes


def holdable(cell: CellVocabulary) -> tuple[str, ...]:
    """Return the signals of a cell that can be held: gates and candidate, and last the states."""
    names = (signal.name for signal in cell.recorded)
    return tuple(sorted(names, key=STATES.__contains__))


def value_range(kind: str, name: str) -> tuple[float, float]:
    """Return between which values a signal can be held."""
    if name in STATES:
        return -LARGEST_STATE, LARGEST_STATE
    return (0.0 if signal(kind, name).role == "gate" else -1.0), 1.0


def width(trace: Trace, name: str) -> int:
    """Return how many units of a signal there are: a projected hidden state has its own."""
    return int(trace.series(name).shape[-1])


def fits(clamp: Clamp, trace: Trace, timesteps: int) -> bool:
    """Return whether a cell has a clamp's signal and units, and a run of it the timesteps."""
    if clamp.signal not in holdable(trace.vocabulary):
        return False
    low, high = value_range(trace.kind, clamp.signal)
    return bool(
        low <= clamp.value <= high
        and max(clamp.units or (0,)) < width(trace, clamp.signal)
        and (clamp.last or 0) < timesteps
    )


@record
class Preset:
    """Changes that are one press away, by their `name` in the page's sentences."""

    name: str
    changes: Changes


def presets(trace: Trace, t: int, unit: int) -> tuple[Preset, ...]:
    """Return the changes of the cell's own values that are worth a button where the reader is."""
    cell, end = trace.vocabulary, len(trace) - 1
    offered: dict[str, Changes] = {}
    if cell.keeping_gate is not None:
        keep = cell.keeping_gate
        offered["keep_all"] = (Clamp(signal=keep, value=1.0, first=0, last=end),)
        offered["forget_here"] = (Clamp(signal=keep, value=0.0, first=t, last=t),)
    if "input_gate" in holdable(cell):
        shut = Clamp(signal="input_gate", value=0.0, first=min(t + 1, end), last=end)
        offered["write_no_more"] = (shut,)
    if "output_gate" in holdable(cell):
        offered["show_all"] = (Clamp(signal="output_gate", value=1.0, first=0, last=end),)
    if unit >= 0:
        if cell.keeping_gate is not None:
            offered["without_write"] = (
                Clamp(signal="candidate", value=0.0, units=(unit,), first=t, last=t),
            )
        offered["without_unit"] = ablation(trace.kind, (unit,), first=0, last=end)
        offered["freeze"] = (_frozen(trace, t, unit),)
    return tuple(Preset(name=name, changes=changes) for name, changes in offered.items())


def _frozen(trace: Trace, t: int, unit: int) -> Clamp:
    """Hold a unit's memory from timestep `t` on at what it is there."""
    memory = trace.vocabulary.memory
    first, last = (0, t) if trace.reverse else (t, len(trace) - 1)
    value = float(f"{trace.series(memory)[t, unit]:.6g}")
    return Clamp(signal=memory, value=value, units=(unit,), first=first, last=last)


def input_presets(symbols: bool, timesteps: int, t: int) -> tuple[Preset, ...]:
    """Return the changes of what is read that are worth a button where the reader is."""
    offered: dict[str, Changes] = {
        "drop": (DropInput(first=t, last=t),),
        "repeat": (RepeatInput(timestep=t),),
    }
    if 0 < t < timesteps - 1:
        offered["drop_before"] = (DropInput(first=0, last=t - 1),)
    if timesteps == 1:
        del offered["drop"]
    if not symbols:
        offered["pad_before"] = (PadInput(value=0.0, before=10),)
    return tuple(Preset(name=name, changes=changes) for name, changes in offered.items())
