"""Weights that PyTorch stores as something else: weight norm, pruning, data parallel prefixes.

    weight norm   w = v · g / ‖v‖        `_g`, `_v` or `parametrizations.….original0`, `original1`
    spectral      w = w / (u · (w v))    `_orig`, `_u`, `_v` or `….original`, `….0._u`, `….0._v`
    pruning       w = original · mask    `_orig`, `_mask`
    weight drop   w = raw, undropped     `_raw` (fastai), beside a copy that was dropped out

The norm runs over the axes in which g has length 1; g without axes has one norm for all. The
spectral norm is that of evaluation, from the u and v of the last step of training.
Sources: Salimans & Kingma 2016; Miyato et al. 2018; documentation of torch.nn.utils.
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


@record
class Spectral:
    """A weight divided by its spectral norm, as two stored vectors estimate it."""

    name: str
    original: Tensor
    u: Tensor
    v: Tensor

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the weight."""
        return self.original.shape

    @property
    def dtype(self) -> str:
        """The dtype of the stored weight."""
        return self.original.dtype

    def load(self, transposed: bool = False) -> Array:
        """Return the weight that PyTorch computes with when it does not train."""
        weight, u, v = self.original.load(), self.u.load(), self.v.load()
        matrix = weight if (*u.shape, *v.shape) == weight.shape else weight.T
        if (*u.shape, *v.shape) != matrix.shape:
            raise ModelFileError(
                f"The spectral norm of {shown(self.name)} has vectors of {u.shape} and {v.shape} "
                f"for a weight {weight.shape}: the file is inconsistent."
            )
        with np.errstate(all="ignore"):  # what is not finite is refused where the weight is used
            normed = weight / (u @ (matrix @ v))
        return np.ascontiguousarray(normed.T if transposed else normed)


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
        elif role in VECTORS and (parts := _vectors(full, role, tensors)):
            plain[base] = Spectral(name=base, original=tensor, u=parts[0], v=parts[1])
        elif role in PARTNERS:
            partner = tensors.get(full.removesuffix(role) + PARTNERS[role][0])
            if partner is None:
                raise ModelFileError(
                    f"{shown(base)} is stored as {shown(name)} and a second part that is missing."
                )
            rule = PARTNERS[role][1]
            plain[base] = Product(name=base, one=tensor, two=partner, rule=rule)
        elif role == "original":
            raise ModelFileError(_unknown(base, name))
    return plain | undropped


PARTNERS = {
    "_g": ("_v", "weight norm"),
    "original0": ("original1", "weight norm"),
    "_orig": ("_mask", "pruning"),
}
SECOND = (*(second for second, _ in PARTNERS.values()), "_u")
VECTORS = {"_orig": ("_u", "_v"), "original": ("0._u", "0._v")}
KNOWN = ("original0", "original1", "original", *VECTORS["original"])


def _vectors(full: str, role: str, tensors: Mapping[str, Tensor]) -> list[Tensor]:
    """Return the two vectors of a spectral norm beside a stored weight; none without both."""
    start = full.removesuffix(role)
    if role == "original" and any(name.startswith(f"{start}1.") for name in tensors):
        return []  # more than one parametrisation, one upon the other
    parts = [tensors.get(start + end) for end in VECTORS[role]]
    found = [part for part in parts if part is not None]
    return found if len(found) == 2 else []


def _unknown(base: str, name: str) -> str:
    return (
        f"{shown(base)} is computed by a parametrisation that is not known here ({shown(name)}): "
        "remove it in PyTorch and save again."
    )


def _base(name: str) -> tuple[str, str | None]:
    """Return the plain name of a stored part, and which part it is; None for a whole weight."""
    match = PARAMETRIZED.fullmatch(name)
    if match:
        base = match["before"] + match["part"]
        if is_recurrent(base) and match["rest"] not in KNOWN:
            raise ModelFileError(_unknown(base, name))
        return base, match["rest"]
    for role in (*PARTNERS, *SECOND, "_raw"):
        if name.endswith(role):
            return name.removesuffix(role), role
    return name, None
