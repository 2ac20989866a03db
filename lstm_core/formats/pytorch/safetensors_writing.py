"""Writing safetensors with PyTorch's names and order, so that the model runs in PyTorch.

PyTorch has two biases where we have one: the second is zero, but for a GRU's candidate. What
PyTorch's modules cannot compute is refused in one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...cells.gru import GRUParameters
from ...cells.lstm import LSTMParameters, LSTMVariant
from ...cells.rnn import RNNParameters
from ...model import CellParameters, Layer, Model
from ...model.encoders import EmbeddingEncoder
from ...record import Array
from ..errors import ModelFileError, shown
from .description import EMBEDDING, KEY, READOUT, READOUT_BIAS, activation_of, describe, modules


def write(model: Model) -> bytes:
    """Return the model as the bytes of a safetensors file.

    `nn.LSTM(..., num_layers=n).load_state_dict` takes the tensors of a module without its
    name. Raises ModelFileError for what PyTorch has no module for.
    """
    import safetensors.numpy

    arrays: dict[str, Array] = {}
    for layer, (module, number) in zip(model.layers, modules(model.layers), strict=True):
        _check(layer)
        for cell, suffix in ((layer.forward, ""), (layer.backward, "_reverse")):
            if cell is not None:
                named = _tensors(cell)
                arrays |= {f"{module}.{part}_l{number}{suffix}": a for part, a in named.items()}
    if isinstance(model.encoder, EmbeddingEncoder):
        arrays[EMBEDDING] = model.encoder.embedding
    if model.readout is not None:
        arrays[READOUT] = model.readout.kernel.T
        arrays[READOUT_BIAS] = model.readout.bias
    contiguous = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    metadata = {"format": "pt", KEY: describe(model)}
    written: bytes = safetensors.numpy.save(contiguous, metadata)
    return written


def _tensors(cell: CellParameters) -> dict[str, Array]:
    """Return the tensors of one direction by PyTorch's names."""
    second = np.zeros_like(cell.bias)
    if isinstance(cell, GRUParameters) and cell.recurrent_bias is not None:
        second[2 * cell.hidden_size :] = cell.recurrent_bias
    named = {
        "weight_ih": cell.kernel.T,
        "weight_hh": cell.recurrent_kernel.T,
        "bias_ih": cell.bias,
        "bias_hh": second,
    }
    if isinstance(cell, LSTMParameters) and cell.projection is not None:
        named["weight_hr"] = cell.projection.T
    return named


def _check(layer: Layer) -> None:
    """Raise ModelFileError for what PyTorch cannot compute."""
    cells = [cell for cell in (layer.forward, layer.backward) if cell is not None]
    obstacles = [obstacle for cell in cells for obstacle in _obstacles_in(cell)]
    obstacles += _obstacles_around(layer)
    if obstacles:
        raise ModelFileError(
            f"{shown(layer.name)} {obstacles[0]}, which PyTorch has no module for: "
            "save it as .npz, or as .onnx where ONNX has it."
        )


def _obstacles_in(cell: CellParameters) -> Iterator[str]:
    if isinstance(cell, LSTMParameters):
        if cell.peephole is not None:
            yield "has peepholes"
        if cell.variant.forget != "gate":
            yield "has no forget gate of its own"
        if vars(cell.variant) != vars(LSTMVariant()):
            yield "has activations or a clip of its own"
        return
    if cell.clip is not None:
        yield "clips its preactivations"
    if isinstance(cell, RNNParameters):
        if cell.activation not in ("tanh", "relu"):
            yield f"uses {cell.activation}"
        return
    if not cell.reset_after:
        yield "resets before the recurrent product"
    if (cell.recurrent_activation, cell.activation) != ("sigmoid", "tanh"):
        yield "has activations of its own"


def _obstacles_around(layer: Layer) -> Iterator[str]:
    if layer.reverse:
        yield "runs from the end to the start"
    if layer.initial_hidden is not None or layer.initial_cell is not None:
        yield "begins in a state of its own"
    if layer.residual:
        yield "adds what is read to what it gives"
    if layer.backward is None:
        return
    if layer.merge != "concat":
        yield f"merges its directions by {layer.merge}"
    if layer.backward.hidden_size != layer.forward.hidden_size:
        yield "has directions of different sizes"
    if activation_of(layer.backward) != activation_of(layer.forward):
        yield "has directions with different activations"
