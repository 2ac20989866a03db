"""What stands behind the last recurrent node of a graph and can be run, up to its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import Convolved, Dense, Pooled, Readout, Stage, pools_over_time
from ...record import record
from ..answers import CAPTURE, answer_of
from ..errors import shown
from .constants import key_of
from .fused import fused_readers
from .over_time import OverTime, attended, pooled
from .stages import attributes_of, in_dtype, step_of
from .wires import Place, Reader, plain_readers, readers_of


@record
class Back:
    """The stages behind the last recurrent node, the readout behind them, and what to say.

    `reads_ends` is that of `Model`.
    """

    stages: tuple[Stage, ...] = ()
    readout: Readout | None = None
    reads_ends: bool = False
    notes: tuple[str, ...] = ()


def back_of(last: Place, added: str = "") -> Back:
    """Return what alone reads the last node, one operator after the other, as far as it is run.

    `added` names the sum of what the node gives and something else, where that is run.

    It ends where several operators read one, and where an operator is met that cannot be run here.
    There is no readout unless a matrix product is among what is run.
    """
    readers = readers_of(last, added)
    attention = attended(readers, last)
    if not readers:
        return Back(notes=_unread(last, _of_the_cell_state(last)))
    if attention is None and (len(readers) != 1 or not _reads_states(last, readers[0])):
        return Back(notes=_unread(last, [reader.node for reader in readers]))
    walk = _Walk(last, readers[0].once)
    if attention is None:
        walk.go_on(readers[0].node, readers[0].reads)
    else:
        walk.take(attention)
    if not any(isinstance(stage, Dense) for stage in walk.stages):
        return Back(notes=_unread(last, walk.further))
    read, made = answer_of(walk.stages, walk.softmax)
    both_ends = last.layer.bidirectional and readers[0].final
    return Back(
        stages=read,
        readout=made,
        reads_ends=both_ends,
        notes=(
            *_run_behind(read),
            *_ends(last, readers[0].once, both_ends),
            *(_from_all(last) if pools_over_time(read) else ()),
            *_goes_on(walk.further),
        ),
    )


def _of_the_cell_state(last: Place) -> list[Any]:
    """The operators that read what an LSTM keeps, rather than what it shows."""
    names = [name for name in last.node.output[2:] if name]
    return [node for name in names for node, _ in plain_readers(last.scope, name)]


def _reads_states(last: Place, reader: Reader) -> bool:
    """Whether what is read once is what `Model` reads at the last timestep.

    A layer that runs from the end is left with its state at the first timestep.
    """
    return not (reader.final and last.layer.reverse)


class _Walk:
    """The stages behind a layer, whether softmax follows, and the nodes that read that."""

    def __init__(self, last: Place, once: bool):
        """Begin at a layer; `once` says that one timestep, or the final state, is read."""
        self.last, self.once = last, once
        self.stages: list[Stage] = []
        self.softmax = False
        self.further: list[Any] = []

    @property
    def width(self) -> int:
        """How many numbers there are now at each timestep."""
        return self.stages[-1].output_size if self.stages else self.last.layer.output_size

    def take(self, found: OverTime) -> None:
        """Take what makes one of all timesteps, and go on behind it."""
        self.stages.append(found.stage)
        self.once = True
        self._behind(found.last.output[0])

    def go_on(self, node: Any, reads: str) -> None:
        """Take a node and what follows it, as long as one alone reads another."""
        if self.stages and _is_softmax(node, self.once):
            self.softmax = True
            self.further = [one for one, _ in plain_readers(self.last.scope, node.output[0])]
        elif not self.once and (found := pooled(node, reads, self.last, self.width)):
            self.take(found)
        elif made := _stage(node, reads, self.last, self.width, self.once):
            self.stages.append(made)
            self._behind(node.output[0])
        else:
            self.further = [node]

    def _behind(self, name: str) -> None:
        readers = plain_readers(self.last.scope, name)
        fused = fused_readers(readers, self.last.scope) if len(readers) > 1 else None
        if fused is not None:
            self.go_on(fused[0], fused[1].reads)
        elif len(readers) == 1:
            self.go_on(*readers[0])
        else:
            self.further = [one for one, _ in readers]


def _stage(node: Any, reads: str, last: Place, width: int, once: bool) -> Stage | None:
    step = step_of(node, last.scope, width)
    if step is None or step.stage.input_size != width or step.reads != reads:
        return None
    if isinstance(step.stage, Convolved | Pooled):
        return None
    if node.op_type == "BatchNormalization" and not once:
        return None  # its numbers stand on the second axis, where timesteps are
    stage = in_dtype(step.stage, last.layer.forward.dtype)
    assert not isinstance(stage, Convolved | Pooled)
    return stage


def _is_softmax(node: Any, once: bool) -> bool:
    """Whether a node is a softmax over the numbers of each timestep."""
    axis = attributes_of(node).get("axis", -1)
    return node.op_type == "Softmax" and axis in (-1, 1 if once else 2)


def _run_behind(stages: tuple[Stage, ...]) -> list[str]:
    if not stages:
        return []
    steps = "1 step" if len(stages) == 1 else f"{len(stages)} steps"
    return [f"{steps} behind the layers {'is' if len(stages) == 1 else 'are'} run, too."]


def _ends(last: Place, once: bool, both: bool) -> Iterator[str]:
    if both:
        yield (
            f"The model answers once, from what each way of {shown(last.name)} ends with. Before "
            "the last timestep the predictions are what it answers with the first way stopped "
            "there."
        )
    elif once:
        yield "The model answers once, at the last timestep; here it is asked at every one."


def _from_all(last: Place) -> list[str]:
    """Say that the model answers once, from all timesteps, and what the other predictions are."""
    name = shown(last.name)
    other = f", where the second way of {name} has read all of it" * last.layer.bidirectional
    return [
        f"The model answers once, from all timesteps of {name} together: that is the prediction at "
        f"the last one. Those before it are what it makes of the timesteps so far{other}."
    ]


def _kinds(nodes: list[Any]) -> str:
    return ", ".join(sorted({f"{node.op_type} {shown(key_of(node))}" for node in nodes}))


def _goes_on(further: list[Any]) -> list[str]:
    if not further:
        return []
    return [
        f"The answer goes on to {_kinds(further)}, which is not run here: its numbers are shown "
        f"as they are. {CAPTURE}"
    ]


def _unread(last: Place, readers: list[Any]) -> tuple[str, ...]:
    """Say why there are no predictions."""
    if not readers:
        return ()
    return (
        f"No predictions are shown: {_kinds(readers)} behind {shown(last.name)} is not run here. "
        f"{CAPTURE}",
    )
