"""Trained start states: parameters beside recurrent modules that their layers may begin with.

A parameter named like a hidden or cell state, of the size of a module's states, is taken as its
start and asked about: whether it is one is in code. So is a list of the two, `init.0` and
`init.1`, and an embedding of one row. Of several modules that one start fits the first has it
unless `Options.start` names others. What is of a state's size, or named like one, and is no
start here is said.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...model import Layer
from ...model.findings import Assumption
from ...record import Array, record
from ..door import Options
from ..errors import ModelFileError, shown
from .chains import Module, in_reading_order
from .modules import finite
from .own_parameters import listed_parameters, own_parameters, owners
from .scenery import CRF
from .tensors import FLOATS, Tensor

TRAINED, ZERO, COMMA = "trained", "zero", ", "
HIDDEN = {"h", "hx", "hidden", "hinit", "hstate"}
CELL = {"c", "cx", "cell", "cinit", "cstate"}
AROUND = {"0", "state", "states", "prev", "previous", "default", "lstm", "gru", "rnn"}
MADE = ("learn", "init", "start", "train", "param")  # beginnings of words: learned, initial
MAX_NAMED = 4  # tensors in a note


@record
class Pair:
    """The tensors that a module may start from; no cell of a GRU, or of an LSTM without one."""

    hidden: str
    cell: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """Both, as far as they are there."""
        return (self.hidden,) if self.cell is None else (self.hidden, self.cell)


@record
class Start:
    """Modules with the starts that were taken, the tensors used, and what is asked and said."""

    modules: tuple[Module, ...]
    used: tuple[str, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[str, ...] = ()


def started(modules: Sequence[Module], tensors: Mapping[str, Tensor], options: Options) -> Start:
    """Return modules with the start states that stand beside them, as was asked.

    Raises ModelFileError for an `options.start` that names no module with a start.
    """
    titles = {module.title: module for module in in_reading_order([*modules])}
    pairs = {t: pair for t, m in titles.items() if (pair := _pair(m, modules, tensors))}
    first = {pair.names: title for title, pair in reversed(pairs.items())}
    usual = [title for title in pairs if title in first.values()]
    chosen = _chosen(options.start, usual, pairs)
    used = tuple(dict.fromkeys(name for pair in pairs.values() for name in pair.names))
    return Start(
        modules=tuple(
            _starting(m, pairs[m.title], tensors) if m.title in chosen else m for m in modules
        ),
        used=used,
        assumptions=_question(chosen, usual, pairs),
        notes=tuple(_unused(modules, {n: t for n, t in tensors.items() if n not in used}, pairs)),
    )


def _chosen(asked: str | None, usual: list[str], pairs: Mapping[str, Pair]) -> list[str]:
    """The titles of the modules that start from what stands beside them."""
    if asked in (None, TRAINED):
        return usual
    chosen = [] if asked == ZERO else str(asked).split(COMMA)
    if not set(chosen) <= set(pairs):
        known = COMMA.join(shown(title) for title in (*pairs, TRAINED, ZERO))
        raise ModelFileError(f"The start {shown(asked)} cannot be taken: expected one of {known}.")
    return chosen


def _question(
    chosen: list[str], usual: list[str], pairs: Mapping[str, Pair]
) -> tuple[Assumption, ...]:
    if not pairs:
        return ()
    value = COMMA.join(title for title in pairs if title in chosen) or ZERO
    contested = len(usual) < len(pairs)
    if not contested and value == COMMA.join(pairs):
        value = TRAINED
    first = COMMA.join(usual) if contested else TRAINED
    every = (first, *pairs, COMMA.join(pairs), ZERO) if contested else (first, *pairs, ZERO)
    choices = tuple(dict.fromkeys((*every, value))) if len(pairs) > 1 else (TRAINED, ZERO)
    reason = _reason(pairs)
    return (Assumption(value=value, reason=reason, keyword="start", choices=choices),)


def _reason(pairs: Mapping[str, Pair]) -> str:
    """Say which tensors may be the start of which modules."""
    beside: dict[tuple[str, ...], list[str]] = {}
    for title, pair in pairs.items():
        beside.setdefault(pair.names, []).append(shown(title))
    held = "; ".join(
        f"{' and '.join(map(shown, names))} beside {' and '.join(titles)}"
        for names, titles in beside.items()
    )
    ends = "whether it starts from them or from zero is in code that the file does not hold."
    if len(pairs) > 1:
        ends = "which of them starts from what, or from zero, is in code that no file holds."
    whose = "its states" if len(pairs) == 1 else "their states"
    return f"The file holds {held}, of the size of {whose}; {ends}"


# --- which tensors -----------------------------------------------------------------------------


def _pair(module: Module, modules: Sequence[Module], tensors: Mapping[str, Tensor]) -> Pair | None:
    """The tensors that one module may start from; None where there are none, or too many."""
    others = [other for other in modules if other is not module]
    hidden, cell = (
        [
            name
            for name in _candidates(tensors, module)
            if _role(_word(name, module), module, others) == role
            and _is_state(tensors[name], module, role)
        ]
        for role in ("hidden", "cell")
    )
    cell = cell if module.layers[0].kind == "lstm" else []
    if len(hidden) == 1 and len(cell) < 2:
        return Pair(hidden=hidden[0], cell=cell[0] if cell else None)
    return None if hidden or cell else _listed_pair(module, tensors)


def _listed_pair(module: Module, tensors: Mapping[str, Tensor]) -> Pair | None:
    """A list of the hidden and the cell state, in PyTorch's order, or of the hidden state alone."""
    roles = ("hidden", "cell") if module.layers[0].kind == "lstm" else ("hidden",)
    lists: dict[str, list[str]] = {}
    for name in listed_parameters(tensors, module.name):
        lists.setdefault(name.rpartition(".")[0], []).append(name)
    fitting = [
        names
        for path, names in lists.items()
        if len(names) == len(roles)
        and all(map(_is_word_of_starts, _tokens(path.rpartition(".")[2])))
        and all(_is_state(tensors[n], module, r) for n, r in zip(names, roles, strict=True))
    ]
    if len(fitting) != 1:
        return None
    return Pair(hidden=fitting[0][0], cell=fitting[0][1] if len(roles) == 2 else None)


