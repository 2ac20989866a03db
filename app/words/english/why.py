"""The sentences about a run as a whole: what stands out in it, and how long its units remember."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

NOTHING = (
    "Nothing stands out here: no memory goes back to one write, no large memory is thrown away, "
    "and no gate is nearly always open or shut."
)
WRITTEN_NOT_CAUSED = (
    "“Goes back to” means: of all that was ever written to this memory, and multiplied by every "
    "forget gate since, more than half is that one write. It says what was written and survived, "
    "not what caused it: the gates themselves depend on what was read before."
)
NO_WRITES = (
    "A standard RNN has no cell state: its whole state goes through an activation at every "
    "timestep, so that no write is kept as it was, and there is none to trace."
)
TOO_LONG = (
    "The run is too long to look for the one write that a memory goes back to: choose a shorter "
    "sequence to see that."
)
LISTED = 6  # units that a sentence names

UNIT_COLUMN = "unit"
UNITS_COLUMNS = {
    "half_life": "half-life",
    "shortest": "half-life, gate at its 10 % quantile",
    "usual": "half-life, gate at its median",
    "longest": "half-life, gate at its 90 % quantile",
    "writes": "writes at",
    "shows": "shows",
}
OPEN_SHARE, SHUT_SHARE = "{title} open", "{title} shut"
UNITS_HELP = (
    "Half-life: after how many timesteps half of a memory is left, by the product of the "
    "{gate} over this sequence (∞ if nothing is ever lost). Writes at: the share of timesteps "
    "with a write of at least a tenth of the unit's largest. Open and shut: the share of "
    "timesteps with the gate above 0.9 and below 0.1."
)
NO_UNITS_NUMBERS = (
    "A standard RNN has no gates: there is no half-life to compute, and nothing opens or shuts."
)
SHOWS = {"varies": "varies", "dead": "nothing (dead)", "always_on": "always the same"}
SATURATION_TITLE = "How often each unit's {gate} is open, and how often shut"
SATURATION_AXES = ("shut: below 0.1", "open: above 0.9")
SATURATION_NOTE = (
    "Each point is a unit. Bottom right forgets at once, top left keeps everything, and near the "
    "origin the gate is mostly half open. A click on a point selects the unit. "
    "After Karpathy, Johnson & Fei-Fei, 2015."
)


def go_to(timestep: int | None, unit: int | None) -> str:
    """Name the place that a button shows on the stage."""
    places = [
        "" if timestep is None else f"timestep {timestep}",
        "" if unit is None else f"unit {unit}",
    ]
    return f"Show {', '.join(place for place in places if place)}"


def reading(timestep: int, token: str) -> str:
    """Say which timestep it is, and what was read there."""
    return f"timestep {timestep}" + (f", when it read {quoted(token)}" if token else "")


def carry(unit: int, written: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which write a unit keeps for the longest time."""
    return (
        f"The longest memory is unit {unit}'s. At timestep {until}, {percent(share)} of its "
        f"{state} is still what it wrote {count(timesteps, 'timestep')} earlier, at {written}."
    )


