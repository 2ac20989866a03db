"""Weights that PyTorch stores as something else: weight norm, pruning, data parallel prefixes.

    weight norm   w = v · g / ‖v‖        `_g`, `_v` or `parametrizations.….original0`, `original1`
    pruning       w = original · mask    `_orig`, `_mask`
    weight drop   w = raw, undropped     `_raw` (fastai), beside a copy that was dropped out

The norm runs over the axes in which g has length 1; g without axes has one norm for all.
Sources: Salimans & Kingma 2016; documentation of torch.nn.utils.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown
from .modules import is_recurrent
from .tensors import Tensor

PARAMETRIZED = re.compile(
    r"(?P<before>.*?)parametrizations\.(?P<part>[^.]+)\.(?P<rest>.+)", re.DOTALL
)
WRAPPERS = re.compile(r"(?:^|(?<=\.))(?:module|_orig_mod|_fsdp_wrapped_module)\.")


@record
class Product:
    """A weight that is computed from two stored ones."""

    name: str
    one: Tensor
    two: Tensor
    rule: str  # "weight norm" or "pruning"

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the weight: that of the larger of the two."""
        return self.two.shape if self.rule == "weight norm" else self.one.shape

    @property
    def dtype(self) -> str:
        """The dtype of the stored weights."""
        return self.one.dtype

    def load(self, transposed: bool = False) -> Array:
        """Return the weight that PyTorch computes with."""
        if self.rule == "pruning":
            weight = _pruned(self.name, self.one, self.two)
        else:
            weight = _normed(self.name, self.one.load(), self.two.load())
        return np.ascontiguousarray(weight.T) if transposed else weight


def _pruned(name: str, original: Tensor, mask: Tensor) -> Array:
    if original.shape != mask.shape:
        raise ModelFileError(
            f"The mask of {shown(name)} is {mask.shape}: expected {original.shape}."
        )
    weight: Array = original.load() * mask.load()
    return weight


def _normed(name: str, g: Array, v: Array) -> Array:
    fits = g.ndim == 0 or (
        g.ndim == v.ndim and all(a in (1, b) for a, b in zip(g.shape, v.shape, strict=True))
    )
    if not fits:
        raise ModelFileError(
            f"The weight norm of {shown(name)} has lengths {g.shape} for a weight {v.shape}: "
            "expected one length for each row."
        )
    axes = tuple(k for k in range(v.ndim) if g.ndim == 0 or g.shape[k] == 1)
    with np.errstate(all="ignore"):  # what is not finite is refused where the weight is used
        norm = np.sqrt(np.sum(v * v, axis=axes, keepdims=g.ndim > 0))
        weight: Array = v * (g / norm)
    return weight.astype(v.dtype, copy=False)


def plain_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return tensors under the names they have without wrappers and parametrisations.

    Only recurrent weights are computed; what belongs to other layers keeps its own name.
    """
    plain: dict[str, Tensor] = {}
    undropped: dict[str, Tensor] = {}
    for full, tensor in tensors.items():
        name = WRAPPERS.sub("", full)
        if name in plain:
            name = full
        base, role = _base(name)
        if role is None or not is_recurrent(base):
            plain[name] = tensor
        elif role == "_raw":
            undropped[base] = tensor
        elif role in PARTNERS:
            partner = tensors.get(full[: len(full) - len(role)] + PARTNERS[role][0])
            if partner is None:
                raise ModelFileError(
                    f"{shown(base)} is stored as {shown(name)} and a second part that is missing."
                )
            rule = PARTNERS[role][1]
            plain[base] = Product(name=base, one=tensor, two=partner, rule=rule)
    return plain | undropped


PARTNERS = {
    "_g": ("_v", "weight norm"),
    "original0": ("original1", "weight norm"),
    "_orig": ("_mask", "pruning"),
}
SECOND = tuple(second for second, _ in PARTNERS.values())


def _base(name: str) -> tuple[str, str | None]:
    """Return the plain name of a stored part, and which part it is; None for a whole weight."""
    match = PARAMETRIZED.fullmatch(name)
    if match:
        base = match["before"] + match["part"]
        if is_recurrent(base) and match["rest"] not in ("original0", "original1"):
            raise ModelFileError(
                f"{shown(base)} is computed by a parametrisation that is not known here "
                f"({shown(name)}): remove it in PyTorch and save again."
            )
        return base, match["rest"]
    for role in (*PARTNERS, *SECOND, "_raw"):
        if name.endswith(role):
            return name.removesuffix(role), role
    return name, None
