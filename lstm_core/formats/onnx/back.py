"""What stands behind the last recurrent node of a graph and can be run, up to its answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...model import Convolved, Dense, Pooled, Readout, Stage
from ...record import record
from ..answers import CAPTURE, answer_of
from ..errors import shown
from .constants import Scope, key_of
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


def back_of(last: Place) -> Back:
    """Return what alone reads the last node, one operator after the other, as far as it is run.

    It ends where several operators read one, and where an operator is met that cannot be run here.
    There is no readout unless a matrix product is among what is run.
    """
    readers = readers_of(last)
    if len(readers) != 1 or not _reads_states(last, readers[0]):
        return Back(notes=_unread(last, [reader.node for reader in readers]))
    stages, softmax, further = _followed(last, readers[0])
    if not any(isinstance(stage, Dense) for stage in stages):
        return Back(notes=_unread(last, further))
    read, made = answer_of(stages, softmax)
    both_ends = last.layer.bidirectional and readers[0].final
    return Back(
        stages=read,
        readout=made,
        reads_ends=both_ends,
        notes=(*_run_behind(read), *_ends(last, readers[0].once, both_ends), *_goes_on(further)),
    )


def _reads_states(last: Place, reader: Reader) -> bool:
    """Whether what is read once is what `Model` reads at the last timestep.

    A layer that runs from the end is left with its state at the first timestep.
    """
    return not (reader.final and last.layer.reverse)


def _followed(last: Place, first: Reader) -> tuple[list[Stage], bool, list[Any]]:
    """The stages behind a layer, whether softmax follows, and the nodes that read that."""
    stages: list[Stage] = []
    width, node, reads = last.layer.output_size, first.node, first.reads
    while True:
        if stages and _is_softmax(node, first.once):
            return stages, True, [one for one, _ in plain_readers(last.scope, node.output[0])]
        made = _stage(node, reads, last, width, first.once)
        if made is None:
            return stages, False, [node]
        stages.append(made)
        width, name = made.output_size, node.output[0]
        readers = _unfused(plain_readers(last.scope, name), last.scope)
        if len(readers) != 1:
            return stages, False, [one for one, _ in readers]
        ((node, reads),) = readers


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


def _unfused(readers: list[tuple[Any, str]], scope: Scope) -> list[tuple[Any, str]]:
    """The readers without a Sigmoid whose outputs another of them multiplies: x·σ(x)."""
    products = [node for node, _ in readers if node.op_type == "Mul"]
    gates = {name for node in products for name in node.input}
    return [
        (node, name)
        for node, name in readers
        if node.op_type != "Sigmoid" or len(readers) != 2 or node.output[0] not in gates
    ]


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
