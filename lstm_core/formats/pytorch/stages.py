"""nn.Sequential as stages: a whole module says which layers it runs, and in which order.

What stands between the modules of a class of one's own is in its code, which is not read; a
Sequential has no code of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ...activations import HARD_SIGMOID_SIXTH
from ...model import Dense, Normalised, Scaled, Stage
from ...record import Array, record
from .module_trees import ModuleRecord
from .tensors import Tensor

HANDS_ON = ("Dropout", "Dropout1d", "AlphaDropout", "FeatureAlphaDropout", "Identity")
FIXED = {
    "ReLU": "relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "SiLU": "silu",
    "Mish": "mish",
    "SELU": "selu",
    "ReLU6": "clipped_relu(6.0)",
    "Hardsigmoid": HARD_SIGMOID_SIXTH,
    "Hardswish": "hard_silu",
    "Softsign": "softsign",
    "LogSigmoid": "log_sigmoid",
    "Tanhshrink": "tanh_shrink",
}
WITH_NUMBERS = {
    "LeakyReLU": ("leaky_relu", "negative_slope"),
    "ELU": ("elu", "alpha"),
    "CELU": ("celu", "alpha"),
    "Softshrink": ("soft_shrink", "lambd"),
    "Hardshrink": ("hard_shrink", "lambd"),
}
"""By its class an activation as we spell it, and the attribute that holds its number."""


@record
class Sequence:
    """The stages of a Sequential; `softmax` says that one over the numbers follows.

    `unknown` is the module, with its class, that cannot be run here; "" where all can.
    """

    stages: tuple[Stage, ...] = ()
    softmax: bool = False
    unknown: str = ""


@record
class _Given:
    path: str
    module: ModuleRecord
    tensors: Mapping[str, Tensor]
    width: int

    def load(self, name: str, transposed: bool = False) -> Array | None:
        """A tensor of the module; None where it has none of that name."""
        tensor = self.tensors.get(f"{self.path}.{name}")
        return None if tensor is None else tensor.load(transposed=transposed)


def is_sequential(module: ModuleRecord) -> bool:
    """Return whether a module is PyTorch's own Sequential."""
    return module.class_name == "torch.nn.modules.container.Sequential"


def sequence_of(
    path: str, modules: Mapping[str, ModuleRecord], tensors: Mapping[str, Tensor], width: int
) -> Sequence:
    """Return the stages of the Sequential at `path`, which reads `width` numbers."""
    stages: list[Stage] = []
    leaves = _leaves(path, modules)
    for k, leaf in enumerate(leaves):
        module = modules[leaf]
        if module.kind in HANDS_ON:
            continue
        if _is_softmax(module) and k == len(leaves) - 1 and stages:
            return Sequence(stages=tuple(stages), softmax=True)
        given = _Given(path=leaf, module=module, tensors=tensors, width=width)
        make = MAKERS.get(module.kind, _activated)
        made = None if module.is_own else make(given)
        if made is None or made.input_size != width:
            return Sequence(unknown=f"{leaf} ({module.kind})")
        stages.append(made)
        width = made.output_size
    return Sequence(stages=tuple(stages))


def _leaves(path: str, modules: Mapping[str, ModuleRecord]) -> list[str]:
    """The modules in a Sequential in their order, those of nested ones in place."""
    leaves = []
    for name in modules[path].children:
        below = f"{path}.{name}"
        if below in modules:
            leaves += _leaves(below, modules) if is_sequential(modules[below]) else [below]
    return leaves


def _is_softmax(module: ModuleRecord) -> bool:
    return module.kind == "Softmax" and module.options.get("dim") in (-1, 2)


def _activated(given: _Given) -> Scaled | None:
    named = _spelled(given.module)
    if named is None:
        return None
    ones = np.ones(given.width, np.float32)
    return Scaled(scale=ones, offset=0 * ones, activation=named)


def _spelled(module: ModuleRecord) -> str | None:
    """An activation as we spell it; None where it is none, or its number is not recorded."""
    options = module.options
    if module.kind in WITH_NUMBERS:
        plain, key = WITH_NUMBERS[module.kind]
        number = options.get(key)
        return f"{plain}({float(number)!r})" if isinstance(number, int | float) else None
    if module.kind == "GELU":
        return {"none": "gelu", "tanh": "gelu_tanh"}.get(options.get("approximate", ""))
    if module.kind == "Softplus":
        return "softplus" if options.get("beta") == 1 else None
    if module.kind == "Hardtanh":
        ends = (options.get("min_val"), options.get("max_val"))
        return "hard_tanh" if ends == (-1, 1) else None
    return FIXED.get(module.kind)


def _dense(given: _Given) -> Dense | None:
    kernel, bias = given.load("weight", transposed=True), given.load("bias")
    if kernel is None or kernel.ndim != 2:
        return None
    return Dense(
        kernel=kernel, bias=np.zeros(kernel.shape[1], kernel.dtype) if bias is None else bias
    )


def _layer_norm(given: _Given) -> Normalised | None:
    scale, offset, epsilon = (
        given.load("weight"),
        given.load("bias"),
        given.module.options.get("eps"),
    )
    if scale is None or scale.shape != (given.width,) or not isinstance(epsilon, float):
        return None
    offset = np.zeros_like(scale) if offset is None else offset
    return Normalised(scale=scale, offset=offset, epsilon=epsilon)


def _batch_norm(given: _Given) -> Scaled | None:
    mean, variance = given.load("running_mean"), given.load("running_var")
    epsilon = given.module.options.get("eps")
    if mean is None or variance is None or not isinstance(epsilon, float):
        return None
    gamma, beta = given.load("weight"), given.load("bias")
    scale = (1 if gamma is None else gamma) / np.sqrt(variance + np.float32(epsilon))
    return Scaled(scale=scale, offset=(0 if beta is None else beta) - mean * scale)


MAKERS: Mapping[str, Callable[[_Given], Stage | None]] = {
    "Linear": _dense,
    "LayerNorm": _layer_norm,
    "BatchNorm1d": _batch_norm,
}
