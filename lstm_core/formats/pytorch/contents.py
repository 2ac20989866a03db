"""Where things lie in a checkpoint: state dicts, whole modules, vocabularies.

What a pickle holds is a tree of dicts, lists, tuples and inert objects. Each dict that names
recurrent tensors is a state dict, wherever it lies; so is a module that was saved as a whole.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from ...record import record
from ..errors import ModelFileError, shown
from .distributed import CONVERTED
from .module_trees import ModuleRecord, is_module, module_tree
from .modules import is_recurrent
from .objects import NumPyArray
from .paddle import TABLE, as_pytorch, is_paddle
from .quantised import QuantisedTensor, RoundedTensor, unpacked_weights
from .tensors import ArrayTensor, StridedTensor, Tensor
from .values import Inert, Name
from .weights import WRAPPERS, plain_weights

MAX_WALKED = 100_000  # containers that are looked at, the outer ones first
MAX_DEPTH = 6  # how deep a state dict may lie in a checkpoint
CONTAINERS = (dict, list, tuple, Inert)
TENSORS = (StridedTensor, ArrayTensor, QuantisedTensor, RoundedTensor)


@record
class StateDict:
    """Named tensors, and what the file says of the modules that own them."""

    path: str  # where in the checkpoint it lies, "model_state_dict"; "" for the whole
    tensors: Mapping[str, Tensor]
    modules: Mapping[str, ModuleRecord]  # by path; empty for a dict of tensors
    version: str = ""  # of several copies of a model in one dict the name of this one

    @property
    def title(self) -> str:
        """What `Options.part` calls it."""
        return ".".join(word for word in (self.path, self.version) if word)


def children(value: Any) -> list[tuple[str, Any]]:
    """Return what lies directly in a container, each with its key or place."""
    if isinstance(value, dict):
        return [(_key(key), item) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [(str(k), item) for k, item in enumerate(value) if isinstance(item, CONTAINERS)]
    if isinstance(value, Inert):
        return children(_named(value)) + children(value.items) + children(value.arguments)
    return []


def _key(key: Any) -> str:
    key = _text(key)
    return key if isinstance(key, str) else shown(key).strip("'\"")


def walk(root: Any) -> Iterator[tuple[str, Any]]:
    """Yield every container in a checkpoint once, the outer before the inner, with its path.

    What lies in a module that was saved as a whole belongs to the module, and is passed over.
    """
    waiting: deque[tuple[str, Any, int]] = deque([("", root, 0)])
    seen: set[int] = set()
    while waiting and len(seen) < MAX_WALKED:
        path, value, depth = waiting.popleft()
        if id(value) in seen or depth > MAX_DEPTH:
            continue
        seen.add(id(value))
        yield path, value
        if is_module(value):
            continue
        waiting.extend(
            (f"{path}.{key}" if path else key, item, depth + 1)
            for key, item in children(value)
            if isinstance(item, CONTAINERS)
        )


def as_tensor(value: Any) -> Tensor | None:
    """Return a value as a tensor; None where it is none."""
    if isinstance(value, TENSORS):
        return value
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], str):
        value = value[1]  # Paddle's (name of the parameter, array)
    if isinstance(value, NumPyArray) and not value.problem:
        return ArrayTensor(array=value.array, dtype=value.dtype)
    return None


def state_dicts(root: Any) -> tuple[list[StateDict], list[str]]:
    """Return every dict or module that names recurrent tensors, those of optimisers last.

    The second value says which were left out, because a weight in them cannot be read. Raises
    ModelFileError where that leaves nothing.
    """
    dicts: list[StateDict] = []
    problems: dict[str, str] = {}
    for path, value in walk(root):
        try:
            state_dict = _state_dict(path, value)
        except ModelFileError as error:
            problems[path] = str(error)
        else:
            dicts += [state_dict] if state_dict else []
    if problems and not dicts:
        raise ModelFileError(next(iter(problems.values())))
    dicts.sort(key=lambda state_dict: any(w in state_dict.path.lower() for w in LAST))
    return dicts, [f"{shown(path)} was left out. {why}" for path, why in problems.items()]


LAST = ("optim", "grad", "momentum")


def _state_dict(path: str, value: Any) -> StateDict | None:
    modules: Mapping[str, ModuleRecord] = {}
    if is_module(value):
        values, modules = module_tree(value)
    elif isinstance(value, dict | Inert):
        values = {k: v for k, v in _named(value).items() if isinstance(k, str)}
    else:
        return None
    if any(isinstance(item, Inert | tuple) for item in values.values()):
        values = unpacked_weights(values)
    pairs = ((name, as_tensor(item)) for name, item in values.items())
    tensors = {name: tensor for name, tensor in pairs if tensor is not None}
    recurrent = any(is_recurrent(name) for name in plain_weights(tensors))
    for name, item in values.items():
        unread = isinstance(item, Inert | NumPyArray) and name not in tensors
        if unread and (recurrent or item.problem) and is_recurrent(name):
            raise ModelFileError(item.problem or _unread(name, item))
    if not recurrent:
        return None
    if is_paddle(values):
        tensors, modules = as_pytorch(tensors, values[TABLE])
    plain = {WRAPPERS.sub("", f"{name}.")[:-1]: record for name, record in modules.items()}
    return StateDict(path=path, tensors=tensors, modules=plain)


def _named(value: dict[Any, Any] | Inert) -> dict[Any, Any]:
    """Return what an object holds by name; names that were kept as bytes are text."""
    held = {**value.attributes, **(value.entries or {})} if isinstance(value, Inert) else value
    if any(isinstance(key, bytes) for key in held):
        return {_text(key): item for key, item in held.items()}
    return held


def _unread(name: str, item: Any) -> str:
    stored = f"The weight {shown(name)} is stored as"
    kind = item.name if isinstance(item, Inert) else ""
    if "_meta_tensor" in kind:
        return (
            f'{stored} its shape alone, without numbers (PyTorch\'s device "meta"): load the '
            "weights into the model, or move it to a device that has them, and save again."
        )
    if "_sparse" in kind:
        return (
            f"{stored} a sparse tensor, which is not read here: turn each into an ordinary one "
            "with .to_dense() and save again."
        )
    return (
        f"{stored} {kind_of(item)}, which is not read here: save ordinary tensors, "
        "torch.save(model.state_dict(), path)."
    )


def alphabets(root: Any) -> dict[int, tuple[str, ...]]:
    """Return the vocabularies in a checkpoint by their size: lists of words, word to number."""
    by_size: dict[int, tuple[str, ...]] = {}
    for _, value in walk(root):
        words = _alphabet(value)
        if len(words) > 1:
            by_size.setdefault(len(words), words)
    return by_size


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
    words = [_text(word) for word in words]
    plain = all(isinstance(word, str) for word in words)
    return tuple(words) if plain and len(set(words)) == len(words) else ()


def _text(word: Any) -> Any:
    """A word that is kept as bytes (flair) as text; anything else as it is."""
    try:
        return word.decode("utf-8") if isinstance(word, bytes) else word
    except UnicodeDecodeError:
        return word


def kind_of(value: Any) -> str:
    """Name what a value is in a few words."""
    tensor = as_tensor(value)
    if tensor is not None:
        return f"tensor {tensor.shape}"
    if isinstance(value, dict | list | tuple):
        return f"{type(value).__name__} of {len(value)}"
    if isinstance(value, Inert | Name):
        return shown(value.name)
    return type(value).__name__


def beside(root: Any, opened: list[str]) -> list[str]:
    """Name what lies in a checkpoint beside what was opened, by its outermost key."""
    paths = [path.split(".")[0] for path in opened]
    if not isinstance(root, dict) or paths == [""]:
        return []
    items = ((key, item) for key, item in root.items() if isinstance(key, str))
    return [f"{key}: {kind_of(item)}" for key, item in items if key not in paths]


def without_layers(root: Any, title: str) -> str:
    """Say what there is in a file without recurrent layers."""
    names = [
        f"{path}.{name}".lstrip(".")
        for path, value in itertools.islice(walk(root), 1000)
        if isinstance(value, dict | Inert)
        for name, item in children(_named(value))
        if as_tensor(item) is not None
    ]
    if names:
        listed = ", ".join(shown(name) for name in names[:5])
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        return (
            "The file has no LSTM, GRU or RNN by PyTorch's names (weight_ih_l0, weight_hh_l0): "
            f"it has {listed}{more}."
        )
    expected = "expected a state dict, as torch.save(model.state_dict(), path) writes"
    if isinstance(root, Inert) and root.name.startswith("torch.distributed.checkpoint."):
        return CONVERTED
    if isinstance(root, Inert) and root.name.startswith("__torch__."):
        return (
            f"The {title} holds {kind_of(root)} without named tensors: a frozen or quantised "
            "TorchScript module keeps its weights as constants or packed, which is not read here; "
            "save the state dict of the model that it was made from."
        )
    foreign = _foreign_names(root)
    if not foreign:
        return f"The {title} holds no named tensors, but {kind_of(root)}: {expected}."
    named = ", ".join(shown(name) for name in foreign[:3])
    return (
        f"The {title} holds no named tensors, but {kind_of(root)}: {expected}. What it names "
        f"({named}) was not called, because it could run code."
    )


def _foreign_names(root: Any) -> list[str]:
    """Return names in a checkpoint that are not known, each once."""
    names: dict[str, None] = {}
    for _, value in itertools.islice(walk(root), 1000):
        for _, item in [("", value), *children(value)]:
            if isinstance(item, Inert) or (isinstance(item, Name) and item.make is None):
                names[item.name] = None
    return list(names)