def carry_held(unit: int, where: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which held value a unit keeps for the longest time after it was let go."""
    return (
        f"The longest memory is unit {unit}'s. At timestep {until}, {percent(share)} of its "
        f"{state} is still left of the value at which it was held {count(timesteps, 'timestep')} "
        f"earlier, at {where}."
    )


def strongest_held(unit: int, where: str, share: float, state: str) -> str:
    """Say that most of a memory at the end is left of a held value."""
    return (
        f"At the end, {percent(share)} of unit {unit}'s {state} is left of the value at which it "
        f"was held at {where}."
    )


def by_chance(timesteps: float) -> str:
    """Say how long the longest memory of shuffled sequences is."""
    return (
        "With the same inputs in random order the longest is "
        f"{timesteps:g} {'timestep' if timesteps == 1 else 'timesteps'} "
        "(the median of five orders)."
    )


def so_do(units: tuple[int, ...]) -> str:
    """Say which other units it is true of; "" for none."""
    if not units:
        return ""
    if len(units) == 1:
        return f"So does unit {units[0]}."
    listed = units_listed(units)
    return f"So do {listed[0].lower()}{listed[1:]}."


def units_listed(units: tuple[int, ...]) -> str:
    """Name some units, cut where there are many."""
    units = tuple(sorted(units))
    if len(units) == 1:
        return f"Unit {units[0]}"
    if len(units) > LISTED:
        named = ", ".join(map(str, units[:LISTED]))
        return f"Units {named} and {len(units) - LISTED} more"
    return f"Units {', '.join(map(str, units[:-1]))} and {units[-1]}"


def strongest_write(unit: int, written: str, share: float, state: str) -> str:
    """Say which write makes up most of a memory at the end."""
    return (
        f"At the end, {percent(share)} of unit {unit}'s {state} goes back to one write: "
        f"the one at {written}."
    )


def reset(unit: int, where: str, kept: float, before: str, gate: str, others: int) -> str:
    """Say where the largest memory is thrown away."""
    more = f", together with {count(others, 'other unit')}" if others else ""
    return (
        f"At {where}, unit {unit} throws its memory away{more}: its {gate} keeps "
        f"{percent(kept)} of {before}."
    )


def mostly(kind: str, units: tuple[int, ...], of: int, gate: str, share: float) -> str:
    """Say whose keeping gate is nearly always open, or nearly always shut."""
    one = len(units) == 1
    does, bound = {
        "open": ("keeps" if one else "keep", "above 0.9"),
        "shut": ("forgets" if one else "forget", "below 0.1"),
    }[kind]
    whose, what = "its" if one else "their", f"{does} nearly everything at every timestep"
    when = f"{percent(share)} of the timesteps{'' if one else ' or more'}"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {what}: {whose} {gate} is {bound} at "
        f"{'every timestep' if share >= 1 else when}."
    )


def _out_of(units: tuple[int, ...], of: int) -> str:
    """How many of how many units these are; "" where there is but one."""
    return f" ({len(units)} of {of})" if of > 1 else ""


def dead(units: tuple[int, ...], of: int) -> str:
    """Say which units show nothing."""
    show = "shows" if len(units) == 1 else "show"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {show} nothing: the hidden state stays "
        "within 0.01 of zero."
    )


def always_on(units: tuple[int, ...], of: int) -> str:
    """Say which units show something that never changes."""
    show = "shows" if len(units) == 1 else "show"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {show} the same at every timestep: the "
        "hidden state never moves by more than 0.01."
    )


def first_mistake(where: str, wrong: int, known: int) -> str:
    """Say where the network is wrong for the first time, and how often it is."""
    return f"The first mistake is at {where}; {wrong:,} of {count(known, 'prediction')} are wrong."


def surprise(timestep: int, came: str, probability: float) -> str:
    """Say which symbol the network least expected."""
    return (
        f"The largest surprise comes at timestep {timestep}: {quoted(came)}, to which the "
        f"network had given {percent(probability)}."
    )


CONSTANT = {
    "inputs": (
        "what is read hardly varies (standard deviation {measured} as the network reads it): check "
        "the scaling, and whether the columns are the right ones."
    ),
    "weights": (
        "what is read hardly moves the gates: it makes up {share} of what goes into them. It may "
        "have to be scaled as in training, or the network has not learned to look at it."
    ),
    "output_gate": "the output gates are shut, open by {share} on average, and show nothing.",
    "saturated": (
        "{share} of the memory is so far from zero that tanh can show no more of it: it has been "
        "added to and never forgotten."
    ),
    "kept": ("it keeps one answer. What the states add to it stays and is as large as {measured}."),
    "memory": (
        "what is read reaches the gates, but the states stand still (standard deviation "
        "{measured}): too little is written, or it is forgotten at once."
    ),
    "readout": (
        "the states do vary, but the readout hardly weighs them: the prediction is its bias alone."
    ),
}


def constant(cause: str, measured: float) -> str:
    """Say why the prediction is constant."""
    why = CONSTANT[cause].format(measured=number(measured), share=percent(measured))
    return f"The prediction is nearly constant: {why}"
