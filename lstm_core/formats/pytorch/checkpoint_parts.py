"""From what a pickle held to a model: which state dict is opened, and what stands beside it."""

from __future__ import annotations

from typing import Any

from ...model import Model
from ..door import Options
from ..errors import ModelFileError, shown
from ..source import Source
from .contents import StateDict, alphabets, beside, state_dicts, without_layers
from .copies import apart
from .module_trees import ModuleRecord
from .state_dicts import Context, model_of_tensors
from .tensors import Tensor
from .weights import plain_weights


def model_of_checkpoint(root: Any, title: str, source: Source, options: Options) -> Model:
    """Return the recurrent layers of whatever a checkpoint's pickle held.

    Of several state dicts with the same names `options.part` opens one, the first without it.
    Raises ModelFileError where there is no state dict with recurrent weights, or no such part.
    """
    candidates, left_out = state_dicts(root)
    if not candidates:
        raise ModelFileError(without_layers(root, title))
    candidates = [version for one in candidates for version in apart(one)]
    parts = tuple(state_dict.title for state_dict in candidates) if len(candidates) > 1 else ()
    opened, notes = _chosen(candidates, parts, options)
    tensors: dict[str, Tensor] = {}
    modules: dict[str, ModuleRecord] = {}
    for state_dict in opened:
        prefix = f"{state_dict.title}." if state_dict.title and len(opened) > 1 else ""
        tensors |= {prefix + name: tensor for name, tensor in state_dict.tensors.items()}
        modules |= {prefix + path: record for path, record in state_dict.modules.items()}
    context = Context(
        alphabets=alphabets(root),
        modules=modules,
        place=f"{opened[0].title}: " if len(opened) == 1 and opened[0].title else "",
        beside=tuple(beside(root, [state_dict.path for state_dict in opened])),
        notes=(*left_out, *notes, *_read_from_its_end(root)),
        parts=parts,
    )
    return model_of_tensors(tensors, title, source, options, context)


def _chosen(
    candidates: list[StateDict], parts: tuple[str, ...], options: Options
) -> tuple[list[StateDict], list[str]]:
    """Return the state dicts that are opened as one model, and what is to be said of the others.

    Dicts whose tensors have the same names and shapes are versions of one model: the first of
    them is opened. All others stand side by side.
    """
    if options.part is not None:
        if options.part not in parts:
            raise ModelFileError(_no_such_part(options.part, parts))
        return [candidates[parts.index(options.part)]], []
    first: dict[frozenset[tuple[str, tuple[int, ...]]], StateDict] = {}
    notes = []
    for state_dict in candidates:
        plain = plain_weights(state_dict.tensors)
        key = frozenset((name, tensor.shape) for name, tensor in plain.items())
        if key in first:
            notes.append(
                f"{shown(state_dict.title)} has tensors of the same names and shapes as "
                f"{shown(first[key].title)}, which was opened: it is a part of its own."
            )
        else:
            first[key] = state_dict
    return list(first.values()), notes


def _read_from_its_end(root: Any) -> list[str]:
    """Say that a language model of flair was trained on text that was turned round."""
    if not isinstance(root, dict) or root.get("is_forward_lm") is not False:
        return []
    return [
        "The file says is_forward_lm=False: its text was read from the end, so the letters are to "
        "be given in reverse."
    ]


def _no_such_part(part: str, parts: tuple[str, ...]) -> str:
    if not parts:
        return f"The file has no part {shown(part)}: it holds one model, opened without a part."
    named = ", ".join(shown(name) for name in parts[:10])
    return f"The file has no part {shown(part)}: expected one of {named}."
