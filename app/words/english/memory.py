"""Every sentence of the page Memory; what all pages say stands in `words`.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..formatting import short
from .common import count, quoted

TITLE = "Memory"
NONE = "No network here has a standard RNN beside it yet: there is nothing to compare."

# The row above the stages
TASK = "Task"
ALIKE = "Networks with the same"
ALIKES = {"size": "hidden size", "count": "trained numbers"}
ALIKE_HELP = (
    "As many units each, or as many trained numbers each (to the nearest whole unit): an LSTM unit "
    "has about four times the numbers of a standard RNN's. Both are trained with equal care."
)
THIRD = "GRU too"
THIRD_HELP = "A gated recurrent unit as a third network, as large as the others"
NO_THIRD = "No GRU was trained for this task"

# 1. Forgetting
FORGETS = "Does a standard RNN really forget?"
FORGETS_LEAD = (
    "Networks trained on one task, with the same data and equal care, read one sequence in step."
)
PROBE_LEAD = "Below each, a linear probe says what its memory still tells of what has to be kept."
FOR_ALL = "For all of them: {facts}."
KNOWS = "knows {cue}"
KNOWS_SUM = "knows the sum so far"
KNOWS_NOTE = "probe; dashed: guess"
ESTIMATE_NOTE = "probe; 1 exact, 0 guess"
RECALL_TITLE = "What the memory still tells, by time since it was read"
RECALL_HOVER = "%{y:.3f} (%{customdata} sequences)"
MEASURES = {"accuracy": "told right", "r2": "R² of what is told"}
FIRST_NUMBER_TITLE = "The first number alone"
FIRST_NUMBER_NOTE = (
    "A network that keeps the sum need not keep any single number of it: of one of two numbers "
    "their sum tells half (R² = 0.5). So this curve falls where nothing is forgotten."
)
LAG = "timesteps since it was read"
CHANCE = "a guess"
CERTIFIED = "Their own answers on fresh sequences"
TRAINED = "How they were trained"

# 2. Why
WHY = "Why? Influence through time"
MEMORY_PANEL = "the memory: ‖∂c<sub>t</sub>/∂c<sub>s</sub>‖ or ‖∂h<sub>t</sub>/∂h<sub>s</sub>‖"
INPUT_PANEL = "the input: ‖∂h<sub>t</sub>/∂x<sub>s</sub>‖"
MEMORY_HOVER = "%{y:.2e} (norm %{customdata:.2e})"
READ_AT = "timestep s"
AT_T = "t"
AT_CUE = "read here"
INFLUENCE_NOTE = (
    "Above, of a change of the memory at timestep s, how much is left of it at t, as a share of "
    "what a change at t itself makes: of the cell state c in an LSTM, of h in the others. Dashed, "
    "what the gates alone keep (the product of the forget gates, of a GRU's update gates): the "
    "rest goes through h. Below, how much the input at s still moves h at t. These are exact "
    "derivatives at this run: what a very small change would do, not what caused the state, and "
    "not whether the network makes use of it."
)
INPUTS_TITLE = "by what was read at s"
STATES_TITLE = "by the memory at s"
DERIVATIVE_NOTE = (
    "Each cell is the derivative of one number y at t by one number at s, with its sign: violet, "
    "teal or grey pushes y up, ochre pushes it down. {output} The colours grow with the order of "
    "magnitude, the same in all pictures of a column; the number itself stands under the pointer."
)
DERIVATIVE_HOVER = "%{customdata:.3e}<br>row %{y}, timestep %{x}<extra>%{fullData.name}</extra>"
OF_LOGIT = "y is the network's number for {label}, before it becomes a probability."
OF_NUMBER = "y is the predicted {label}, as the network scales it."
OF_UNITS = "y is the memory (c, or h where there is no c) of the unit that each stage has chosen."
OUTPUT = "Output y"
LIKELIEST = "What the first network expects most"
OWN_UNITS = "The unit chosen on each stage"
UNIT, INPUT = "unit", "input"  # what the rows of a heatmap are
GAIN = "σ<sub>max</sub>"
GAIN_TITLE = "One step: by how much the memory can grow"
GAIN_NOTE = (
    "The largest singular value of one step's Jacobian, of h, or of h and c together. Where it "
    "stays below 1 every change dies out, and gradients vanish; above 1 some change grows in this "
    "step, and where steps agree on which, gradients explode. It bounds one step; what is left "
    "after many stands in the curves above."
)

# 3. Variants
VARIANTS = "What makes an LSTM remember?"
LEARNING_TITLE = "Success on fresh sequences while learning"
SEEDS_TITLE = "Training sequences until success, every seed"
UPDATES = "updates"
SEQUENCES_TO_SUCCESS = "training sequences until success"
NEVER = "never"
LEARNING_HOVER = (
    "%{fullData.name}<br>%{x:,} updates: median %{customdata[0]:.1%}, "
    "%{customdata[1]:.1%} to %{customdata[2]:.1%}<extra></extra>"
)
VARIANTS_NOTE = (
    "Lines: median over the seeds; bands: from the worst seed to the best. A dot is one seed; a "
    "cross never got there; the stroke is the median seed."
)
TASKS = "And on other tasks?"
TASK_COLUMNS = ("Task", "LSTM", "Standard RNN", "Published")


def only_alike(alike: str) -> str:
    """Say that networks can be compared in one way alone: "size" or "count"."""
    return f"For this task they can only be compared with the same {ALIKES[alike]}."


def network(kind: str, units: int, numbers: int) -> str:
    """Say which network this is: "LSTM, 12 units, 991 trained numbers"."""
    return f"{kind}, {network_size(units, numbers)}"


def network_size(units: int, numbers: int) -> str:
    """Say how large a network is."""
    return f"{count(units, 'unit')}, {count(numbers, 'trained number')}"


def knows(number: float) -> str:
    """Head the row of what a probe reads of a number."""
    return KNOWS.format(cue=short(number))


def gates_alone(title: str, symbol: str) -> str:
    """Name the line of what the gates alone keep; `symbol` is the keeping gate's."""
    return f"{title}, gates alone: Π {symbol}"


