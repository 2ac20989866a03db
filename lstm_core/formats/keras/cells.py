"""Keras's arrays as our parameters. Keras's orders of blocks live here and nowhere else.

    LSTM: i f c o, columns        GRU: z r h, columns        CuDNN: as these, blocks transposed
    Keras 1 LSTM: i c f o, GRU: z r h, each block three arrays of its own

Sources: Keras 1 to 3's layers, and their conversion of older weights, run on the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from ...activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH
from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters, LSTMVariant
from ...cells.rnn import RNNParameters
from ...model import CellParameters
from ...record import Array, record
from ...vocabulary import Kind
from ..errors import ModelFileError, shown
from .activations import spelling

BLOCKS = {"lstm": 4, "gru": 3, "rnn": 1}
KINDS: dict[str, Kind] = {
    "LSTM": "lstm",
    "CuDNNLSTM": "lstm",
    "LSTMCell": "lstm",
    "GRU": "gru",
    "CuDNNGRU": "gru",
    "GRUCell": "gru",
    "SimpleRNN": "rnn",
    "SimpleRNNCell": "rnn",
}


@record
class Era:
    """Which Keras wrote a file; `known` is False where the file doesn't say."""

    major: int = 2
    minor: int = 15
    tensorflow: bool = False  # tf.keras in a version such as "2.2.4-tf"
    known: bool = False

    @property
    def hard_sigmoid(self) -> str:
        """What this Keras calls hard_sigmoid."""
        return HARD_SIGMOID if self.major < 3 else HARD_SIGMOID_SIXTH

    @property
    def recurrent_activation(self) -> str:
        """The default of this Keras's gates: hard_sigmoid before 2.3 (and TensorFlow 2)."""
        old = (self.major, self.minor) < ((2, 2) if self.tensorflow else (2, 3))
        return HARD_SIGMOID if old else "sigmoid"

    @property
    def reset_after(self) -> bool:
        """The default of this Keras's GRU."""
        return self.recurrent_activation == "sigmoid"


def era(version: str | None) -> Era:
    """Return the era of a version such as "2.1.6-tf"; None is unknown, taken as the latest 2."""
    match = re.match(r"(\d+)(?:\.(\d+))?", version or "")
    if version is None or match is None:
        return Era()
    return Era(
        major=int(match[1]),
        minor=int(match[2] or 0),
        tensorflow=version.endswith("-tf"),
        known=True,
    )


@record
class Cell:
    """How one Keras cell computes, beside its weights."""

    kind: Kind
    activation: str = "tanh"
    recurrent_activation: str = "sigmoid"
    reset_after: bool | None = None  # None: the biases tell


def cell(class_name: str, config: Mapping[str, Any], when: Era) -> Cell:
    """Return how a layer or cell of this class and configuration computes.

    Raises ModelFileError for a class or an activation that is not known here.
    """
    if class_name not in KINDS:
        raise ModelFileError(f"The recurrent cell {shown(class_name)} is not known here.")
    if class_name.startswith("CuDNN"):
        return Cell(kind=KINDS[class_name], reset_after=True)
    gates = config.get("recurrent_activation") or config.get("inner_activation")
    return Cell(
        kind=KINDS[class_name],
        activation=spelling(config.get("activation", "tanh"), when.hard_sigmoid),
        recurrent_activation=spelling(gates, when.hard_sigmoid)
        if gates
        else when.recurrent_activation,
        reset_after=bool(config.get("reset_after", False)),
    )


def parameters(how: Cell, arrays: Sequence[Array], where: str) -> tuple[CellParameters, str]:
    """Return the parameters of one direction, and in words how they stood in the file.

    `arrays` are kernel, recurrent_kernel and bias (or none), or Keras 1's 12 or 9. Raises
    ModelFileError, naming `where`, for shapes that do not fit.
    """
    arrays, first = _joined(how.kind, arrays)
    kernel, recurrent_kernel, bias = _checked(how.kind, arrays, where)
    blocks = BLOCKS[how.kind]
    hidden_size = len(recurrent_kernel)
    note = first or {"lstm": "i f c o", "gru": "z r h", "rnn": "one block"}[how.kind]
    if bias is not None and bias.shape == (2 * blocks * hidden_size,) and blocks > 1:
        kernel = _each_block(kernel, blocks, lambda k: k.T.reshape(k.shape, order="F"))
        recurrent_kernel = _each_block(recurrent_kernel, blocks, lambda k: k.T)
        bias = bias.reshape(2, -1)
        bias = bias.sum(axis=0) if how.kind == "lstm" else bias
        note += ", CuDNN (blocks transposed, two biases)"
    if bias is None:
        bias = np.zeros(kernel.shape[1], kernel.dtype)
        note += ", no bias"
        if how.kind == "gru" and how.reset_after:
            bias = np.zeros((2, kernel.shape[1]), kernel.dtype)
    try:
        made, after = _made(how, kernel, recurrent_kernel, bias)
    except ValueError as error:
        raise ModelFileError(f"The weights at {shown(where)} do not fit: {error}.") from error
    return made, note + after


