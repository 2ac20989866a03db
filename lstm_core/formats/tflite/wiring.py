"""Which LSTM of a TensorFlow Lite graph reads what, and which two are the ways of one layer.

A layer that runs from the end reads REVERSE_V2 of its input; so does the second way of a
bidirectional one, whose outputs are turned back and put beside the first way's, or whose last
timestep is.
"""

from __future__ import annotations

from ...record import record
from .graph import (
    CONCATENATION,
    GATHER,
    LSTM,
    PICKS,
    REVERSE,
    SLICE,
    STRIDED_SLICE,
    Graph,
    Operator,
)

INPUTS = {STRIDED_SLICE: 4, SLICE: 3, GATHER: 2}  # of what picks


@record
class Wired:
    """A layer: its operators, what it reads, and the tensor of its outputs.

    `ends` says that the outputs are what each of two ways ends with, `turned` that those of a
    layer that runs from the end are handed on in the order of the sequence.
    """

    operators: tuple[Operator, ...]  # the first way, and the second where there is one
    reads: int  # a tensor, in whichever shape
    gives: int
    reverse: bool = False
    turned: bool = True
    ends: bool = False


def wired(graph: Graph) -> list[Wired]:
    """Return the layers of a graph in the order in which they are computed."""
    alone = [one for one in graph.operators if one.code == LSTM]
    found: list[tuple[int, Wired]] = []
    for concatenation in graph.operators:
        pair = _both_ways(graph, concatenation)
        if pair is not None and all(one in alone for one in pair.operators):
            alone = [one for one in alone if one not in pair.operators]
            found.append((graph.operators.index(concatenation), pair))
    found += [(graph.operators.index(one), _one_way(graph, one)) for one in alone]
    return [one for _, one in sorted(found, key=lambda placed: placed[0])]


def picks_last(graph: Graph, operator: Operator) -> bool:
    """Return whether an operator hands on the last timestep of what it reads, and no other."""
    if operator.code not in PICKS or len(operator.inputs) < INPUTS[operator.code]:
        return False
    axis, shape = graph.time_axis, graph.shape(operator.inputs[0])
    if len(shape) != 3:
        return False
    last = (-1, shape[axis] - 1)
    if operator.code == GATHER:
        over = operator.options.whole(0, "<i") if operator.options else 0
        places = graph.whole_numbers(operator.inputs[1])
        return (
            over in (axis, axis - 3)
            and places is not None
            and len(places) == 1
            and (places[0] in last)
        )
    begin, end = (graph.whole_numbers(tensor) for tensor in operator.inputs[1:3])
    if begin is None or end is None or len(begin) != 3 or len(end) != 3 or begin[axis] not in last:
        return False
    if operator.code == SLICE:
        others = [k for k in range(3) if k != axis]
        return end[axis] in (1, -1) and all(
            begin[k] == 0 and end[k] in (-1, shape[k]) for k in others
        )
    return _strides(graph, operator, axis)


def _strides(graph: Graph, operator: Operator, axis: int) -> bool:
    """Whether a strided slice leaves the other axes whole."""
    options, bit = operator.options, 1 << axis
    if options is None or set(graph.whole_numbers(operator.inputs[3]) or (0,)) != {1}:
        return False
    begin_mask, end_mask, *rest, shrunk = (options.whole(k, "<i") for k in range(5))
    others = 7 & ~bit
    whole = begin_mask & others == others and end_mask & others == others and not any(rest)
    return whole and not begin_mask & bit and (shrunk == bit or (not shrunk and end_mask & bit > 0))


def _reading(graph: Graph, operator: Operator) -> tuple[int, bool]:
    """What an LSTM reads, and whether from the end."""
    tensor = graph.original(operator.inputs[0])
    maker = graph.maker(tensor)
    if maker is not None and _turns(graph, maker):
        return graph.original(maker.inputs[0]), True
    return tensor, False


def _turns(graph: Graph, operator: Operator) -> bool:
    """Whether an operator turns the order of time."""
    if operator.code != REVERSE or len(operator.inputs) != 2:
        return False
    axis = graph.time_axis
    return graph.whole_numbers(operator.inputs[1]) in ([axis], [axis - 3])


def _one_way(graph: Graph, operator: Operator) -> Wired:
    reads, reverse = _reading(graph, operator)
    gives = operator.outputs[0]
    readers = graph.readers(gives)
    turned = reverse and len(readers) == 1 and _turns(graph, readers[0])
    return Wired(
        operators=(operator,),
        reads=reads,
        gives=readers[0].outputs[0] if turned else gives,
        reverse=reverse,
        turned=turned or not reverse,
    )


def _both_ways(graph: Graph, operator: Operator) -> Wired | None:
    """The layer whose two ways an operator puts side by side; None for another."""
    if operator.code != CONCATENATION or len(operator.inputs) != 2 or operator.options is None:
        return None
    rank = len(graph.shape(operator.inputs[0]))
    first, second = (_behind_way(graph, tensor) for tensor in operator.inputs)
    if first is None or second is None or operator.options.whole(0, "<i") not in (-1, rank - 1):
        return None
    ends = first.picked and second.picked
    ordered = ends or (not (first.picked or second.picked or first.turned) and second.turned)
    (reads, reverse), (other, back) = (_reading(graph, way.lstm) for way in (first, second))
    if not ordered or reads != other or reverse or not back:
        return None
    pair = (first.lstm, second.lstm)
    return Wired(operators=pair, reads=reads, gives=operator.outputs[0], ends=ends)


@record
class _Way:
    """An LSTM, and whether its last timestep is picked, or its order of time turned."""

    lstm: Operator
    picked: bool = False
    turned: bool = False


def _behind_way(graph: Graph, tensor: int) -> _Way | None:
    """The LSTM whose outputs a tensor holds; None where it holds something else."""
    maker = graph.maker(graph.original(tensor))
    if maker is None:
        return None
    if maker.code == LSTM:
        return _Way(lstm=maker)
    picked, turned = picks_last(graph, maker), _turns(graph, maker)
    below = graph.maker(graph.original(maker.inputs[0])) if picked or turned else None
    if below is None or below.code != LSTM:
        return None
    return _Way(lstm=below, picked=picked, turned=turned)
