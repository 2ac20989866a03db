"""The ONNX operators LSTM, GRU and RNN as our layers. ONNX's orders of blocks live only here.

    LSTM: i o f c, rows; peepholes i o f      GRU: z r h, rows      RNN: one block, rows

Source: the operators LSTM-22, GRU-22 and RNN-22, and what onnxruntime makes of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx.helper

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters, LSTMVariant
from ...cells.rnn import RNNParameters
from ...model import CellParameters, Layer
from ...record import Array, record
from ..errors import ModelFileError, shown
from .constants import Fill, Scope
from .partial import OneSequence

BLOCKS = {"LSTM": 4, "GRU": 3, "RNN": 1}
ORDER = {
    "LSTM": (0, 2, 3, 1),  # i o f c as i f g o
    "COUPLED": (0, 3, 1),  # i o f c as i g o: f is 1 - i and has no weights of its own
    "GRU": (1, 0, 2),  # z r h as r z n
    "RNN": (0,),
}
CONVENTIONS = {"LSTM": "i o f c, rows", "GRU": "z r h, rows", "RNN": "one block, rows"}
ACTIVATIONS = {
    "LSTM": ("Sigmoid", "Tanh", "Tanh"),
    "GRU": ("Sigmoid", "Tanh"),
    "RNN": ("Tanh",),
}
PLAIN = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "relu",
    "softsign": "softsign",
    "softplus": "softplus",
}
WITH_NUMBERS: dict[str, tuple[str, tuple[float, ...]]] = {
    "affine": ("affine", (0.0, 0.0)),
    "leakyrelu": ("leaky_relu", (0.01,)),
    "thresholdedrelu": ("thresholded_relu", (0.0,)),
    "scaledtanh": ("scaled_tanh", (0.0, 0.0)),
    "hardsigmoid": ("hard_sigmoid", (0.2, 0.5)),
    "elu": ("elu", (1.0,)),
}
"""Our spelling, and the defaults of alpha and beta where they are taken.

Without alpha and beta, onnxruntime takes zero for affine, scaledtanh and (against the operator
of that name, whose alpha is 1) thresholdedrelu; so do we.
"""

X, W, R, B, SEQUENCE_LENS, INITIAL_H, INITIAL_C, P = range(8)  # the operator's inputs


@record
class Weights:
    """One node's constant inputs: float32 or float64, directions first; None where absent."""

    kernel: Array  # (directions, B·H, D)
    recurrent_kernel: Array  # (directions, B·H, H)
    bias: Array  # (directions, 2·B·H)
    peephole: Array | None  # (directions, 3·H), i o f

    @property
    def hidden_size(self) -> int:
        """H."""
        return int(self.recurrent_kernel.shape[2])


def is_batch_first(node: Any) -> bool:
    """Return whether a node reads (batch, time, numbers), rather than time first."""
    return any(attribute.name == "layout" and attribute.i for attribute in node.attribute)


def layer(node: Any, scope: Scope, name: str) -> Layer:
    """Return the layer that a node is; ModelFileError where it cannot be expressed."""
    attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    kind = str(node.op_type)
    direction = attributes.get("direction", b"forward").decode("utf-8", "replace")
    if direction not in ("forward", "reverse", "bidirectional"):
        raise ModelFileError(f"{shown(name)} has the direction {shown(direction)}: none is known.")
    directions = 2 if direction == "bidirectional" else 1
    weights = _weights(node, scope, attributes, directions, name)
    spelled = _activations(kind, directions, attributes, name)
    made = [_parameters(kind, weights, k, spelled[k], attributes) for k in range(directions)]
    batch_first = is_batch_first(node)
    initial = [
        _initial(node, scope, slot, (directions, weights.hidden_size), batch_first, name)
        for slot in (INITIAL_H, INITIAL_C)
    ]
    return Layer(
        name=name,
        forward=made[0],
        backward=made[1] if directions == 2 else None,
        reverse=direction == "reverse",
        convention=f"ONNX: {_convention(kind, attributes)}",
        initial_hidden=_of_one(initial[0], directions, weights.kernel.dtype),
        initial_cell=_of_one(initial[1], directions, weights.kernel.dtype),
    )


