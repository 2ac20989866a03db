"""What stands out in a run: the longest carry, the strongest write, resets, saturated units.

Each highlight is a fact about one timestep or one unit, by a stated criterion:

- **carry**: a unit's memory goes back to one write (`origins`) for the most timesteps;
- **write**: the write that, of all, makes up most of a unit's memory at the end of the run;
- **reset**: a memory of at least half the unit's largest, of which the gate keeps at most a tenth;
- **open** and **shut**: the keeping gate is saturated at 95 % of the timesteps or more;
- **dead** and **always on**: the hidden state shows nothing, or never changes (`time_scales`).

What chance would give is measured, not assumed: the same network reads the same sequence in
random orders, and the longest carry of each is kept beside the longest of the run.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from ..record import Array, record
from ..run.trace import Trace
from ..run.unroll import unroll
from .origins import INITIAL, Carry, Origins, longest_carries, origins
from .time_scales import TimeScales, time_scales

FULL, EMPTIED = 0.5, 0.1  # of a reset: of the unit's largest memory before; of it, what is kept
MOSTLY = 0.95  # of the timesteps
FEWEST = 20  # timesteps below which a gate's saturation is no habit
SHUFFLES = 5
MOST_TERMS = 50_000_000  # T²·H up to which origins are looked for

Kind = Literal["carry", "write", "reset", "open", "shut", "dead", "always_on"]


@record
class Highlight:
    """One thing that stands out: what it is, where to look, and its numbers.

    `timestep` is where to look and `since` where it began, `INITIAL` for neither. `value` is the
    number that the criterion looks at: timesteps carried, share of the memory, share kept, share
    of the timesteps. `share` is what a carried write makes up of the memory at the end of the
    carry. `units` are all units it is true of, the first the one to look at.
    """

    kind: Kind
    units: tuple[int, ...]
    timestep: int = INITIAL
    since: int = INITIAL
    value: float = 0.0
    share: float = 0.0


def highlights(trace: Trace) -> tuple[Highlight, ...]:
    """Return what stands out in the run of one sequence, the most telling first.

    A standard RNN has no writes and no gates; only its dead and unchanging units are named.
    Raises ValueError for a batch and for an empty run.
    """
    scales = time_scales(trace)
    candidates: list[Highlight] = []
    if trace.vocabulary.keeping_gate is not None:
        if origins_within_reach(trace):
            origin = origins(trace)
            candidates += _carries(trace, origin) + _strongest_write(trace, origin)
        candidates += _resets(trace) + _saturated(trace, scales)
    if trace.hidden_state.shape[-1] == trace.parameters.hidden_size:  # else P outputs, no units
        candidates += _silent("dead", scales.dead) + _silent("always_on", scales.always_on)
    return tuple(candidates)


def origins_within_reach(trace: Trace) -> bool:
    """Return whether a run is short enough to look for the origins of its memory, T²·H terms."""
    return len(trace) ** 2 * trace.parameters.hidden_size <= MOST_TERMS


def carry_by_chance(trace: Trace, rng: np.random.Generator) -> float | None:
    """Return the longest carry of the same inputs in random order, the median of five, in steps.

    None for a run without writes, or one too long to look for origins. Raises as `highlights`.
    """
    if trace.vocabulary.keeping_gate is None or not origins_within_reach(trace):
        return None
    start, lengths = trace[-1 if trace.reverse else 0].previous, []
    for _ in range(SHUFFLES):
        shuffled = _run(trace, rng.permutation(trace.input), start)
        carries = longest_carries(shuffled)
        lengths.append(carries[0].timesteps if carries else 0)
    return float(np.median(lengths))


def _run(like: Trace, inputs: Array, start: Any) -> Trace:
    """Run the cell of a trace over other inputs, with the same interventions."""
    parameters: Any = like.parameters  # `unroll` names the kinds one by one
    run: Trace = unroll(
        parameters, inputs, start, reverse=like.reverse, interventions=like.interventions
    )
    return run


def _carries(trace: Trace, origin: Origins) -> list[Highlight]:
    """The longest carry, with the other units that keep the same write as long."""
    carries = longest_carries(trace, origin)
    if not carries or carries[0].timesteps < 1:
        return []
    longest = carries[0]
    alike = [carry.unit for carry in carries if _same_stretch(carry, longest)]
    return [
        Highlight(
            kind="carry",
            units=tuple(alike),
            timestep=longest.until,
            since=longest.written,
            value=longest.timesteps,
            share=longest.share,
        )
    ]


def _same_stretch(carry: Carry, other: Carry) -> bool:
    return (carry.written, carry.until) == (other.written, other.until)


def _strongest_write(trace: Trace, origin: Origins) -> list[Highlight]:
    """The earlier write with the largest share of a memory at the end of the run."""
    end = 0 if trace.reverse else len(trace) - 1
    earlier = origin.known[end] & (origin.timestep[end] != end) & (origin.timestep[end] != INITIAL)
    if not earlier.any():
        return []
    unit = int(np.where(earlier, origin.share[end], -1).argmax())
    return [
        Highlight(
            kind="write",
            units=(unit,),
            timestep=end,
            since=int(origin.timestep[end, unit]),
            value=float(origin.share[end, unit]),
        )
    ]


def _resets(trace: Trace) -> list[Highlight]:
    """The reset that throws away the largest memory, and the units it happens to."""
    before = np.abs(trace.previous.memory)
    largest = np.maximum(
        before.max(axis=0), np.abs(trace.series(trace.vocabulary.memory)).max(axis=0)
    )
    kept = np.abs(trace.series(trace.vocabulary.keeping_gate or ""))
    reset = (before >= FULL * largest) & (before > 0) & (kept <= EMPTIED)
    held = trace.held(trace.vocabulary.memory)
    if held is not None:  # there the gate throws nothing away
        reset &= ~held
    if not reset.any():
        return []
    t, unit = np.unravel_index(np.where(reset, before, -1).argmax(), reset.shape)
    together = [int(k) for k in reset[t].nonzero()[0] if k != unit]
    return [
        Highlight(
            kind="reset",
            units=(int(unit), *together),
            timestep=int(t),
            value=float(kept[t, unit]),
        )
    ]


def _saturated(trace: Trace, scales: TimeScales) -> list[Highlight]:
    """Units whose keeping gate is nearly always open, or nearly always shut."""
    if len(trace) < FEWEST:
        return []
    (gate,) = [s for s in scales.saturation if s.signal == trace.vocabulary.keeping_gate]
    saturated = []
    shares: tuple[tuple[Kind, Array], ...] = (("open", gate.open), ("shut", gate.shut))
    for kind, share in shares:
        units = [int(k) for k in np.argsort(-share, kind="stable") if share[k] >= MOSTLY]
        if units:
            least = float(share[units[-1]])
            saturated.append(Highlight(kind=kind, units=tuple(units), value=least))
    return saturated


def _silent(kind: Kind, where: Array) -> list[Highlight]:
    units = tuple(int(k) for k in where.nonzero()[0])
    return [Highlight(kind=kind, units=units)] if units else []