def verdict(title: str, forgotten: int | None, last: int, score: float, measure: str) -> str:
    """Say in a sentence what a curve of recall shows."""
    if forgotten is not None:
        return f"{title}: no better than a guess {count(forgotten, 'timestep')} after it was read."
    measured = f"{100 * score:.0f} % told right" if measure == "accuracy" else f"R² {score:.2f}"
    return f"{title}: still better than a guess after {count(last, 'timestep')} ({measured})."


def recall_note(sequences: int, value: str) -> str:
    """Say what the curves of recall are, and what they are not."""
    return (
        f"A linear probe is fitted on the states of half of {sequences:,} fresh sequences and "
        f"asked on the other half: what is {value}? Bands: ± 1.96 standard errors. It finds what "
        "stands in the state in linear form; a network may know more, and need not use what it "
        "knows."
    )


def here(t: int, timesteps: int, token: str, last: int) -> str:
    """Say where the stages rest, and how far back the pictures look."""
    shown = f", which reads {quoted(token)}" if token else ""
    back = "" if last > t else f" The pictures look {last} timesteps back, no further."
    return f"Seen from timestep t = {t} of {timesteps - 1}{shown}: where the stages rest.{back}"


def sources(variants: tuple[tuple[str, str], ...]) -> str:
    """Say where each variant was proposed, where a source is named."""
    named = "; ".join(f"{name}: {source}" for name, source in variants if source)
    return f"Sources: {named}." if named else ""


def gains_cut(last: int) -> str:
    """Say that only the end of a long run is drawn."""
    return f"Drawn for the last {last:,} timesteps of the run."


def derivative(network: str, by: str) -> str:
    """Head a heatmap: "LSTM: ∂y/∂x"."""
    return f"{network}: ∂y/∂{by}"


def fact(name: str, value: float) -> str:
    """Say one number of a certificate: a count in full, a measure in four digits."""
    return f"{name.replace('_', ' ')} {value:{',.0f' if value == int(value) else '.4g'}}"


def right_of(right: int, total: int, noun: str) -> str:
    """Say how many of fresh sequences were right."""
    return f"{right:,} of {total:,} {noun} right ({100 * right / total:.1f} %)"


def seed_outcome(seed: int, sequences: int | None, wrong: int, of: int) -> str:
    """Say what became of one seed."""
    when = f"after {sequences:,} sequences" if sequences is not None else "never"
    return f"seed {seed}: success {when}; at the end {wrong:,} of {of:,} wrong"


def study(task: str, criterion: str, seeds: int) -> str:
    """Say on what the variants were trained."""
    return f"Variants of the cell, each trained from {count(seeds, 'seed')} on: {task}. {criterion}"


def made(date: str, machine: str) -> str:
    """Say when and where results were made."""
    return f"Measured {machine if date in machine else f'{date}, {machine}'}."


def seeds_succeeded(right: int, seeds: int) -> str:
    """Say how many seeds reached success."""
    return f"{right} of {count(seeds, 'seed')} succeed"


def sequences_range(known: Sequence[int]) -> str:
    """Say after how many sequences success came: the median, and from which to which."""
    middle = f"{median(known):,.0f}"
    if len(known) == 1:
        return f"after {middle} sequences"
    return f"after {middle} sequences ({min(known):,} to {max(known):,})"


def wrong_range(wrong: Sequence[int], of: int) -> str:
    """Say how many of the fresh sequences were wrong at the end: the median, and the range."""
    middle = f"{median(wrong):,.0f}"
    spread = f" ({min(wrong):,} to {max(wrong):,})" if min(wrong) < max(wrong) else ""
    return f"{middle}{spread} of {of:,} wrong"
