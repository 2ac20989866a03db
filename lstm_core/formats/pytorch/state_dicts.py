"""From a checkpoint to a model: where the state dict lies, and which layer reads which."""

from __future__ import annotations

import itertools
import math
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from ...model import Layer, Model
from ...model.findings import Assumption, Findings
from ..door import Options
from ..errors import ModelFileError, shown
from ..source import Source
from .modules import is_recurrent, read_layers
from .objects import NumPyArray
from .surroundings import surroundings
from .tensors import ArrayTensor, StridedTensor, Tensor
from .weights import plain_weights

MAX_DEPTH = 6  # how deep a state dict may lie in a checkpoint
MAX_NAMED = 200  # how many ignored tensors are named
MAX_ORDERED = 5  # how many modules are tried in another order than the file's
Found = list[tuple[Layer, str, str]]  # layer, module, place


def model_of_checkpoint(root: Any, title: str, source: Source, options: Options) -> Model:
    """Return the recurrent layers of whatever a checkpoint's pickle held.

    Raises ModelFileError where there is no state dict with recurrent weights.
    """
    dicts, repeated = _different(list(_state_dicts(root)))
    if not dicts:
        raise ModelFileError(_without_layers(root))
    tensors: dict[str, Tensor] = {}
    for path, state_dict in dicts:
        prefix = f"{path}." if path and len(dicts) > 1 else ""
        tensors |= {prefix + name: tensor for name, tensor in state_dict.items()}
    place = f"{dicts[0][0]}: " if len(dicts) == 1 and dicts[0][0] else ""
    paths = [path.split(".")[0] for path, _ in dicts]
    beside = [f"{key}: {_kind(value)}" for key, value in _items(root) if key not in paths]
    if paths == [""]:
        beside = []
    notes = tuple(
        f"{shown(path)} has the same tensors as {shown(first)}, which was opened."
        for path, first in repeated
    )
    return model_of_tensors(
        tensors, title, source, options, _alphabets(root), place, tuple(beside), notes
    )