def _convention(kind: str, attributes: Mapping[str, Any]) -> str:
    words = CONVENTIONS[kind]
    if kind == "GRU":
        words += ", reset " + ("after" if attributes.get("linear_before_reset") else "before")
    if kind == "LSTM" and attributes.get("input_forget"):
        words += ", f = 1 - i"
    return words


def given(node: Any, slot: int) -> str:
    """The name of input `slot`; "" where it is left out."""
    return str(node.input[slot]) if slot < len(node.input) else ""


def _weights(
    node: Any, scope: Scope, attributes: Mapping[str, Any], directions: int, name: str
) -> Weights:
    kind = str(node.op_type)
    kernel, recurrent_kernel = (_array(node, scope, slot, name) for slot in (W, R))
    if kernel is None or recurrent_kernel is None:
        raise ModelFileError(f"{shown(name)} ({kind}) has no weights.")
    hidden_size = recurrent_kernel.shape[-1] if recurrent_kernel.ndim == 3 else 0
    rows = BLOCKS[kind] * hidden_size
    bias, peephole = (
        _array(node, scope, slot, name) if slot != P or kind == "LSTM" else None for slot in (B, P)
    )
    if bias is None:
        bias = np.zeros((directions, 2 * rows), kernel.dtype)
    fit = {
        "W": (kernel, (directions, rows, kernel.shape[-1] if kernel.ndim else 0)),
        "R": (recurrent_kernel, (directions, rows, hidden_size)),
        "B": (bias, (directions, 2 * rows)),
        "P": (peephole, (directions, 3 * hidden_size)),
    }
    for what, (array, shape) in fit.items():
        if array is not None and (array.shape != shape or not array.size):
            raise ModelFileError(
                f"{shown(name)} ({kind}): {what} is {array.shape}, expected {shape}."
            )
    if attributes.get("hidden_size", hidden_size) != hidden_size:
        raise ModelFileError(
            f"{shown(name)} ({kind}): hidden_size is {attributes['hidden_size']}, but its weights "
            f"are of {hidden_size} units: the file contradicts itself. Export the model again."
        )
    return Weights(
        kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias, peephole=peephole
    )  # fmt: skip


def _array(node: Any, scope: Scope, slot: int, name: str) -> Array | None:
    """Constant input `slot` as float32 or float64; None where it is left out."""
    words = ["X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P"][slot]
    if not given(node, slot):
        return None
    value = scope.constant(given(node, slot))
    if not isinstance(value, np.ndarray):
        maker = scope.producer(given(node, slot))
        whence = f"computed by {shown(maker[0].op_type)}" if maker else "an input of the graph"
        raise ModelFileError(f"{shown(name)} ({node.op_type}): {words} is {whence}, no constant.")
    if value.dtype.itemsize < 4 or value.dtype.kind != "f":
        value = value.astype(np.float32)  # float16 and bfloat16: exactly
    return _finite(value, f"{shown(name)} ({node.op_type}): {words}")


def _finite(value: Array, what: str) -> Array:
    """The same array; ModelFileError where it has numbers that are none."""
    if value.size and not (np.isfinite(value.min()) and np.isfinite(value.max())):
        raise ModelFileError(f"{what} has NaN or infinity in it.")
    return value


def _columns(values: Array, order: Sequence[int], blocks: int) -> Array:
    """Rows (B·H, ·) in ONNX's order as columns (·, B·H) in ours, in one copy."""
    size = values.shape[0] // blocks
    columns = np.empty((values.shape[1], size * len(order)), values.dtype.newbyteorder("="))
    for k, block in enumerate(order):
        columns[:, k * size : (k + 1) * size] = values[block * size : (block + 1) * size].T
    return columns


