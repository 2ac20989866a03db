"""What stands around recurrent layers: an embedding below, a readout above, an alphabet beside.

PyTorch's files name tensors and nothing else. What fits by shape and by name is taken, and
what is ambiguous is left out and said: a wrong readout would show numbers that no network
computed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import numpy as np

from ...model import Layer, Readout
from ...model.encoders import EmbeddingEncoder, Encoder, OneHotEncoder
from ...model.findings import Assumption
from ...record import Array, record
from ..errors import ModelFileError, shown
from .tensors import FLOATS, Tensor

EMBEDDING = re.compile(r"(^|[._/])(\w*emb\w*|wte|lookup\w*|word_vectors)([._/]|$)", re.IGNORECASE)
Alphabets = Mapping[int, tuple[str, ...]]


@record
class Surroundings:
    """What was found around the layers, and what is to be said about it."""

    encoder: Encoder | None
    readout: Readout | None
    used: tuple[str, ...]  # names of the tensors
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]


def surroundings(
    tensors: Mapping[str, Tensor],
    layers: list[Layer],
    alphabets: Alphabets,
    before: Collection[str] = (),
    behind: Collection[str] = (),
) -> Surroundings:
    """Return encoder and readout that fit the first and the last of `layers`.

    `tensors` are those that no recurrent layer uses; `before` and `behind` the names of those
    that stand before the first recurrent one and behind the last, where the file's order means
    something. `alphabets` are the vocabularies that the file holds, by their size.
    """
    embeddings = _embeddings(tensors, layers[0].input_size, before)
    encoder, notes = _encoder(tensors, embeddings, layers[0].input_size, alphabets)
    symbols = () if encoder is None else encoder.alphabet
    above = {name: tensor for name, tensor in tensors.items() if name in behind}
    readout, read, more = _readout(tensors, above, set(embeddings), layers[-1], symbols)
    used = (*(embeddings if isinstance(encoder, EmbeddingEncoder) else ()), *read)
    assumptions = []
    if readout is not None:
        assumptions.append(
            Assumption(
                value=f"{read[0]}, {readout.activation}",
                reason="A file of tensors does not record which layer reads which, nor what "
                "follows the last linear one; this one fits by its size.",
            )
        )
    return Surroundings(
        encoder=encoder,
        readout=readout,
        used=used,
        assumptions=tuple(assumptions),
        notes=(*notes, *more),
    )


def _is_matrix(tensor: Tensor) -> bool:
    return len(tensor.shape) == 2 and all(tensor.shape) and tensor.dtype in FLOATS


def _embeddings(tensors: Mapping[str, Tensor], width: int, before: Collection[str]) -> list[str]:
    """Return matrices (V, width) without a bias that may be embeddings.

    Those named like one; where none is, those before the first recurrent layer.
    """
    fitting = [
        name
        for name, tensor in tensors.items()
        if _is_matrix(tensor)
        and tensor.shape[1] == width
        and f"{name.removesuffix('weight')}bias" not in tensors
    ]
    named = [name for name in fitting if EMBEDDING.search(name)]
    return named or [name for name in fitting if name in before and name.endswith("weight")]


def _encoder(
    tensors: Mapping[str, Tensor], embeddings: list[str], width: int, alphabets: Alphabets
) -> tuple[EmbeddingEncoder | OneHotEncoder | None, list[str]]:
    if len(embeddings) > 1:
        names = ", ".join(shown(name) for name in embeddings)
        return None, [f"More than one embedding fits below the first layer: {names}."]
    if not embeddings:
        if width not in alphabets:
            return None, []
        note = f"An alphabet of {width} symbols beside the tensors fits the inputs, one each."
        return OneHotEncoder(alphabet=alphabets[width]), [note]
    (name,) = embeddings
    matrix = tensors[name].load()
    if not np.isfinite(matrix).all():
        raise ModelFileError(f"The embedding {shown(name)} holds numbers that are not finite.")
    count = len(matrix)
    if count in alphabets:
        alphabet, words = alphabets[count], "The file's own vocabulary names its rows."
    else:
        alphabet = tuple(str(k) for k in range(count))
        words = "The file has no vocabulary: its rows are called by their number, from 0."
    note = f"The embedding {shown(name)} of {count} symbols fits below the first layer. {words}"
    return EmbeddingEncoder(alphabet=alphabet, embedding=matrix), [note]


def _readout(
    tensors: Mapping[str, Tensor],
    behind: Mapping[str, Tensor],
    embeddings: set[str],
    last: Layer,
    symbols: tuple[str, ...],
) -> tuple[Readout | None, tuple[str, ...], list[str]]:
    """Return the one linear layer that reads the last recurrent layer, if there is just one.

    Of several, the one behind the recurrent layers in the file, if there is just one.
    """
    size = last.output_size
    fitting = _fitting(tensors, embeddings, size)
    if len(fitting) > 1 and len(_fitting(behind, embeddings, size)) == 1:
        fitting, tensors = _fitting(behind, embeddings, size), behind
    norms = [name for name, t in tensors.items() if name.endswith("weight") and t.shape == (size,)]
    if len(fitting) != 1 or norms:
        why = [*fitting, *norms]
        names = ", ".join(shown(name) for name in why[:4])
        several = f"More than one layer fits on top of {shown(last.name)}: {names}; none is used."
        return None, (), [several] if fitting else []
    (name,) = fitting
    rows = tensors[name].shape[0]
    above = [
        other
        for other, tensor in tensors.items()
        if other != name
        and _is_matrix(tensor)
        and tensor.shape[1] == rows
        and other not in embeddings
    ]
    if above:
        note = f"{shown(name)} reads {shown(last.name)}, but {shown(above[0])} stands above it."
        return None, (), [f"{note} No predictions are shown."]
    used: tuple[str, ...] = (name,)
    bias = np.zeros(rows, last.forward.dtype)
    bias_name = f"{name.removesuffix('weight')}bias"
    if bias_name in tensors and tensors[bias_name].shape == (rows,):
        used, bias = (name, bias_name), tensors[bias_name].load()
    return _linear(tensors[name].load(transposed=True), bias, symbols), used, []


def _fitting(tensors: Mapping[str, Tensor], embeddings: Collection[str], size: int) -> list[str]:
    """Return the names of matrices that take `size` numbers."""
    return [
        name
        for name, tensor in tensors.items()
        if name.endswith("weight")
        and name not in embeddings
        and _is_matrix(tensor)
        and tensor.shape[1] == size
    ]


def _linear(kernel: Array, bias: Array, symbols: tuple[str, ...]) -> Readout | None:
    if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
        raise ModelFileError("The readout holds numbers that are not finite.")
    predicts_symbols = len(symbols) == len(bias)
    return Readout(
        kernel=kernel,
        bias=bias,
        activation="softmax" if predicts_symbols else "linear",
        labels=symbols if predicts_symbols else tuple(f"y{k}" for k in range(len(bias))),
    )
