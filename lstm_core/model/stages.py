"""What stands around the recurrent layers, timestep by timestep: dense layers, norms, activations.

    Dense        y = activation(x·W + b)
    Scaled       y = activation(x∘s + b)                      batch normalisation once it is trained
    Normalised   y = activation(s∘(x - mean)/√(var + ε) + b)  layer normalisation, over one timestep

Each changes one timestep at a time, so that a sequence of T stays one of T. Before the first layer
there may also be windows over time, `windows`, and behind the last pooling over all of it,
`over_time`.
"""

from __future__ import annotations

import numpy as np

from ..activations import activation
from ..record import Array, record


@record
class Dense:
    """y = activation(x·W + b) at each timestep."""

    kernel: Array  # W: (D, K)
    bias: Array  # b: (K,)
    activation: str = "identity"

    def check(self) -> None:
        """Raise ValueError where shapes do not fit, or for an activation that there is not."""
        if self.kernel.ndim != 2 or self.bias.shape != self.kernel.shape[1:]:
            raise ValueError(
                f"dense kernel is {self.kernel.shape} and bias {self.bias.shape}: expected "
                "(inputs, outputs) and (outputs,)"
            )
        activation(self.activation)

    @property
    def input_size(self) -> int:
        """D: how many numbers come in at each timestep."""
        return len(self.kernel)

    @property
    def output_size(self) -> int:
        """K: how many numbers go out at each timestep."""
        return len(self.bias)

    @property
    def is_affine(self) -> bool:
        """Whether what goes out is a sum of what comes in, with fixed factors."""
        return self.activation == "identity"

    def apply(self, values: Array) -> Array:
        """Return (..., K) for values (..., D)."""
        return activation(self.activation)(values @ self.kernel + self.bias)

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (..., D) from ∂L/∂ what `apply` makes of them, (..., K)."""
        before = values @ self.kernel + self.bias
        d_values: Array = _through(self.activation, before, d_outputs) @ self.kernel.T
        return d_values


@record
class Scaled:
    """y = activation(x∘scale + offset) at each timestep; scale 1 and offset 0 are an activation."""

    scale: Array  # (D,)
    offset: Array  # (D,)
    activation: str = "identity"

    def check(self) -> None:
        """Raise ValueError where shapes do not fit, or for an activation that there is not."""
        if self.scale.ndim != 1 or self.scale.shape != self.offset.shape:
            raise ValueError(f"scale is {self.scale.shape}: expected {self.offset.shape}")
        activation(self.activation)

    @property
    def input_size(self) -> int:
        """D: how many numbers come in, and go out, at each timestep."""
        return len(self.scale)

    @property
    def output_size(self) -> int:
        """D: how many numbers go out at each timestep."""
        return len(self.scale)

    @property
    def is_affine(self) -> bool:
        """Whether what goes out is a sum of what comes in, with fixed factors."""
        return self.activation == "identity"

    def apply(self, values: Array) -> Array:
        """Return (..., D) for values (..., D)."""
        return activation(self.activation)(values * self.scale + self.offset)

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (..., D) from ∂L/∂ what `apply` makes of them, (..., D)."""
        before = values * self.scale + self.offset
        return _through(self.activation, before, d_outputs) * self.scale


@record
class Normalised(Scaled):
    """The same after each timestep's mean was taken off, and its deviation divided by."""

    epsilon: float = 1e-3

    @property
    def is_affine(self) -> bool:
        """False: each timestep is divided by its own deviation."""
        return False

    def apply(self, values: Array) -> Array:
        """Return (..., D) for values (..., D)."""
        normal, _ = self._normal(values)
        return super().apply(normal)

    def gradient(self, values: Array, d_outputs: Array) -> Array:
        """Return ∂L/∂values (..., D) from ∂L/∂ what `apply` makes of them, (..., D)."""
        normal, deviation = self._normal(values)
        d_normal = super().gradient(normal, d_outputs)
        shared = (d_normal * normal).mean(axis=-1, keepdims=True) * normal
        d_values: Array = (d_normal - d_normal.mean(axis=-1, keepdims=True) - shared) / deviation
        return d_values

    def _normal(self, values: Array) -> tuple[Array, Array]:
        """Each timestep with mean 0 and deviation 1, and the deviation that it had."""
        centered = values - values.mean(axis=-1, keepdims=True)
        variance = (centered**2).mean(axis=-1, keepdims=True)
        deviation = np.sqrt(variance + values.dtype.type(self.epsilon))
        return centered / deviation, deviation


PointStage = Dense | Scaled | Normalised
"""What changes one timestep at a time."""


def _through(named: str, before: Array, d_outputs: Array) -> Array:
    """∂L/∂ what an activation reads, from ∂L/∂ what it gives."""
    function = activation(named)
    slope: Array = function.derivative(before, function(before))
    return d_outputs * slope
