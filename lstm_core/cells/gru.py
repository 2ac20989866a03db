"""The GRU cell, with the reset after or before the recurrent product.

    r = σ(x·W_r + h₋·U_r + b_r)                       reset gate
    z = σ(x·W_z + h₋·U_z + b_z)                       update gate
    n = tanh(x·W_n + b_n + r∘(h₋·U_n + b_u))          candidate, reset after
    n = tanh(x·W_n + b_n + (r∘h₋)·U_n)                candidate, reset before
    h = z∘h₋ + (1 - z)∘n                              hidden state

Sources: Cho et al. 2014 (reset before); PyTorch and Keras's `reset_after` (reset after,
the form that CuDNN computes).
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ..activations import activation
from ..record import Array, record
from ..vocabulary import Kind
from .common import Parameters, State, expect


@record
class GRUParameters(Parameters):
    """The trained numbers of a GRU layer; blocks r z n.

    `recurrent_bias` (b_u) is there exactly when the reset comes after the product; the
    recurrent biases of r and z are summed into `bias`. `clip` bounds every preactivation to
    -clip..clip (ONNX).
    """

    kind: ClassVar[Kind] = "gru"

    recurrent_bias: Array | None = None  # b_u: (H,)
    recurrent_activation: str = "sigmoid"
    activation: str = "tanh"
    clip: float | None = None

    @property
    def reset_after(self) -> bool:
        """Whether the reset gate acts on the recurrent product rather than on h₋."""
        return self.recurrent_bias is not None

    def check(self) -> None:
        """Raise ValueError where shapes, dtypes or names of activations do not fit together."""
        super().check()
        if self.recurrent_bias is not None:
            expect(self, "recurrent_bias", (self.hidden_size,))
        activation(self.recurrent_activation)
        activation(self.activation)

    def options(self) -> dict[str, str | bool]:
        """Return what makes this one GRU of the literature and not another, by name.

        Activations are spelled as in `activations.activation`.
        """
        return {
            "recurrent_activation": self.recurrent_activation,
            "activation": self.activation,
            "reset_after": self.reset_after,
        }

    def initial_state(self, leading: tuple[int, ...] = ()) -> State:
        """Return the state of zeros, h (..., H), for these batch axes."""
        return State(hidden_state=np.zeros((*leading, self.output_size), self.dtype))


@record
class GRUStep:
    """Everything one timestep computed."""

    kind: ClassVar[Kind] = "gru"

    input: Array  # x: (..., D)
    previous: State  # h₋
    preactivation: Array  # (..., 3, H), what went into the activations, blocks r z n
    reset_gate: Array  # r: (..., H), in (0, 1)
    update_gate: Array  # z: (..., H), in (0, 1)
    candidate: Array  # n: (..., H), in (-1, 1)
    hidden_state: Array  # h: (..., H), in (-1, 1)

    @property
    def retained(self) -> Array:
        """z∘h₋ (..., H): what the update gate let pass."""
        return self.update_gate * self.previous.hidden_state

    @property
    def written(self) -> Array:
        """(1 - z)∘n (..., H): what the update gate let in."""
        return (1 - self.update_gate) * self.candidate

    @property
    def state(self) -> State:
        """What is carried on to the next timestep."""
        return State(hidden_state=self.hidden_state)


def step(parameters: GRUParameters, previous: State, input: Array) -> GRUStep:
    """One timestep of a GRU; the equations stand at the head of this module.

    `input` is (..., D), the previous state (..., H); all leading axes are batch.
    Raises ValueError where the last axes do not fit (from NumPy's matrix product).
    """
    gate = activation(parameters.recurrent_activation)
    squash = activation(parameters.activation)
    clip = np.inf if parameters.clip is None else parameters.clip

    hidden_state = previous.hidden_state
    from_input = parameters.split(input @ parameters.kernel + parameters.bias)
    kernel = parameters.split(parameters.recurrent_kernel)

    def gate_input(name: str) -> Array:
        z: Array = np.clip(from_input[name] + hidden_state @ kernel[name], -clip, clip)
        return z

    z_reset, z_update = gate_input("reset_gate"), gate_input("update_gate")
    reset_gate, update_gate = gate(z_reset), gate(z_update)

    if parameters.reset_after:
        recalled = reset_gate * (hidden_state @ kernel["candidate"] + parameters.recurrent_bias)
    else:
        recalled = (reset_gate * hidden_state) @ kernel["candidate"]
    z_candidate = np.clip(from_input["candidate"] + recalled, -clip, clip)
    candidate = squash(z_candidate)

    return GRUStep(
        input=input,
        previous=previous,
        preactivation=np.stack([z_reset, z_update, z_candidate], axis=-2),
        reset_gate=reset_gate,
        update_gate=update_gate,
        candidate=candidate,
        hidden_state=update_gate * hidden_state + (1 - update_gate) * candidate,
    )
