"""The LSTM cell: the definition, as in the literature.

    zᵢ = x·Wᵢ + h₋·Uᵢ + bᵢ [+ pᵢ∘c₋]      i = σ(zᵢ)          input gate
    z_f = x·W_f + h₋·U_f + b_f [+ p_f∘c₋]   f = σ(z_f)         forget gate
    z_g = x·W_g + h₋·U_g + b_g              g = tanh(z_g)      candidate
                                            c = f∘c₋ + i∘g     cell state
    z_o = x·W_o + h₋·U_o + b_o [+ p_o∘c]    o = σ(z_o)         output gate
                                            h = o∘tanh(c) [·R] hidden state

Sources: Hochreiter & Schmidhuber 1997 (no forget gate); Gers, Schmidhuber & Cummins 2000
(forget gate); Gers & Schmidhuber 2000 (peepholes p); Sak, Senior & Beaufays 2014
(projection R); Greff et al. 2017 (coupled gates, f = 1 - i).
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from ..activations import activation
from ..record import Array, record
from ..vocabulary import Kind
from .common import Parameters, State, expect

Forget = Literal["gate", "none", "coupled"]


@record
class LSTMVariant:
    """Which LSTM of the literature this is.

    `forget`: "gate" has a forget gate of its own; "none" keeps everything, f = 1 (1997);
    "coupled" forgets what it makes room for, f = 1 - i. `clip` bounds every preactivation to
    -clip..clip (ONNX). Activations are spelled as in `activations.activation`:
    `recurrent_activation` for the gates, `activation` for the candidate and
    `output_activation` for the cell state on its way to the hidden state.
    """

    forget: Forget = "gate"
    recurrent_activation: str = "sigmoid"
    activation: str = "tanh"
    output_activation: str = "tanh"
    clip: float | None = None

    def check(self) -> None:
        """Raise ValueError for an unknown word."""
        if self.forget not in ("gate", "none", "coupled"):
            raise ValueError(f"forget is {self.forget!r}: expected gate, none or coupled")
        for spelling in (self.recurrent_activation, self.activation, self.output_activation):
            activation(spelling)
        if self.clip is not None and not self.clip > 0:
            raise ValueError(f"clip is {self.clip}: expected a positive number or None")


@record
class LSTMParameters(Parameters):
    """The trained numbers of an LSTM layer; blocks i f g o (i g o without a forget gate).

    >>> lstm = LSTMParameters(
    ...     kernel=np.zeros((3, 8)), recurrent_kernel=np.zeros((2, 8)), bias=np.zeros(8)
    ... )
    >>> lstm.input_size, lstm.hidden_size, lstm.blocks
    (3, 2, ('input_gate', 'forget_gate', 'candidate', 'output_gate'))
    """

    kind: ClassVar[Kind] = "lstm"

    peephole: Array | None = None  # p: (3, H), rows i f o; (2, H), rows i o, without f
    projection: Array | None = None  # R: (H, P)
    variant: LSTMVariant = LSTMVariant()

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks that have weights: without a forget gate of its own there are three."""
        if self.variant.forget == "gate":
            return ("input_gate", "forget_gate", "candidate", "output_gate")
        return ("input_gate", "candidate", "output_gate")

    @property
    def state_size(self) -> int:
        """S = P + H: how many numbers are carried from one timestep to the next."""
        return self.output_size + self.hidden_size

    @property
    def expected_output_size(self) -> int:
        """P where the hidden state is projected, else H."""
        return self.hidden_size if self.projection is None else int(self.projection.shape[-1])

    def check(self) -> None:
        """Raise ValueError where shapes or dtypes do not fit together."""
        super().check()
        if self.peephole is not None:
            expect(self, "peephole", (len(self.blocks) - 1, self.hidden_size))
        if self.projection is not None:
            expect(self, "projection", (self.hidden_size, self.expected_output_size))

    def peepholes(self) -> dict[str, Array]:
        """Return the peephole weights (H,) by the name of their gate; empty without any."""
        if self.peephole is None:
            return {}
        gates = (name for name in self.blocks if name != "candidate")
        return dict(zip(gates, self.peephole, strict=True))

    def options(self) -> dict[str, str | bool]:
        """Return what makes this one LSTM of the literature and not another, by name.

        Activations are spelled as in `activations.activation`.
        """
        return {
            "recurrent_activation": self.variant.recurrent_activation,
            "activation": self.variant.activation,
            "output_activation": self.variant.output_activation,
            "forget": self.variant.forget,
            "peephole": self.peephole is not None,
            "projection": self.projection is not None,
        }

    def initial_state(self, leading: tuple[int, ...] = ()) -> LSTMState:
        """Return the state of zeros, h (..., P) and c (..., H), for these batch axes."""
        return LSTMState(
            hidden_state=np.zeros((*leading, self.output_size), self.dtype),
            cell_state=np.zeros((*leading, self.hidden_size), self.dtype),
        )