def model_of_tensors(
    tensors: Mapping[str, Tensor],
    title: str,
    source: Source,
    options: Options,
    alphabets: Mapping[int, tuple[str, ...]] | None = None,
    place: str = "",
    beside: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Model:
    """Return the recurrent layers among tensors with PyTorch's names, and what stands around.

    `place` leads every place in the findings; `beside` names what else the file holds. Raises
    ModelFileError where there are no recurrent layers, or broken ones.
    """
    plain = plain_weights(tensors)
    weights = {name: tensor for name, tensor in plain.items() if is_recurrent(name)}
    if not weights:
        raise ModelFileError(_without_layers(dict(tensors)))
    _check_size(weights, source)
    found, order_notes = _in_order(read_layers(weights, options))
    layers = [layer for layer, _, _ in found]
    around = {name: tensor for name, tensor in plain.items() if name not in weights}
    surrounding = surroundings(around, layers, alphabets or {}, *_before_and_behind(plain, weights))
    ignored = [f"{n} {t.shape}" for n, t in around.items() if n not in surrounding.used]
    return Model(
        layers=tuple(layers),
        encoder=surrounding.encoder,
        readout=surrounding.readout,
        findings=Findings(
            format=title,
            places=tuple(place + where for _, _, where in found),
            assumptions=(*_nonlinearity(layers, options), *surrounding.assumptions),
            ignored=(*_shortened(ignored), *beside),
            notes=(*notes, *order_notes, *_settled(layers, options), *surrounding.notes),
        ),
    )


def _before_and_behind(
    plain: Mapping[str, Tensor], weights: Mapping[str, Tensor]
) -> tuple[set[str], set[str]]:
    """Return what stands before the first recurrent tensor and behind the last.

    In alphabetical order (safetensors) standing behind means nothing.
    """
    names = list(plain)
    places = [k for k, name in enumerate(names) if name in weights]
    behind = () if names == sorted(names) else names[places[-1] + 1 :]
    return set(names[: places[0]]), set(behind)


def _check_size(weights: Mapping[str, Tensor], source: Source) -> None:
    """Refuse tensors that share so much that they would fill more memory than the file."""
    widths = {name: 8 if tensor.dtype == "float64" else 4 for name, tensor in weights.items()}
    size = sum(math.prod(tensor.shape) * widths[name] for name, tensor in weights.items())
    if size > source.allowance:
        raise ModelFileError(
            f"The recurrent weights claim {size} bytes from a file of {source.size}: refused."
        )


def _nonlinearity(layers: list[Layer], options: Options) -> tuple[Assumption, ...]:
    if options.nonlinearity or not any(layer.kind == "rnn" for layer in layers):
        return ()
    return (
        Assumption(
            value="tanh",
            reason="A PyTorch file does not record whether an RNN uses tanh or relu.",
            keyword="nonlinearity",
            choices=("tanh", "relu"),
        ),
    )


def _settled(layers: list[Layer], options: Options) -> Iterator[str]:
    """Say what the caller's settings did."""
    gates = options.recurrent_activation
    if gates not in (None, "sigmoid") and any(layer.kind != "rnn" for layer in layers):
        yield f"The gates are {gates}, as asked for; those of PyTorch's own modules are sigmoid."
    if options.nonlinearity and not any(layer.kind == "rnn" for layer in layers):
        yield "There is no standard RNN in the file: nonlinearity is not used."


def _shortened(names: list[str]) -> list[str]:
    more = len(names) - MAX_NAMED
    return [*names[:MAX_NAMED], f"and {more} more tensors"] if more > 0 else names


# --- which layer reads which ------------------------------------------------------------------


def _in_order(found: Found) -> tuple[Found, list[str]]:
    """Return the layers so that each reads the one before it, as far as sizes tell."""
    modules = [list(group) for _, group in itertools.groupby(found, key=lambda layer: layer[1])]
    if len(modules) == 1:
        return _checked_stack(found), []
    orders = itertools.permutations(modules) if len(modules) <= MAX_ORDERED else [tuple(modules)]
    fitting = [order for order in orders if _fits(order)]
    chosen = tuple(modules) if _fits(tuple(modules)) or len(fitting) != 1 else fitting[0]
    names = ", ".join(shown(module[0][1] or module[0][0].name) for module in chosen)
    notes = [
        f"The file does not say which module reads which: {names} are taken in this order "
        "wherever their sizes fit."
    ]
    ordered: Found = []
    for module in chosen:
        stack = _checked_stack(module)
        if ordered and ordered[-1][0].output_size != stack[0][0].input_size:
            first, name, place = stack[0]
            stack[0] = (_apart(first), name, place)
        ordered += stack
    return ordered, notes


def _apart(layer: Layer) -> Layer:
    """The same layer as the beginning of a chain of its own."""
    return Layer(**{**vars(layer), "follows": False})


def _fits(order: tuple[Found, ...]) -> bool:
    pairs = itertools.pairwise(order)
    return all(below[-1][0].output_size == above[0][0].input_size for below, above in pairs)


def _checked_stack(module: Found) -> Found:
    """Return the layers of one module, each of which must read the one below."""
    for (below, _, _), (above, _, _) in itertools.pairwise(module):
        if below.output_size != above.input_size:
            raise ModelFileError(
                f"{shown(below.name)} gives {below.output_size} numbers but "
                f"{shown(above.name)} takes {above.input_size}: the file is inconsistent."
            )
    return module


# --- where things lie in a checkpoint ---------------------------------------------------------


def _items(value: Any) -> list[tuple[str, Any]]:
    if not isinstance(value, dict):
        return []
    return [(key, item) for key, item in value.items() if isinstance(key, str)]


def _walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield every container in a checkpoint once, the outer before the inner, with its path."""
    waiting, seen = deque([("", root, 0)]), set()
    while waiting:
        path, value, depth = waiting.popleft()
        if id(value) in seen or depth > MAX_DEPTH:
            continue
        seen.add(id(value))
        yield path, value
        waiting.extend(
            (f"{path}.{key}" if path else key, item, depth + 1)
            for key, item in _items(value)
            if isinstance(item, dict | list | tuple)
        )


def _as_tensor(value: Any) -> Tensor | None:
    if isinstance(value, StridedTensor | ArrayTensor):
        return value
    if isinstance(value, NumPyArray):
        return ArrayTensor(array=value.array, dtype=value.dtype)
    return None


def _state_dicts(root: Any) -> Iterator[tuple[str, dict[str, Tensor]]]:
    """Yield every dict that names recurrent tensors, with its path."""
    for path, value in _walk(root):
        pairs = ((name, _as_tensor(item)) for name, item in _items(value))
        tensors = {name: tensor for name, tensor in pairs if tensor is not None}
        if tensors and any(is_recurrent(name) for name in plain_weights(tensors)):
            yield path, tensors


def _different(
    dicts: list[tuple[str, dict[str, Tensor]]],
) -> tuple[list[tuple[str, dict[str, Tensor]]], list[tuple[str, str]]]:
    """Return the first of each set of dicts with the same names and shapes, and the others."""
    first: dict[frozenset[tuple[str, tuple[int, ...]]], str] = {}
    kept, repeated = [], []
    for path, tensors in dicts:
        key = frozenset((name, tensor.shape) for name, tensor in plain_weights(tensors).items())
        if key in first:
            repeated.append((path, first[key]))
        else:
            first[key] = path
            kept.append((path, tensors))
    return kept, repeated


def _alphabets(root: Any) -> dict[int, tuple[str, ...]]:
    """Return the vocabularies in a checkpoint by their size: lists of words, word to number."""
    alphabets: dict[int, tuple[str, ...]] = {}
    for _, value in _walk(root):
        words = _alphabet(value)
        if len(words) > 1:
            alphabets.setdefault(len(words), words)
    return alphabets


def _alphabet(value: Any) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        words = list(value)
    elif isinstance(value, dict) and all(type(n) is int for n in value.values()):
        words = sorted(value, key=lambda word: value[word])
        if sorted(value.values()) != list(range(len(value))):
            return ()
    elif isinstance(value, dict) and set(value) == set(range(len(value))):
        words = [value[k] for k in range(len(value))]
    else:
        return ()
    plain = all(isinstance(word, str) for word in words)
    return tuple(words) if plain and len(set(words)) == len(words) else ()


def _kind(value: Any) -> str:
    tensor = _as_tensor(value)
    if tensor is not None:
        return f"tensor {tensor.shape}"
    if isinstance(value, dict | list | tuple):
        return f"{type(value).__name__} of {len(value)}"
    return type(value).__name__


def _without_layers(root: Any) -> str:
    """Say what there is in a file without recurrent layers."""
    names = [
        f"{path}.{name}".lstrip(".")
        for path, value in itertools.islice(_walk(root), 1000)
        for name, item in _items(value)
        if _as_tensor(item) is not None
    ]
    if not names:
        return f"The file holds no named tensors, but {_kind(root)}: expected a state dict."
    listed = ", ".join(shown(name) for name in names[:5])
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return (
        f"The file has no LSTM, GRU or RNN by PyTorch's names (weight_ih_l0, weight_hh_l0): "
        f"it has {listed}{more}."
    )
