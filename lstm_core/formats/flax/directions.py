"""Which cells of a Flax file read from the end, and which two are the ways of one layer: asked.

`nn.Bidirectional` and a stack both name their cells `GRUCell_0`, `GRUCell_1`, and no file records
`nn.RNN(reverse=True)`.

    none                    every cell reads from the start
    GRUCell_0 ⇄ GRUCell_1   the two ways of one layer, side by side
    GRUCell_0               from the end, handing its outputs on in that order
    GRUCell_0 (order kept)  from the end, handing them on in the sequence's order (keep_order)

Of cells alike in a row any two neighbours may be the two ways. Where the sizes exclude a stack
they are assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from ...model import Layer, Model
from ...model.findings import Assumption
from ...record import record
from ..errors import ModelFileError, shown
from ..pytorch.tensors import Tensor

NONE, COMMA, WAYS, KEPT = "none", ", ", " ⇄ ", " (order kept)"
PARTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
MOST_NAMED = 4  # cells that are offered by themselves
MOST_READINGS = 12  # of cells as ways; of more, each pair and all at once are offered
Pair = tuple["Cell", "Cell"]
NUMBERED = re.compile(r"(?P<stem>.*?)(?P<number>\d+)", re.DOTALL)


@record
class Cell:
    """A cell of a file: its name, and the shapes of its two kernels."""

    name: str
    shapes: tuple[tuple[int, ...], ...]

    @property
    def input_size(self) -> int:
        """How many numbers it reads."""
        return self.shapes[0][1]

    @property
    def hidden_size(self) -> int:
        """How many units it has."""
        return self.shapes[1][1]


@record
class Directions:
    """What was answered, or assumed: pairs of cells, and the cells that read from the end."""

    pairs: tuple[tuple[str, str], ...]
    reversed: tuple[str, ...]
    kept: tuple[str, ...]  # those of them that keep the sequence's order
    question: Assumption


def directions_of(tensors: Mapping[str, Tensor], asked: str | None) -> Directions:
    """Return which cells read from the end as was asked for, or as the sizes say.

    Raises ModelFileError for an answer that names other cells.
    """
    cells = _cells(tensors)
    possible = _pairs(cells)
    assumed = [pair for pair in possible if not _may_be_stacked(*pair, cells, tensors)]
    usual = _spelled(_apart(assumed))
    value = usual if asked is None else asked
    pairs, back, kept = _read(value, cells, possible)
    alone = [one for cell in cells[:MOST_NAMED] for one in (cell.name, f"{cell.name}{KEPT}")]
    reason = (
        "A Flax file does not record whether a cell reads its sequence from the end (reverse), nor "
        f"whether two are the ways of one layer (Bidirectional, {WAYS.strip()})."
    )
    question = Assumption(
        value=value,
        reason=reason,
        keyword="backwards",
        choices=tuple(
            dict.fromkeys((usual, NONE, *map(_spelled, _readings(possible)), *alone, value))
        ),
    )
    return Directions(pairs=pairs, reversed=back, kept=kept, question=question)


def renamed(tensors: Mapping[str, Tensor], found: Directions) -> dict[str, Tensor]:
    """Return the tensors with the two ways of a layer as PyTorch names them."""
    names = {}
    for first, second in found.pairs:
        for part in PARTS:
            names[f"{first}.{part}"] = f"{first}.{part}_l0"
            names[f"{second}.{part}"] = f"{first}.{part}_l0_reverse"
    return dict(sorted((names.get(name, name), tensor) for name, tensor in tensors.items()))


def turned(model: Model, found: Directions) -> Model:
    """Return the model whose layers of the cells that read from the end do so."""
    layers = tuple(_turned(layer, found) for layer in model.layers)
    return replace(model, layers=layers)


def _turned(layer: Layer, found: Directions) -> Layer:
    if layer.name not in found.reversed:
        return layer
    running = layer.name not in found.kept
    if layer.residual and running:
        raise ModelFileError(
            f"{shown(layer.name)} hands its outputs on from the last timestep: what it reads "
            "cannot be added to them. Choose no residual connection around it."
        )
    return replace(layer, reverse=True, running_order=running)


def _cells(tensors: Mapping[str, Tensor]) -> list[Cell]:
    """The cells of a file, those of one stem by their numbers."""
    found = []
    for name, tensor in tensors.items():
        owner, _, part = name.rpartition(".")
        recurrent = tensors.get(f"{owner}.weight_hh")
        if part == "weight_ih" and recurrent is not None:
            found.append(Cell(name=owner, shapes=(tensor.shape, recurrent.shape)))
    return sorted(found, key=lambda cell: _numbered(cell.name))


def _numbered(name: str) -> tuple[str, int]:
    match = NUMBERED.fullmatch(name)
    return (match["stem"], int(match["number"])) if match else (name, 0)


def _pairs(cells: Sequence[Cell]) -> list[Pair]:
    """Neighbours that are alike; one cell may be in two pairs."""
    pairs = []
    for first, second in pairwise(cells):
        (stem, number), (other, following) = _numbered(first.name), _numbered(second.name)
        if first.shapes == second.shapes and stem == other and following == number + 1:
            pairs.append((first, second))
    return pairs


def _apart(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Those of some pairs that share no cell with one before them."""
    taken: list[Pair] = []
    for pair in pairs:
        if not any(cell in other for cell in pair for other in taken):
            taken.append(pair)
    return tuple(taken)