def _candidates(tensors: Mapping[str, Tensor], module: Module) -> list[str]:
    """Parameters beside a module, and embeddings of one row that are named like a start."""
    rows = [
        name
        for name, tensor in tensors.items()
        if name.endswith(".weight")
        and len(tensor.shape) == 2
        and tensor.shape[0] == 1
        and tensor.dtype in FLOATS
        and f"{name.removesuffix('weight')}bias" not in tensors
        and any(token == "0" or token.startswith(MADE) for token in _tokens(_leaf(name)))
        and name.removesuffix(_leaf(name) + ".weight") in owners(module.name)
    ]
    return own_parameters(tensors, module.name) + rows


def _leaf(name: str) -> str:
    """The last word of a parameter's name, or of its embedding's."""
    return name.removesuffix(".weight").rpartition(".")[2]


def _word(name: str, module: Module) -> str:
    """A parameter's own word, without the name of the module that it belongs to before it."""
    return _leaf(name).strip("_").removeprefix(f"{module.name.rpartition('.')[2]}_")


def _tokens(word: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", word.lower())


def _role(word: str, module: Module, others: Iterable[Module] = ()) -> str:
    """Which state a word names, "hidden" or "cell"; "" for neither, or that of another module."""
    if any(
        word.startswith(f"{leaf}_")
        for other in others
        if (leaf := other.name.rpartition(".")[2]) and leaf != module.name.rpartition(".")[2]
    ):
        return ""
    tokens = _tokens(word)
    states = [token for token in tokens if token in HIDDEN | CELL]
    plain = all(map(_is_word_of_starts, tokens))
    if len(states) != 1 or not plain:
        return ""
    return "hidden" if states[0] in HIDDEN else "cell"


def _is_word_of_starts(token: str) -> bool:
    return token in HIDDEN | CELL | AROUND | {"hc"} or token.startswith(MADE)


def _is_state(tensor: Tensor, module: Module, role: str) -> bool:
    """Whether a tensor holds a state for each layer and direction, and a batch of one at most.

    The layers stand before or behind the batch. A projection makes the hidden state smaller.
    """
    layer = module.layers[0]
    size = layer.forward.output_size if role == "hidden" else layer.hidden_size
    *axes, last = tensor.shape or (0,)
    longer = [n for n in axes if n != 1]
    count, sides = len(module.layers), 1 + layer.bidirectional
    in_order = longer in ([n for n in (count * sides,) if n != 1], [count, sides])
    return last == size and len(axes) <= 3 and in_order


# --- what is done with them --------------------------------------------------------------------


def _starting(module: Module, pair: Pair, tensors: Mapping[str, Tensor]) -> Module:
    """The module with its layers beginning with these states."""
    count = len(module.layers)
    hidden, cell = (
        None if name is None else finite(name, tensors[name].load()).reshape(count, -1)
        for name in (pair.hidden, pair.cell)
    )
    layers = tuple(
        replace(layer, initial_hidden=_of(hidden, k, layer), initial_cell=_of(cell, k, layer))
        for k, layer in enumerate(module.layers)
    )
    return replace(module, layers=layers)


def _of(states: Array | None, k: int, layer: Layer) -> Array | None:
    """The start of one layer, ([2,] H)."""
    if states is None:
        return None
    start: Array = states[k].reshape(2, -1) if layer.bidirectional else states[k]
    return start


def _unused(
    modules: Sequence[Module], tensors: Mapping[str, Tensor], pairs: Mapping[str, Pair]
) -> Iterator[str]:
    """Say which tensors might be a module's start and are not used as one."""
    said: set[str] = set()
    for module in modules:
        beside = [*_candidates(tensors, module), *listed_parameters(tensors, module.name)]
        names = [name for name in beside if name not in said and not CRF.search(name)]
        fitting = [n for n in names if _fits(tensors[n], module)]
        named = [n for n in names if n not in fitting and _role(_word(n, module), module)]
        said |= {*fitting, *named}
        title = shown(module.title)
        zero = "." if module.title in pairs else ", which begins at zero here."
        if fitting:
            yield (
                f"{_listed(fitting, tensors)} may be a start of {title} by its size, but nothing "
                f"says so: it is not used for {title}{zero}"
            )
        if named:
            yield (
                f"{_listed(named, tensors)} is named like a start but has not the size of the "
                f"states of {title}: it is not used for {title}{zero}"
            )


def _fits(tensor: Tensor, module: Module) -> bool:
    return any(_is_state(tensor, module, role) for role in ("hidden", "cell"))


def _listed(names: Sequence[str], tensors: Mapping[str, Tensor]) -> str:
    listed = [f"{shown(n)} {tensors[n].shape}" for n in itertools.islice(names, MAX_NAMED)]
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return COMMA.join(listed) + more
