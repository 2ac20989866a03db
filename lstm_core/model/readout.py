"""What is read off the last layer: a dense layer with softmax, sigmoid or nothing behind it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from ..activations import activation
from ..record import Array, record

ReadoutActivation = Literal["softmax", "sigmoid", "linear"]


@record
class Readout:
    """What is read off the last layer at each timestep: y = activation(h·W + b).

    `labels` name the K outputs: symbols, or the columns that are predicted. A linear readout
    predicts in scaled numbers; `offset` and `scale` (K,) turn them back: value = y·scale +
    offset.
    """

    kernel: Array  # W: (D_out, K)
    bias: Array  # b: (K,)
    activation: ReadoutActivation
    labels: tuple[str, ...]
    offset: Array | None = None  # (K,)
    scale: Array | None = None  # (K,)

    def check(self) -> None:
        """Raise ValueError where shapes or names do not fit."""
        if self.kernel.ndim != 2 or self.bias.shape != self.kernel.shape[1:]:
            raise ValueError(
                f"readout kernel is {self.kernel.shape} and bias {self.bias.shape}: "
                "expected (hidden_size, outputs) and (outputs,)"
            )
        if len(self.labels) != self.bias.size:
            raise ValueError(f"labels are {len(self.labels)}: expected {self.bias.size}")
        if self.activation not in ("softmax", "sigmoid", "linear"):
            raise ValueError(
                f"activation is {self.activation!r}: expected softmax, sigmoid or linear"
            )

    def logits(self, outputs: Array) -> Array:
        """Return h·W + b, (..., K)."""
        logits: Array = outputs @ self.kernel + self.bias
        return logits

    def predict(self, outputs: Array) -> Array:
        """Return the predictions (..., K) from the last layer's outputs (..., D_out)."""
        logits = self.logits(outputs)
        if self.activation == "softmax":
            return softmax(logits)
        if self.activation == "sigmoid":
            return activation("sigmoid")(logits)
        if self.scale is None or self.offset is None:
            return logits
        return logits * self.scale + self.offset


def softmax(logits: Array) -> Array:
    """Return exp(z) / Σ exp(z) over the last axis, shifted so that it cannot overflow."""
    powers: Array = np.exp(logits - logits.max(axis=-1, keepdims=True))
    powers /= powers.sum(axis=-1, keepdims=True)
    return powers
