"""A Keras of NumPy arrays, as far as a recorder looks at it: layers, cells, models, eager or not.

Layers are called as Keras 3 calls them, through `layer.call`, and compute with our own cells. That
the recorder understands Keras itself is what the files show that it recorded there, see
tests/golden/make_captures.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from lstm_core import LSTMParameters, LSTMState, unroll

from .stand_in import standing_in


class Symbol:
    """What a layer reads while a graph is built: it has a shape and no numbers."""

    shape = (None, None, 2)


class Layer:
    """A layer with a name; calling it goes through its `call`."""

    def __init__(self, name: str, *inside: Layer) -> None:
        self.name, self.inside = name, inside

    def _flatten_layers(self) -> Iterator[Layer]:
        yield self
        for layer in self.inside:
            yield from layer._flatten_layers()

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.call(*args, **kwargs)

    def call(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


class LSTMCell(Layer):
    def __init__(self, cell: LSTMParameters) -> None:
        super().__init__("lstm_cell")
        self.kernel, self.recurrent_kernel, self.bias = (
            cell.kernel,
            cell.recurrent_kernel,
            cell.bias,
        )

    def get_config(self) -> dict[str, Any]:
        return {"activation": "tanh", "recurrent_activation": "sigmoid", "use_bias": True}


class RNN(Layer):
    """The class of every recurrent layer."""


class LSTM(RNN):
    def __init__(self, name: str, cell: LSTMParameters, stateful: bool = False) -> None:
        self.cell, self.parameters, self.stateful = LSTMCell(cell), cell, stateful
        super().__init__(name, self.cell)
        self.states: list[np.ndarray] = [np.zeros((1, cell.hidden_size), np.float32)] * 2

    def get_config(self) -> dict[str, Any]:
        return {"return_sequences": True, "stateful": self.stateful, "go_backwards": False}

    def call(
        self, sequences: Any, initial_state: Any = None, mask: Any = None, training: bool = False
    ) -> Any:
        if isinstance(sequences, Symbol):
            return sequences
        given = self.states if self.stateful else initial_state
        start = None if given is None else LSTMState(hidden_state=given[0], cell_state=given[1])
        lengths = None if mask is None else mask.sum(axis=1)
        trace = unroll(self.parameters, sequences, start, lengths)
        left = trace.final_state
        if self.stateful:
            self.states = [np.array(left.hidden_state), np.array(left.cell_state)]
        return trace.hidden_state


class Model(Layer):
    """Layers one after the other."""

    def __init__(self, *layers: Layer) -> None:
        super().__init__("model", *layers)
        self.run_eagerly = False
        self.predict_function: Any = "made before"

    def call(self, x: Any, **kwargs: Any) -> Any:
        for layer in self.inside:
            x = layer(x, **kwargs)
        return x

    def predict(self, x: Any) -> Any:
        return self(x if self.run_eagerly else Symbol())


def numbers_of(value: Any) -> Any:
    if isinstance(value, Symbol):
        raise NotImplementedError
    return np.asarray(value)


@contextmanager
def installed() -> Iterator[ModuleType]:
    """Let this Keras be the one that is imported, and no recorder of another one be known."""
    keras = ModuleType("keras")
    vars(keras).update(
        __version__="3.0.0",
        config=SimpleNamespace(backend=lambda: "numpy"),
        layers=SimpleNamespace(RNN=RNN, Layer=Layer),
        ops=SimpleNamespace(convert_to_numpy=numbers_of),
    )
    with standing_in("keras", {"keras": keras}):
        yield keras
