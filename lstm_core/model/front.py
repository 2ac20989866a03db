"""What stands before the first recurrent layer, timestep by timestep: dense layers and norms.

    Dense        y = activation(x·W + b)
    Scaled       y = activation(x∘s + b)                      batch normalisation once it is trained
    Normalised   y = activation(s∘(x - mean)/√(var + ε) + b)  layer normalisation, over one timestep

Each changes one timestep at a time, so that a sequence of T stays one of T.
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

    def apply(self, values: Array) -> Array:
        """Return (..., K) for values (..., D)."""
        return activation(self.activation)(values @ self.kernel + self.bias)


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

    def apply(self, values: Array) -> Array:
        """Return (..., D) for values (..., D)."""
        return activation(self.activation)(values * self.scale + self.offset)


@record
class Normalised(Scaled):
    """The same after each timestep's mean was taken off, and its deviation divided by."""

    epsilon: float = 1e-3

    def apply(self, values: Array) -> Array:
        """Return (..., D) for values (..., D)."""
        centered = values - values.mean(axis=-1, keepdims=True)
        variance = (centered**2).mean(axis=-1, keepdims=True)
        normal = centered / np.sqrt(variance + values.dtype.type(self.epsilon))
        return super().apply(normal)


Stage = Dense | Scaled | Normalised


def check_front(front: tuple[Stage, ...], given: int | None, wanted: int, name: str) -> None:
    """Raise ValueError where one stage's outputs are not what the next one reads.

    `given` is what the encoder gives, None without one; `wanted` is what the layer `name` takes.
    """
    sizes = [*([] if given is None else [given])]
    for stage in front:
        if sizes and sizes[-1] != stage.input_size:
            raise ValueError(f"a stage before {name} takes {stage.input_size}, not {sizes[-1]}")
        sizes.append(stage.output_size)
    if sizes and sizes[-1] != wanted:
        raise ValueError(f"what stands before {name} gives {sizes[-1]} numbers: it takes {wanted}")