@record
class LSTMState(State):
    """What an LSTM carries from one timestep to the next."""

    cell_state: Array  # c: (..., H), unbounded

    @property
    def memory(self) -> Array:
        """The cell state, (..., H)."""
        return self.cell_state


@record
class LSTMStep:
    """Everything one timestep computed."""

    kind: ClassVar[Kind] = "lstm"

    input: Array  # x: (..., D)
    previous: LSTMState  # h₋ and c₋
    preactivation: Array  # z: (..., B, H), what went into the activations, blocks in order
    input_gate: Array  # i: (..., H), in (0, 1)
    forget_gate: Array  # f: (..., H), in (0, 1)
    candidate: Array  # g: (..., H), in (-1, 1)
    output_gate: Array  # o: (..., H), in (0, 1)
    cell_state: Array  # c: (..., H)
    hidden_state: Array  # h: (..., P), in (-1, 1) unless projected

    @property
    def retained(self) -> Array:
        """f∘c₋ (..., H): what the forget gate let pass."""
        return self.forget_gate * self.previous.cell_state

    @property
    def written(self) -> Array:
        """i∘g (..., H): what the input gate let in."""
        return self.input_gate * self.candidate

    @property
    def state(self) -> LSTMState:
        """What is carried on to the next timestep."""
        return LSTMState(hidden_state=self.hidden_state, cell_state=self.cell_state)


def step(parameters: LSTMParameters, previous: LSTMState, input: Array) -> LSTMStep:
    """One timestep of an LSTM; the equations stand at the head of this module.

    `input` is (..., D), the previous states (..., P) and (..., H); all leading axes are
    batch. Raises ValueError where the last axes do not fit (from NumPy's matrix product).

    >>> one_unit = LSTMParameters(
    ...     kernel=np.array([[0.0, 0.0, 1.0, 0.0]]), recurrent_kernel=np.zeros((1, 4)),
    ...     bias=np.array([0.0, 2.0, 0.0, 0.0]),
    ... )
    >>> first = step(one_unit, one_unit.initial_state(), np.array([0.5]))
    >>> second = step(one_unit, first.state, np.array([0.0]))
    >>> (second.cell_state == second.forget_gate * first.cell_state + second.written).all()
    np.True_
    """
    variant = parameters.variant
    gate = activation(variant.recurrent_activation)
    squash = activation(variant.activation)
    show = activation(variant.output_activation)
    peephole = parameters.peepholes()
    clip = np.inf if variant.clip is None else variant.clip

    z = parameters.split(
        input @ parameters.kernel
        + previous.hidden_state @ parameters.recurrent_kernel
        + parameters.bias
    )

    def look(name: str, cell_state: Array) -> None:
        if name in peephole:
            z[name] = z[name] + peephole[name] * cell_state
        z[name] = np.clip(z[name], -clip, clip)

    look("input_gate", previous.cell_state)
    input_gate = gate(z["input_gate"])

    if variant.forget == "gate":
        look("forget_gate", previous.cell_state)
        forget_gate = gate(z["forget_gate"])
    elif variant.forget == "coupled":
        forget_gate = 1 - input_gate
    else:
        forget_gate = np.ones_like(input_gate)

    look("candidate", previous.cell_state)
    candidate = squash(z["candidate"])

    cell_state = forget_gate * previous.cell_state + input_gate * candidate

    look("output_gate", cell_state)
    output_gate = gate(z["output_gate"])

    hidden_state = output_gate * show(cell_state)
    if parameters.projection is not None:
        hidden_state = hidden_state @ parameters.projection

    return LSTMStep(
        input=input,
        previous=previous,
        preactivation=np.stack([z[name] for name in parameters.blocks], axis=-2),
        input_gate=input_gate,
        forget_gate=forget_gate,
        candidate=candidate,
        output_gate=output_gate,
        cell_state=cell_state,
        hidden_state=hidden_state,
    )
