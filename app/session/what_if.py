"""What the reader changes in a run to see what would have happened, and how a link spells it.

A link carries all changes in one word, in the order in which they were made:

    whatif=drop:2-4;forget_gate:0:3:5-9;start:0.5:3

Clamps (signal, value, units with + between them or * for all, first and last timestep, both
included) are those of the layer and the direction on the stage. Gates are held at 0..1, the
candidate at -1..1, and a state at any value; what else that does is the cell's own doing. A memory
that is held begins anew there (`lstm_core.analysis.writes`). Edits change what is read
(`lstm_core.edited`), and all of them are made before a clamp counts its timesteps. `Start` and
`StartAfter` say what the run begins with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from lstm_core import Clamp, DropInput, Edit, PadInput, RepeatInput, ReplaceInput
from lstm_core.record import record

MOST = 8  # changes at once
ALL = "*"
STATES = ("cell_state", "hidden_state")
LARGEST_STATE = 1e6  # at which a state can be held
LONGEST = 600  # letters of all of them
MOST_ADDED = 10_000  # timesteps that one edit may add
MOST_GENERATED = 500  # timesteps that a network goes on for
HOTTEST = 5.0  # temperature
SYMBOL = "~"  # before a symbol, in place of a number


@record
class Start:
    """Begin with `value` in the memory of one unit of the layer on the stage, or of all (None)."""

    value: float
    unit: int | None = None


@record
class StartAfter:
    """Begin with the states that are left after another sequence of the network's examples.

    "" is the sequence itself: it is read twice, and seen the second time.
    """

    sequence: str = ""


@record
class GoOn:
    """Read the network's own predictions for some timesteps after the end.

    Symbols are drawn at a `temperature` by a `seed`; 0 takes the likeliest.
    """

    timesteps: int
    temperature: float = 1.0
    seed: int = 0


Change = Clamp | Edit | Start | StartAfter | GoOn
Changes = tuple[Change, ...]
T = TypeVar("T")


def of_kind(changes: Changes, kind: type[T]) -> tuple[T, ...]:
    """Return the changes of one kind, in their order."""
    return tuple(change for change in changes if isinstance(change, kind))


def edits_of(changes: Changes) -> tuple[Edit, ...]:
    """Return the changes of what is read, in their order."""
    kinds = (ReplaceInput, DropInput, RepeatInput, PadInput)
    return tuple(change for change in changes if isinstance(change, kinds))


def spell_changes(changes: Changes) -> str:
    """Return changes as an address spells them; "" for none."""
    return ";".join(_spelled(change) for change in changes)


def _spelled(change: Change) -> str:
    match change:
        case Clamp():
            units = ALL if change.units is None else "+".join(map(str, change.units))
            return f"{change.signal}:{_short(change.value)}:{units}:{change.first}-{change.last}"
        case Start():
            return f"start:{_short(change.value)}:{ALL if change.unit is None else change.unit}"
        case StartAfter():
            return f"after:{quote(change.sequence, safe='')}"
        case GoOn():
            return f"goon:{change.timesteps}:{change.temperature:g}:{change.seed}"
        case _:
            return _spelled_edit(change)


def _short(value: float) -> str:
    """A number as short as it can be read back."""
    short = f"{value:g}"
    return short if float(short) == value else repr(float(value))


def _spelled_edit(edit: Edit) -> str:
    match edit:
        case ReplaceInput():
            return f"replace:{edit.timestep}:{edit.column}:{_spelled_value(edit.value)}"
        case DropInput():
            return f"drop:{edit.first}-{edit.last}"
        case RepeatInput():
            return f"repeat:{edit.timestep}:{edit.times}"
        case PadInput():
            return f"pad:{edit.before}:{edit.after}:{_spelled_value(edit.value)}"


def _spelled_value(value: str | float) -> str:
    return f"{SYMBOL}{quote(value, safe='')}" if isinstance(value, str) else repr(float(value))


def read_changes(text: str) -> Changes:
    """Return the changes that are spelled so; what makes no sense is left out."""
    if len(text) > LONGEST:
        return ()
    read = (_read(part) for part in text.split(";")[:MOST])
    return tuple(change for change in read if change is not None)


def _read(text: str) -> Change | None:
    name, *rest = text.split(":")
    try:
        return READERS[name](*rest) if name in READERS else _read_clamp(name, *rest)
    except (ValueError, TypeError):
        return None


def _read_clamp(name: str, value: str, unit: str, span: str) -> Clamp:
    first, last = (_place(place) for place in span.split("-"))
    units = None if unit == ALL else tuple(_place(k) for k in unit.split("+"))
    largest = LARGEST_STATE if name in STATES else 1
    if not name.isidentifier() or abs(_number(value)) > largest:
        raise ValueError(name)
    return Clamp(signal=name, value=_number(value), units=units, first=first, last=last)


def _read_replace(timestep: str, column: str, value: str) -> ReplaceInput:
    return ReplaceInput(timestep=_place(timestep), column=_place(column), value=_value(value))


def _read_drop(span: str) -> DropInput:
    first, last = (_place(place) for place in span.split("-"))
    return DropInput(first=first, last=last)


def _read_repeat(timestep: str, times: str) -> RepeatInput:
    return RepeatInput(timestep=_place(timestep), times=_count(times))


def _read_pad(before: str, after: str, value: str) -> PadInput:
    return PadInput(before=_count(before), after=_count(after), value=_value(value))


def _read_start(value: str, unit: str) -> Start:
    return Start(value=_number(value), unit=None if unit == ALL else _place(unit))


def _read_after(sequence: str) -> StartAfter:
    return StartAfter(sequence=unquote(sequence))


def _read_go_on(timesteps: str, temperature: str, seed: str) -> GoOn:
    if not 0 <= _number(temperature) <= HOTTEST or not 0 < _place(timesteps) <= MOST_GENERATED:
        raise ValueError(timesteps)
    return GoOn(timesteps=int(timesteps), temperature=float(temperature), seed=_place(seed))


READERS: dict[str, Callable[..., Change]] = {
    "replace": _read_replace,
    "drop": _read_drop,
    "repeat": _read_repeat,
    "pad": _read_pad,
    "start": _read_start,
    "after": _read_after,
    "goon": _read_go_on,
}


def _value(text: str) -> str | float:
    return unquote(text[1:]) if text.startswith(SYMBOL) else _number(text)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    if _place(text) > MOST_ADDED:
        raise ValueError(text)
    return int(text)


def _place(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise ValueError(text)
    return int(text)


def pulled(changes: Changes, clamp: Clamp, t: int) -> Changes:
    """Return the changes after a gate was pulled at timestep `t`, or over a stretch.

    Where its units are held at `t` already, over whatever stretch, that stretch has the new
    value. Else the clamp is one more, and so is one over a stretch.
    """
    there = next((one for one in of_kind(changes, Clamp) if _holds(one, clamp, t)), None)
    if there is None or clamp.first != clamp.last:
        return (*changes, clamp)[:MOST]
    moved = replace(there, value=clamp.value)
    return tuple(moved if one is there else one for one in changes)


def let_go(changes: Changes, clamp: Clamp, t: int) -> Changes:
    """Return the changes without those that hold what `clamp` holds at timestep `t`."""
    return tuple(c for c in changes if not (isinstance(c, Clamp) and _holds(c, clamp, t)))


def _holds(there: Clamp, clamp: Clamp, t: int) -> bool:
    """Whether a clamp holds the same signal of the same units at `t`."""
    return there.holds(t) and (there.signal, there.units) == (clamp.signal, clamp.units)


def after_pull(report: Mapping[str, Any]) -> tuple[Changes, int] | None:
    """Return the changes after a pull that a browser reports, and the timestep it was made at.

    The report has the pull (see `read_pull`) and, as "whatif", the changes that were on before,
    spelled. None where it makes no sense.
    """
    pull = read_pull(report)
    if pull is None:
        return None
    clamp, t, is_let_go = pull
    changes = read_changes(str(report.get("whatif", "")))
    return (let_go(changes, clamp, t) if is_let_go else pulled(changes, clamp, t)), t


def read_pull(report: Mapping[str, Any]) -> tuple[Clamp, int, bool] | None:
    """Return what a browser says was pulled: the clamp, the timestep, and whether it was let go.

    None where the report makes no sense.
    """
    try:
        unit, first, last, t = (int(report[name]) for name in ("unit", "first", "last", "t"))
        value = 0.0 if report["value"] is None else float(report["value"])
        if unit < -1 or abs(value) > 1 or not 0 <= first <= last or t < 0:
            return None
        units = None if unit < 0 else (unit,)
        signal = str(report["signal"])
        clamp = Clamp(signal=signal, value=value, units=units, first=first, last=last)
    except (KeyError, TypeError, ValueError):
        return None
    return clamp, t, report["value"] is None