def _made(
    how: Cell, kernel: Array, recurrent_kernel: Array, bias: Array
) -> tuple[CellParameters, str]:
    """The parameters of a cell from Keras's (not CuDNN's) arrays, and what else to say."""
    if how.kind == "gru":
        return _gru(how, kernel, recurrent_kernel, bias)
    common: dict[str, Any] = {
        "kernel": kernel,
        "recurrent_kernel": recurrent_kernel,
        "bias": bias,
    }
    if how.kind == "rnn":
        return RNNParameters(**common, activation=how.activation), ""
    variant = LSTMVariant(
        recurrent_activation=how.recurrent_activation,
        activation=how.activation,
        output_activation=how.activation,
    )
    return LSTMParameters(**common, variant=variant), ""


def _gru(
    how: Cell, kernel: Array, recurrent_kernel: Array, bias: Array
) -> tuple[GRUParameters, str]:
    """A GRU from blocks z r h; two biases mean that the reset comes after the product."""
    own, recurrent_bias, note = bias, None, ", reset before"
    if bias.ndim == 2:
        last = bias.shape[1] * 2 // 3
        own = bias[0].copy()
        own[:last] += bias[1, :last]
        recurrent_bias, note = bias[1, last:].copy(), ", reset after"
    made = GRUParameters(
        kernel=_reordered(kernel),
        recurrent_kernel=_reordered(recurrent_kernel),
        bias=_reordered(own),
        recurrent_bias=recurrent_bias,
        recurrent_activation=how.recurrent_activation,
        activation=how.activation,
    )
    return made, note


def _reordered(values: Array) -> Array:
    """Blocks z r h as r z n, along the last axis."""
    update, reset, candidate = np.split(values, 3, axis=-1)
    return np.concatenate([reset, update, candidate], axis=-1)


def _each_block(values: Array, blocks: int, change: Callable[[Array], Array]) -> Array:
    return np.hstack([change(block) for block in np.hsplit(values, blocks)])


def _joined(kind: Kind, arrays: Sequence[Array]) -> tuple[Sequence[Array], str]:
    """Keras 1's arrays of single blocks (W U b each) as the three of later times."""
    order = {("lstm", 12): (0, 2, 1, 3), ("gru", 9): (0, 1, 2)}.get((kind, len(arrays)))
    if order is None:
        return arrays, ""
    joined = [
        np.concatenate([arrays[3 * block + part] for block in order], axis=-1) for part in range(3)
    ]
    return joined, "i c f o, apart (Keras 1)" if kind == "lstm" else "z r h, apart (Keras 1)"


def _checked(kind: Kind, arrays: Sequence[Array], where: str) -> tuple[Array, Array, Array | None]:
    """Kernel, recurrent kernel and bias of shapes that fit together, or ModelFileError."""
    if len(arrays) not in (2, 3):
        raise ModelFileError(
            f"There are {len(arrays)} arrays at {shown(where)}: expected kernel, "
            "recurrent_kernel and bias."
        )
    kernel, recurrent_kernel = arrays[:2]
    bias = arrays[2] if len(arrays) == 3 else None
    hidden_size = recurrent_kernel.shape[0] if recurrent_kernel.ndim else 0
    columns = BLOCKS[kind] * hidden_size
    fits = kernel.ndim == 2 and kernel.shape[1] == columns > 0 and len(kernel) > 0
    if not fits or recurrent_kernel.shape != (hidden_size, columns):
        raise ModelFileError(
            f"At {shown(where)} kernel is {kernel.shape} and recurrent_kernel "
            f"{recurrent_kernel.shape}: expected (D, {BLOCKS[kind]}·H) and (H, {BLOCKS[kind]}·H) "
            f"of a {kind}."
        )
    allowed: set[tuple[int, ...]] = {(columns,)}
    if kind != "rnn":
        allowed.add((2 * columns,))
    if kind == "gru":
        allowed.add((2, columns))
    if bias is not None and bias.shape not in allowed:
        raise ModelFileError(f"At {shown(where)} bias is {bias.shape}: expected ({columns},).")
    return kernel, recurrent_kernel, bias