def _readings(possible: Sequence[Pair]) -> list[tuple[Pair, ...]]:
    """Every choice of pairs that share no cell, the fewest first; of many, the plainest."""
    each = [(pair,) for pair in possible]
    if len(possible) > MOST_READINGS:
        return [*each, _apart(possible)]
    several = [
        chosen
        for count in range(2, len(possible) + 1)
        for chosen in combinations(possible, count)
        if _apart(chosen) == chosen
    ]
    if len(each) + len(several) > MOST_READINGS:
        several = [_apart(possible), _apart(possible[::-1])[::-1]]
    return [*each, *several]


def _spelled(pairs: Iterable[Pair]) -> str:
    return COMMA.join(f"{a.name}{WAYS}{b.name}" for a, b in pairs) or NONE


def _may_be_stacked(
    first: Cell, second: Cell, cells: Sequence[Cell], tensors: Mapping[str, Tensor]
) -> bool:
    """Whether the second of two cells may read the first: by its own size, and by what reads it."""
    if first.input_size != first.hidden_size:
        return False
    size, after = second.hidden_size, cells[list(cells).index(second) + 1 :]
    if after:
        return after[0].input_size != 2 * size
    owned = {f"{cell.name}.{part}" for cell in cells for part in PARTS}
    read = {t.shape[1] for n, t in tensors.items() if len(t.shape) == 2 and n not in owned}
    return size in read or 2 * size not in read


def _read(
    value: str, cells: Sequence[Cell], possible: Sequence[tuple[Cell, Cell]]
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...], tuple[str, ...]]:
    """The pairs, the cells that read from the end, and those that keep the order, in an answer."""
    known = {cell.name for cell in cells}
    pairs = {f"{a.name}{WAYS}{b.name}": (a.name, b.name) for a, b in possible}
    named = [] if value == NONE else value.split(COMMA)
    alone = [one for one in named if one not in pairs]
    plain = tuple(one.removesuffix(KEPT) for one in alone)
    if set(plain) - known:
        choices = COMMA.join(shown(one) for one in (*pairs, *sorted(known))[:6])
        raise ModelFileError(
            f"The layers that read from the end are {shown(value)}: expected {shown(NONE)}, or "
            f"some of {choices}."
        )
    kept = tuple(one.removesuffix(KEPT) for one in alone if one.endswith(KEPT))
    taken = tuple(pairs[one] for one in named if one in pairs)
    several = [name for name, count in Counter((*sum(taken, ()), *plain)).items() if count > 1]
    if several:
        raise ModelFileError(
            f"The layers that read from the end are {shown(value)}, in which {shown(several[0])} "
            "stands twice: expected each cell once."
        )
    return taken, plain, kept
