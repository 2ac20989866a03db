"""The graph of a TensorFlow Lite file: its operators, and the constants among its tensors.

Source: TensorFlow Lite's schema.fbs (version 3), read as a description.
"""

from __future__ import annotations

import math
from collections import Counter

import numpy as np

from ...record import Array, record
from ..errors import ModelFileError, shown
from .flatbuffer import Table, root

LSTM, BOTH_WAYS, RNN, LOOP = 44, 52, 35, 119
DENSE, SOFTMAX, LOGISTIC, RELU, TANH = 9, 25, 14, 19, 28
SAME_NUMBERS = (22, 39, 43, 70)  # RESHAPE, TRANSPOSE, SQUEEZE, EXPAND_DIMS
STRIDED_SLICE, SLICE, GATHER = 45, 65, 36
PICKS = (STRIDED_SLICE, SLICE, GATHER)
CONCATENATION, REVERSE = 2, 105
FLOAT, WHOLE = 0, 2
NAMES = {
    0: "ADD",
    2: "CONCATENATION",
    9: "FULLY_CONNECTED",
    14: "LOGISTIC",
    18: "MUL",
    22: "RESHAPE",
    25: "SOFTMAX",
    35: "RNN",
    36: "GATHER",
    39: "TRANSPOSE",
    40: "MEAN",
    44: "LSTM",
    45: "STRIDED_SLICE",
    52: "BIDIRECTIONAL_LSTM",
    65: "SLICE",
    105: "REVERSE_V2",
    119: "WHILE",
}


@record
class Operator:
    """One operator: its code, the tensors that it reads (-1 where one is left out) and gives."""

    code: int
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Table | None

    @property
    def title(self) -> str:
        """Its name in the schema, or its number."""
        return NAMES.get(self.code, f"operator {self.code}")


class Graph:
    """The operators of the first subgraph in their order, and its tensors."""

    def __init__(self, view: memoryview):
        """Read the tables of a file; raise ModelFileError for a damaged one."""
        model = root(view)
        self._buffers = model.tables(4)
        codes = [max(one.whole(0, "<b"), one.whole(3, "<i")) for one in model.tables(1)]
        subgraphs = model.tables(2)
        if not subgraphs:
            raise ModelFileError("The TensorFlow Lite file has no graph.")
        self._tensors = subgraphs[0].tables(0)
        self.operators = [_operator(table, codes) for table in subgraphs[0].tables(3)]

    def constant(self, tensor: int) -> Array | None:
        """Return the numbers of a tensor; None where it is left out or computed.

        Raises ModelFileError for numbers that are not float32, and where shape and bytes differ.
        """
        if tensor < 0:
            return None
        if tensor >= len(self._tensors):
            raise ModelFileError("An operator reads a tensor that is not there: it is damaged.")
        table = self._tensors[tensor]
        buffer = table.whole(2, "<I")
        if buffer >= len(self._buffers):
            raise ModelFileError("A tensor lies in a buffer that is not there: it is damaged.")
        content = self._buffers[buffer].array(0, "u1", None)
        if not len(content):
            return None
        name, shape = table.text(3), tuple(table.array(0, "<i4").tolist())
        if table.whole(1, "<b") != FLOAT:
            raise ModelFileError(
                f"The tensor {shown(name)} is quantised: only float models are read here. Convert "
                "the model without optimizations, or open the Keras model that it was made from."
            )
        if 4 * math.prod(shape) != len(content) or min(shape, default=1) < 0:
            raise ModelFileError(f"The tensor {shown(name)} claims the shape {shape}: damaged.")
        values = content.view("<f4").reshape(shape)
        if not np.isfinite(values).all():
            raise ModelFileError(f"The tensor {shown(name)} has NaN or infinity in it.")
        return values

    def whole_numbers(self, tensor: int) -> list[int] | None:
        """Return the whole numbers of a constant; None for another tensor."""
        if not 0 <= tensor < len(self._tensors) or self._tensors[tensor].whole(1, "<b") != WHOLE:
            return None
        buffer = self._tensors[tensor].whole(2, "<I")
        if buffer >= len(self._buffers):
            return None
        content = self._buffers[buffer].array(0, "u1", None)
        return None if not len(content) or len(content) % 4 else content.view("<i4").tolist()

    def shape(self, tensor: int) -> tuple[int, ...]:
        """Return the shape of a tensor as the converter knew it; () for none."""
        if not 0 <= tensor < len(self._tensors):
            return ()
        return tuple(self._tensors[tensor].array(0, "<i4").tolist())

    @property
    def time_axis(self) -> int:
        """The axis of time of what the LSTMs read: 1, or 0 where they say so."""
        options = [one.options for one in self.operators if one.code == LSTM and one.options]
        return 0 if any(one.whole(3, "<b") for one in options) else 1

    def maker(self, tensor: int) -> Operator | None:
        """Return the operator that makes a tensor; None for an input or a constant."""
        return next((one for one in self.operators if tensor in one.outputs), None)

    def original(self, tensor: int) -> int:
        """Return the tensor of the same numbers, from before they only changed their shape."""
        for _ in range(len(self.operators)):
            maker = self.maker(tensor)
            if maker is None or maker.code not in SAME_NUMBERS or not maker.inputs:
                return tensor
            tensor = maker.inputs[0]
        return tensor

    def readers(self, tensor: int) -> list[Operator]:
        """Return the operators that read a tensor."""
        return [one for one in self.operators if tensor in one.inputs]

    def counted(self) -> tuple[str, ...]:
        """Return the operators, each with how often it is there."""
        counts = Counter(one.title for one in self.operators)
        return tuple(f"{name} ({count})" for name, count in counts.most_common(20))


def _operator(table: Table, codes: list[int]) -> Operator:
    index = table.whole(0, "<I")
    if index >= len(codes):
        raise ModelFileError("An operator of the file has no code: it is damaged.")
    inputs, outputs = (tuple(table.array(field, "<i4").tolist()) for field in (1, 2))
    return Operator(code=codes[index], inputs=inputs, outputs=outputs, options=table.table(4))