def _parameters(
    kind: str, weights: Weights, k: int, spelled: Sequence[str], attributes: Mapping[str, Any]
) -> CellParameters:
    """The parameters of direction `k`."""
    coupled = kind == "LSTM" and bool(attributes.get("input_forget", 0))
    order, blocks = ORDER["COUPLED" if coupled else kind], BLOCKS[kind]
    clip = _shortest(attributes["clip"]) if attributes.get("clip") else None
    own, recurrent = np.split(weights.bias[k], 2)
    hidden_size = weights.hidden_size
    after = kind == "GRU" and bool(attributes.get("linear_before_reset", 0))
    bias = _finite(own + recurrent, "B, summed,")
    if after:
        bias[-hidden_size:] = own[-hidden_size:]
    common: dict[str, Any] = {
        "kernel": _columns(weights.kernel[k], order, blocks),
        "recurrent_kernel": _columns(weights.recurrent_kernel[k], order, blocks),
        "bias": _columns(bias[:, np.newaxis], order, blocks)[0],
    }
    if kind == "RNN":
        return RNNParameters(**common, activation=spelled[0], clip=clip)
    if kind == "GRU":
        return GRUParameters(
            **common,
            recurrent_bias=recurrent[-hidden_size:].copy() if after else None,
            recurrent_activation=spelled[0],
            activation=spelled[1],
            clip=clip,
        )
    variant = LSTMVariant(
        forget="coupled" if coupled else "gate",
        recurrent_activation=spelled[0],
        activation=spelled[1],
        output_activation=spelled[2],
        clip=clip,
    )
    peephole = None
    if weights.peephole is not None:
        i, o, f = np.split(weights.peephole[k], 3)
        peephole = np.stack([i, o] if coupled else [i, f, o])
    return LSTMParameters(**common, peephole=peephole, variant=variant)


def _activations(
    kind: str, directions: int, attributes: Mapping[str, Any], name: str
) -> list[list[str]]:
    """Our spellings of the activations of each direction; alphas and betas go in order.

    Raises ModelFileError for an activation that is not known.
    """
    count = len(ACTIVATIONS[kind])
    named = [n.decode("utf-8", "replace") for n in attributes.get("activations", ())]
    named = named or list(ACTIVATIONS[kind]) * directions
    if len(named) != count * directions:
        raise ModelFileError(
            f"{shown(name)} ({kind}) names {len(named)} activations: expected {count * directions}."
        )
    alphas = iter(attributes.get("activation_alpha", ()))
    betas = iter(attributes.get("activation_beta", ()))
    spelled = [_spelling(one, alphas, betas, name) for one in named]
    return [spelled[k * count : (k + 1) * count] for k in range(directions)]


def _spelling(named: str, alphas: Any, betas: Any, name: str) -> str:
    lowered = named.lower()
    if lowered in PLAIN:
        return PLAIN[lowered]
    if lowered not in WITH_NUMBERS:
        raise ModelFileError(f"{shown(name)} has the activation {shown(named)}: it is not known.")
    ours, defaults = WITH_NUMBERS[lowered]
    numbers = [
        _shortest(next(source, default))
        for source, default in zip((alphas, betas), defaults, strict=False)
    ]
    return f"{ours}({', '.join(repr(number) for number in numbers)})"


def _shortest(number: float) -> float:
    """0.2 for the float32 that stands for it."""
    return float(str(np.float32(number)))


def _initial(
    node: Any, scope: Scope, slot: int, sizes: tuple[int, int], batch_first: bool, name: str
) -> Array | None:
    """The initial state (directions, batch, H) that a graph records; None where it has none."""
    if not given(node, slot) or (slot == INITIAL_C and node.op_type != "LSTM"):
        return None
    value = scope.constant(given(node, slot))
    directions, hidden_size = sizes
    if isinstance(value, Fill):
        value, batch_first = np.full((directions, 1, hidden_size), value.value), False
    if isinstance(value, OneSequence):
        value = value.array
    if not isinstance(value, np.ndarray):
        return None
    value = np.moveaxis(value, 1, 0) if batch_first and value.ndim == 3 else value
    if value.ndim != 3 or (value.shape[0], value.shape[2]) != (directions, hidden_size):
        raise ModelFileError(
            f"{shown(name)}: an initial state is {value.shape}, expected ({directions}, batch, "
            f"{hidden_size})."
        )
    return value if _finite(value, f"{shown(name)}: an initial state").any() else None


def _of_one(state: Array | None, directions: int, dtype: Any) -> Array | None:
    """An initial state as a layer keeps it: without the axis of a batch where its rows agree."""
    if state is None:
        return None
    state = state.astype(dtype)
    if (state == state[:, :1]).all():
        state = state[:, 0]
    return state if directions == 2 else state[0]
