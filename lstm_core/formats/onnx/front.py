"""What stands before the first recurrent node of a graph and can be run, timestep by timestep.

On the way only what leaves numbers, time and batch apart may stand between: a Reshape may put
timesteps among the numbers.
"""

from __future__ import annotations

from typing import Any

from ...model import FrontStage
from ...record import record
from .axes import ONE, reduced_axes
from .constants import Scope
from .stages import HANDS_ON, attributes_of, in_dtype, step_of

Axes = tuple[str, ...]
NUMBERS_LAST, NUMBERS_FIRST = "numbers", ("batch", "numbers", "time")
FLAT: dict[Axes, int] = {
    ("batch", "numbers", "one", "time"): 1,
    ("batch", "numbers", "time", "one"): 0,
}
"""How the axes stand where operators take each timestep, and where convolutions do.

TensorFlow's convolutions over time are flat ones over two axes, of which one has one place; `FLAT`
says which of the two is the time.
"""


@record
class Front:
    """The stages before a recurrent node, in the order in which they run.

    `width` is how many numbers the first of them reads, under the name `reads`.
    """

    stages: tuple[FrontStage, ...]
    reads: str
    width: int


def front_of(name: str, scope: Scope, width: int, dtype: Any, batch_first: bool = False) -> Front:
    """Return what makes the numbers `name`, `width` of them, as far as it can be run here.

    `batch_first` says that the recurrent node reads (batch, time, numbers).
    """
    axes: Axes = ("batch", "time", "numbers") if batch_first else ("time", "batch", "numbers")
    taken: list[FrontStage] = []
    stages, reads, read_width = taken, name, width
    while True:
        name, axes = further_up(name, scope, axes)
        if axes[-1] == NUMBERS_LAST:  # what the model reads has its numbers last, too
            stages, reads, read_width = list(taken), name, width
        maker, k = scope.producer(name) or (None, 0)
        first = axes == NUMBERS_FIRST or axes in FLAT
        if maker is None or k or not (axes[-1] == NUMBERS_LAST or first):
            break
        step = step_of(maker, scope, width, numbers_first=first, flat=FLAT.get(axes))
        last = maker.op_type == "BatchNormalization" and not first
        if step is None or step.stage.output_size != width or last:
            break
        taken.insert(0, in_dtype(step.stage, dtype))
        name, width = step.reads, step.stage.input_size
    return Front(stages=tuple(stages), reads=reads, width=read_width)


def further_up(name: str, scope: Scope, axes: Axes) -> tuple[str, Axes]:
    """Return the name of the same numbers further up, and the order of its axes."""
    for _ in range(100):
        maker, _ = scope.producer(name) or (None, 0)
        if maker is None or not maker.input:
            return name, axes
        if maker.op_type == "Transpose":
            order = attributes_of(maker).get("perm") or []
            if sorted(order) != list(range(len(axes))):
                return name, axes
            axes = tuple(axes[order.index(k)] for k in range(len(order)))
        elif maker.op_type in ("Squeeze", "Unsqueeze"):
            before = _unmoved(maker, axes, scope)
            if before is None:
                return name, axes
            axes = before
        elif maker.op_type not in HANDS_ON:
            return name, axes
        name = maker.input[0]
    return name, axes


def _unmoved(maker: Any, axes: Axes, scope: Scope) -> Axes | None:
    """The axes before an operator that drops, or puts in, axes of one place; None for others."""
    opens = maker.op_type == "Squeeze"
    listed = reduced_axes(maker, scope, len(axes) + (1 if opens else 0))
    if listed is None or len(listed) != 1:
        return None
    (at,) = listed
    if opens:
        return (*axes[:at], ONE, *axes[at:])
    return axes[:at] + axes[at + 1 :] if axes[at] == ONE else None
