"""A Keras file of weights only: layers told from names and shapes, the rest assumed aloud."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ...activations import HARD_SIGMOID, HARD_SIGMOID_SIXTH
from ...model import CellParameters, Layer, Merge, Model, Readout
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Assumption, Findings
from ...record import record
from ...vocabulary import Kind
from ..door import Options
from ..errors import ModelFileError
from .cells import Cell, Era, parameters
from .described import load, numbers, readout
from .hdf5 import HDF5File
from .weights import Bundle, bundles, is_backward, laid_out_by_attribute, without_direction

KINDS_BY_BLOCKS: dict[int, Kind] = {4: "lstm", 3: "gru", 1: "rnn"}
KERAS_1_ARRAYS: dict[int, Kind] = {12: "lstm", 9: "gru"}


@record
class Pair:
    """The bundles of one recurrent layer: forward, and backward where it has two directions."""

    kind: Kind
    forward: Bundle
    backward: Bundle | None


def undescribed_model(file: HDF5File, options: Options, when: Era, title: str) -> Model:
    """Return the model whose arrays a file holds; ModelFileError where none are recurrent."""
    found = bundles(file)
    pairs = list(_pairs(file, found))
    if not pairs:
        held = ", ".join(bundle.owner for bundle in found[:5]) or "nothing that Keras saves"
        raise ModelFileError(f"The file holds no LSTM, GRU or standard RNN; it has {held}.")
    how = {pair.forward.owner: _how(pair.kind, options, when) for pair in pairs}
    named = zip(pairs, _names(pairs), strict=True)
    layers = [_layer(file, pair, name, how[pair.forward.owner]) for pair, name in named]
    layers = _chained(file, found, pairs, layers)
    first, last = pairs[0].forward, pairs[-1].backward or pairs[-1].forward
    embedding = _before(found, first)
    dense = _after(found, last)
    model = Model(
        layers=tuple(layers),
        encoder=_encoder(file, embedding, layers[0]),
        readout=_readout(file, dense, layers[-1]),
    )
    used = {b.owner for pair in pairs for b in (pair.forward, pair.backward) if b}
    used |= {embedding.owner} if embedding and model.encoder else set()
    used |= {dense.owner} if dense and model.readout else set()
    return Model(
        layers=model.layers,
        encoder=model.encoder,
        readout=model.readout,
        findings=Findings(
            format=title if "weights" in title else f"{title}, read by its weights only",
            places=tuple(_place(pair) for pair in pairs),
            assumptions=tuple(_assumptions(file, model, pairs, options, when)),
            ignored=tuple(bundle.owner for bundle in found if bundle.owner not in used),
        ),
    )


def _shapes(file: HDF5File, bundle: Bundle) -> list[tuple[int, ...]]:
    return [file.datasets[path].shape if path in file.datasets else () for path in bundle.paths]


def _kind(file: HDF5File, bundle: Bundle) -> Kind | None:
    """The kind of cell by the shapes of its arrays: blocks are columns over rows of U."""
    shapes = _shapes(file, bundle)
    if len(shapes) in KERAS_1_ARRAYS:
        return KERAS_1_ARRAYS[len(shapes)]
    if len(shapes) not in (2, 3) or len(shapes[0]) != 2 or len(shapes[1]) != 2:
        return None
    rows, columns = shapes[1]
    if not rows or shapes[0][1] != columns or columns % rows:
        return None
    return KINDS_BY_BLOCKS.get(columns // rows)


def _pairs(file: HDF5File, found: list[Bundle]) -> Iterator[Pair]:
    recurrent = [(kind, bundle) for bundle in found if (kind := _kind(file, bundle))]
    while recurrent:
        kind, forward = recurrent.pop(0)
        backward = None
        if recurrent and is_backward(recurrent[0][1].owner) and not is_backward(forward.owner):
            _, backward = recurrent.pop(0)
        yield Pair(kind=kind, forward=forward, backward=backward)


def _how(kind: Kind, options: Options, when: Era) -> Cell:
    return Cell(
        kind=kind,
        activation=(options.nonlinearity or "tanh") if kind == "rnn" else "tanh",
        recurrent_activation=options.recurrent_activation or when.recurrent_activation,
        reset_after=when.reset_after,
    )


def _cudnn(file: HDF5File, pair: Pair) -> bool:
    """Whether the bias is CuDNN's: 8H of an LSTM, 6H in one row of a GRU."""
    shapes = _shapes(file, pair.forward)
    return pair.kind != "rnn" and len(shapes) == 3 and shapes[2] == (2 * shapes[1][1],)


def _layer(file: HDF5File, pair: Pair, name: str, how: Cell) -> Layer:
    if _cudnn(file, pair):
        how = Cell(kind=how.kind, reset_after=True)

    def direction(bundle: Bundle) -> tuple[CellParameters, str]:
        return parameters(how, load(file, list(bundle.paths)), bundle.owner)

    forward, note = direction(pair.forward)
    return Layer(
        name=name,
        forward=forward,
        backward=direction(pair.backward)[0] if pair.backward else None,
        convention=f"Keras: {note}",
    )


def _names(pairs: list[Pair]) -> list[str]:
    """The layers' names; cells that are stacked in one layer are counted."""
    names = [_name(pair) for pair in pairs]
    return [
        name if names.count(name) == 1 else f"{name}/cell_{names[:k].count(name)}"
        for k, name in enumerate(names)
    ]


