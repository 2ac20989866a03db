"""The standard RNN cell: one tanh layer, the chain that forgets.

    z = x·W + h₋·U + b        h = tanh(z)

Source: Elman 1990.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ..activations import activation
from ..record import Array, record
from ..vocabulary import Kind
from .common import Parameters, State


@record
class RNNParameters(Parameters):
    """The trained numbers of a standard RNN layer: a single block.

    `activation` is spelled as in `activations.activation`; `clip` bounds the preactivation
    to -clip..clip (ONNX).
    """

    kind: ClassVar[Kind] = "rnn"

    activation: str = "tanh"
    clip: float | None = None

    def check(self) -> None:
        """Raise ValueError where shapes, dtypes or names of activations do not fit together."""
        super().check()
        activation(self.activation)

    def options(self) -> dict[str, str | bool]:
        """Return what makes this one standard RNN of the literature and not another, by name.

        Activations are spelled as in `activations.activation`.
        """
        return {"activation": self.activation}

    def initial_state(self, leading: tuple[int, ...] = ()) -> State:
        """Return the state of zeros, h (..., H), for these batch axes."""
        return State(hidden_state=np.zeros((*leading, self.output_size), self.dtype))


@record
class RNNStep:
    """Everything one timestep computed."""

    kind: ClassVar[Kind] = "rnn"

    input: Array  # x: (..., D)
    previous: State  # h₋
    preactivation: Array  # z: (..., 1, H)
    hidden_state: Array  # h: (..., H), in (-1, 1)

    @property
    def state(self) -> State:
        """What is carried on to the next timestep."""
        return State(hidden_state=self.hidden_state)


def step(parameters: RNNParameters, previous: State, input: Array) -> RNNStep:
    """One timestep of a standard RNN: h = tanh(x·W + h₋·U + b).

    `input` is (..., D), the previous state (..., H); all leading axes are batch.
    Raises ValueError where the last axes do not fit (from NumPy's matrix product).
    """
    clip = np.inf if parameters.clip is None else parameters.clip
    z = np.clip(
        input @ parameters.kernel
        + previous.hidden_state @ parameters.recurrent_kernel
        + parameters.bias,
        -clip,
        clip,
    )
    return RNNStep(
        input=input,
        previous=previous,
        preactivation=z[..., np.newaxis, :],
        hidden_state=activation(parameters.activation)(z),
    )
