"""Recurrent layers recognised by their arrays: which arrays are a cell, which cells a layer.

Blocks are columns over rows of U: four of an LSTM, three of a GRU, one of a standard RNN. A
shape alone is not believed where the file has a name that says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import CellParameters, Layer
from ...record import record
from ...vocabulary import Kind
from .cells import Cell, parameters
from .hdf5 import HDF5File
from .parts import load
from .weights import Bundle, is_backward, laid_out_by_attribute, stored_name, without_direction

KINDS_BY_BLOCKS: dict[int, Kind] = {4: "lstm", 3: "gru", 1: "rnn"}
KERAS_1_ARRAYS: dict[int, Kind] = {12: "lstm", 9: "gru"}
PLAIN_CELL = re.compile(r"(lstm|gru|simple_rnn)_cell(_\d+)?")
STACK = re.compile(r"(?P<stack>.*)/(cells|stacked_rnn_cells(_\d+)?)/[^/]+")


@record
class Pair:
    """The bundles of one recurrent layer: forward, and backward where it has two directions.

    `reverse` is True of a layer that runs from the end alone; `stacked` of one that certainly
    reads the pair before it, because both are cells of one layer.
    """

    kind: Kind
    forward: Bundle
    backward: Bundle | None = None
    reverse: bool = False
    stacked: bool = False

    @property
    def place(self) -> str:
        """Where its arrays lie, in words."""
        count = len(self.forward.paths) + (len(self.backward.paths) if self.backward else 0)
        return f"{self.forward.paths[0]} and {count - 1} more"


def shapes_of(file: HDF5File, bundle: Bundle) -> list[tuple[int, ...]]:
    """Return the shapes of a bundle's arrays; () for one that holds no numbers."""
    return [file.datasets[path].shape if path in file.datasets else () for path in bundle.paths]


def kind_of(file: HDF5File, bundle: Bundle) -> Kind | None:
    """Return the kind of cell by the shapes of its arrays; None for no cell."""
    shapes = shapes_of(file, bundle)
    if len(shapes) in KERAS_1_ARRAYS:
        return KERAS_1_ARRAYS[len(shapes)]
    if len(shapes) not in (2, 3) or len(shapes[0]) != 2 or len(shapes[1]) != 2:
        return None
    rows, columns = shapes[1]
    if not rows or shapes[0][1] != columns or columns % rows:
        return None
    kind = KINDS_BY_BLOCKS.get(columns // rows)
    return None if kind == "rnn" and not _named_recurrent(file, bundle) else kind


def _named_recurrent(file: HDF5File, bundle: Bundle) -> bool:
    """Whether names say that a bundle is a cell: two square matrices are common elsewhere."""
    if not laid_out_by_attribute(file):
        return True  # by name, there is an array called recurrent_kernel
    words = f"{bundle.owner.rpartition('/')[2]} {stored_name(file, bundle.owner)}".lower()
    return "cell" in words or "rnn" in words


def own_cells(file: HDF5File, bundles: list[Bundle]) -> dict[str, str]:
    """Return the owners of cells that are not Keras's plain ones, each with the reason in words.

    They have a name of their own, or layers inside (a LayerNormalization): what they compute
    is not in the file.
    """
    reasons = {}
    owners = {bundle.owner for bundle in bundles}
    for bundle in bundles:
        owner, name = bundle.owner, stored_name(file, bundle.owner)
        if kind_of(file, bundle) is None:
            continue
        inside = next((o for o in owners if o.startswith(f"{owner}/")), None)
        if name and "cell" in f"{owner.rpartition('/')[2]} {name}" and not PLAIN_CELL.search(name):
            reasons[owner] = f"is called {name}"
        elif inside:
            reasons[owner] = f"has {inside.removeprefix(owner)[1:]} inside"
    return reasons


def pairs_of(file: HDF5File, bundles: list[Bundle]) -> list[Pair]:
    """Return the recurrent layers among some arrays, in their order."""
    own = own_cells(file, bundles)
    recurrent = [
        (kind, bundle)
        for bundle in bundles
        if bundle.owner not in own and (kind := kind_of(file, bundle))
    ]
    return list(_paired(file, recurrent))


def _paired(file: HDF5File, recurrent: list[tuple[Kind, Bundle]]) -> Iterator[Pair]:
    while recurrent:
        stack = _stack(recurrent[0][1])
        if stack:
            cells = [cell for cell in recurrent if _stack(cell[1]) == stack]
            recurrent = recurrent[len(cells) :]
            yield from _stacked(cells)
            continue
        kind, forward = recurrent.pop(0)
        if not recurrent or not is_backward(recurrent[0][1].owner) or is_backward(forward.owner):
            yield Pair(kind=kind, forward=forward)
            continue
        other, backward = recurrent.pop(0)
        if other == kind and shapes_of(file, backward)[:2] == shapes_of(file, forward)[:2]:
            yield Pair(kind=kind, forward=forward, backward=backward)
        else:  # two ways of their own
            yield Pair(kind=kind, forward=forward)
            yield Pair(kind=other, forward=backward, reverse=True)


def _stack(bundle: Bundle) -> str:
    """Which layer's stack of cells a bundle belongs to; "" for none."""
    match = STACK.fullmatch(without_direction(bundle.owner))
    return match["stack"] if match else ""


def _stacked(cells: list[tuple[Kind, Bundle]]) -> Iterator[Pair]:
    """A layer for each cell: a chain from left to right, then one from right to left."""
    for backward in (False, True):
        chain = [(kind, b) for kind, b in cells if is_backward(b.owner) == backward]
        for k, (kind, bundle) in enumerate(chain):
            yield Pair(kind=kind, forward=bundle, reverse=backward, stacked=k > 0)


def is_cudnn(file: HDF5File, pair: Pair) -> bool:
    """Return whether the bias is CuDNN's: 8H of an LSTM, 6H in one row of a GRU."""
    shapes = shapes_of(file, pair.forward)
    return pair.kind != "rnn" and len(shapes) == 3 and shapes[2] == (2 * shapes[1][1],)


def layer_of(file: HDF5File, pair: Pair, name: str, how: Cell) -> Layer:
    """Return the layer of a pair; ModelFileError for weights that are not finite."""
    if is_cudnn(file, pair):
        how = Cell(kind=how.kind, reset_after=True)

    def direction(bundle: Bundle) -> tuple[CellParameters, str]:
        return parameters(how, load(file, list(bundle.paths)), bundle.owner)

    forward, note = direction(pair.forward)
    return Layer(
        name=name,
        forward=forward,
        backward=direction(pair.backward)[0] if pair.backward else None,
        reverse=pair.reverse,
        convention=f"Keras: {note}",
        follows=pair.stacked,
    )