def _name(pair: Pair) -> str:
    """The layer's name: its place without what every place has."""
    parts = without_direction(pair.forward.owner).split("/")
    dull = ("model_weights", "layers", "_layer_checkpoint_dependencies", "cell", "cells", "layer")
    telling = [part for part in dict.fromkeys(parts) if part not in dull]
    if len(telling) > 1 and telling[-1].rstrip("_0123456789").endswith("_cell"):
        telling = [part for part in telling[:-1] if part != "stacked_rnn_cells"]
    return "/".join(telling) or pair.forward.owner


def _chained(
    file: HDF5File, found: list[Bundle], pairs: list[Pair], layers: list[Layer]
) -> list[Layer]:
    """The layers, each following the one before it where its size says that it may.

    Where the next reader is half as wide as two directions in a row, they were merged by
    adding, or alike.
    """
    sizes = [layer.input_size for layer in layers[1:]]
    after = _after(found, pairs[-1].backward or pairs[-1].forward)
    sizes.append(_shapes(file, after)[0][0] if after and _is_dense(file, after) else 0)
    # The attributes of a class of one's own are stored by name: that is no order of layers.
    listed = ("layers/", "_layer_checkpoint_dependencies/")
    ordered = not laid_out_by_attribute(file) or all(
        pair.forward.owner.startswith(listed) for pair in pairs
    )
    chained: list[Layer] = []
    for layer, next_size in zip(layers, sizes, strict=True):
        halved = layer.bidirectional and next_size == layer.forward.output_size
        merge: Merge = "sum" if halved else "concat"
        follows = ordered and bool(chained) and chained[-1].output_size == layer.input_size
        chained.append(
            Layer(
                name=layer.name,
                forward=layer.forward,
                backward=layer.backward,
                merge=merge,
                convention=layer.convention,
                follows=follows,
            )
        )
    return chained


def _before(found: list[Bundle], bundle: Bundle) -> Bundle | None:
    at = found.index(bundle)
    return found[at - 1] if at else None


def _after(found: list[Bundle], bundle: Bundle) -> Bundle | None:
    at = found.index(bundle) + 1
    return found[at] if at < len(found) else None


def _encoder(file: HDF5File, bundle: Bundle | None, first: Layer) -> EmbeddingEncoder | None:
    if bundle is None or len(bundle.paths) != 1 or "embed" not in bundle.owner + bundle.paths[0]:
        return None
    shape = _shapes(file, bundle)[0]
    if len(shape) != 2 or shape[1] != first.input_size:
        return None
    (matrix,) = load(file, list(bundle.paths))
    return EmbeddingEncoder(alphabet=numbers(len(matrix)), embedding=matrix)


def _is_dense(file: HDF5File, bundle: Bundle) -> bool:
    shapes = _shapes(file, bundle)
    return len(shapes[0]) == 2 and (len(shapes) == 1 or shapes[1:] == [shapes[0][1:]])


def _readout(file: HDF5File, bundle: Bundle | None, last: Layer) -> Readout | None:
    if bundle is None or not _is_dense(file, bundle):
        return None
    if _shapes(file, bundle)[0][0] != last.output_size or not _shapes(file, bundle)[0][1]:
        return None
    kernel, *biases = load(file, list(bundle.paths))
    bias = biases[0] if biases else np.zeros(kernel.shape[1], kernel.dtype)
    return readout(kernel, bias, "linear")


def _place(pair: Pair) -> str:
    count = len(pair.forward.paths) + (len(pair.backward.paths) if pair.backward else 0)
    return f"{pair.forward.paths[0]} and {count - 1} more"


def _assumptions(
    file: HDF5File, model: Model, pairs: list[Pair], options: Options, when: Era
) -> Iterator[Assumption]:
    if any(pair.kind != "rnn" and not _cudnn(file, pair) for pair in pairs):
        default = when.recurrent_activation
        yield Assumption(
            value=options.recurrent_activation or default,
            reason="A file of weights only does not record the activation of the gates"
            + (f"; {default} was the default of the Keras that wrote it." if when.known else "."),
            keyword="recurrent_activation",
            choices=("sigmoid", when.hard_sigmoid)
            if when.known
            else ("sigmoid", HARD_SIGMOID, HARD_SIGMOID_SIXTH),
        )
    if any(pair.kind == "rnn" for pair in pairs):
        yield Assumption(
            value=options.nonlinearity or "tanh",
            reason="A file of weights only does not record whether an RNN uses tanh or relu.",
            keyword="nonlinearity",
            choices=("tanh", "relu"),
        )
    for layer in model.layers:
        if layer.bidirectional:
            yield Assumption(
                value=layer.merge,
                reason=f"A file of weights only does not record how {layer.name} merges its two "
                "directions; the sizes allow this.",
            )
    if len(model.layers) > 1:
        yield Assumption(
            value="one after the other" if all(x.follows for x in model.layers[1:]) else "apart",
            reason="A file of weights only does not record which layer reads which; sizes were "
            "compared in the order of the file.",
        )
    if model.readout is not None:
        yield Assumption(
            value="linear",
            reason="A file of weights only does not record the readout's activation; the numbers "
            "before it are shown.",
        )
