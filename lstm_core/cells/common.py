"""What all cells share: parameters in blocks, and the state that is carried on."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar, TypeVar

import numpy as np

from ..record import Array, record
from ..vocabulary import Kind, vocabulary

P = TypeVar("P", bound="Parameters")


@record
class Parameters:
    """The trained numbers of one recurrent layer in one direction.

    D is input_size, H hidden_size, P output_size (H but for a projected LSTM), and B the
    number of blocks, side by side along the last axis in the order of `blocks`.
    All arrays have one dtype, float32 or float64.
    """

    kind: ClassVar[Kind]

    kernel: Array  # W: (D, B·H), input to blocks
    recurrent_kernel: Array  # U: (P, B·H), hidden state to blocks
    bias: Array  # b: (B·H,)

    @property
    def blocks(self) -> tuple[str, ...]:
        """The names of the blocks, in their order along the last axis."""
        return vocabulary(self.kind).blocks

    @property
    def input_size(self) -> int:
        """D: how many numbers come in at each timestep."""
        return int(self.kernel.shape[0])

    @property
    def hidden_size(self) -> int:
        """H: how many units there are."""
        return int(self.kernel.shape[1]) // len(self.blocks)

    @property
    def output_size(self) -> int:
        """How wide the hidden state is: H, or P where it is projected."""
        return int(self.recurrent_kernel.shape[0])

    @property
    def state_size(self) -> int:
        """S: how many numbers are carried from one timestep to the next."""
        return self.output_size

    @property
    def dtype(self) -> np.dtype[Any]:
        """The one dtype of all arrays."""
        return self.kernel.dtype

    @property
    def size(self) -> int:
        """How many trained numbers there are."""
        return sum(array.size for array in self.weights().values())

    def weights(self) -> dict[str, Array]:
        """Return the arrays that are there, by field name."""
        fields = ((f.name, getattr(self, f.name)) for f in dataclasses.fields(self))
        return {name: value for name, value in fields if isinstance(value, np.ndarray)}

    def replace(self: P, **arrays: Any) -> P:
        """Return a copy with some fields replaced."""
        return dataclasses.replace(self, **arrays)

    def astype(self: P, dtype: Any) -> P:
        """Return the same parameters with every array as `dtype`."""
        return self.replace(**{name: a.astype(dtype) for name, a in self.weights().items()})

    def split(self, values: Array) -> dict[str, Array]:
        """Cut (..., B·H) into its blocks: name to (..., H), as views."""
        size = values.shape[-1] // len(self.blocks)
        return {name: values[..., k * size : (k + 1) * size] for k, name in enumerate(self.blocks)}

    def check(self) -> None:
        """Raise ValueError where shapes or dtypes do not fit together."""
        width = len(self.blocks)
        if self.kernel.ndim != 2 or self.kernel.shape[1] % width or not self.kernel.size:
            raise ValueError(
                f"kernel is {self.kernel.shape}: expected (input_size, {width} * hidden_size), "
                f"one block each for {', '.join(self.blocks)}"
            )
        expect(self, "recurrent_kernel", (self.expected_output_size, self.kernel.shape[1]))
        expect(self, "bias", (self.kernel.shape[1],))
        for name, array in self.weights().items():
            if array.dtype != self.dtype or array.dtype not in (np.float32, np.float64):
                raise ValueError(
                    f"{name} is {array.dtype}: expected float32 or float64, the same for all"
                )

    @property
    def expected_output_size(self) -> int:
        """The number of rows recurrent_kernel must have."""
        return self.hidden_size


def expect(owner: object, name: str, shape: tuple[int, ...]) -> None:
    """Raise ValueError unless the array `owner.name` has exactly this shape."""
    actual = getattr(owner, name).shape
    if actual != shape:
        raise ValueError(f"{name} is {actual}: expected {shape}")


@record
class State:
    """What is carried from one timestep to the next."""

    hidden_state: Array  # h: (..., P)

    def arrays(self) -> dict[str, Array]:
        """Return every array that is carried, by field name."""
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @property
    def memory(self) -> Array:
        """What the cell remembers in, (..., H): the cell state, or h where there is none."""
        return self.hidden_state
