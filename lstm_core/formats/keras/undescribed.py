"""A Keras file of weights only: layers recognised by names and shapes, the rest assumed aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ...model import Layer, Merge, Model, Readout
from ...model.encoders import EmbeddingEncoder
from ...model.findings import Assumption, Findings
from ..door import Options
from ..errors import ModelFileError
from ..reading_over_time import with_reading
from ..residual_sums import Block, with_residual_sums
from .cells import Era
from .hdf5 import HDF5File
from .own_layers import other_cells
from .parts import load, numbers, readout
from .questions import (
    COMMA,
    NONE,
    WEIGHTS_ONLY,
    assumed_cell,
    backwards_question,
    cell_questions,
    merge_questions,
    merges_of,
)
from .recognition import Pair, layer_of, pairs_of, shapes_of
from .unread import interrupted, unread_notes
from .weights import Bundle, bundles, laid_out_by_attribute, without_direction

ROW, APART = "one after the other", "apart"
DIRECTLY = re.compile(
    r"layers/[^/]+(/layers/[^/]+)*(/(forward|backward)_layer)?(/layer)?(/cell)?(/cells/[^/]+)?"
)
"""Where the arrays of a layer lie that stands in a model itself, not inside another layer."""


def undescribed_model(file: HDF5File, options: Options, when: Era, title: str) -> Model:
    """Return the model whose arrays a file holds; ModelFileError where none are recurrent."""
    all_bundles = bundles(file)
    pairs = pairs_of(file, all_bundles)
    others = tuple(other_cells(file, all_bundles))
    if not pairs and others:
        raise ModelFileError(others[0])
    if not pairs:
        held = ", ".join(bundle.owner for bundle in all_bundles[:5]) or "nothing that Keras saves"
        raise ModelFileError(f"The file holds no LSTM, GRU or standard RNN; it has {held}.")
    layers = [
        layer_of(file, pair, name, assumed_cell(pair.kind, options, when))
        for pair, name in zip(pairs, _names(pairs), strict=True)
    ]
    sizes = _next_sizes(file, all_bundles, pairs, layers)
    certain = _chained(file, pairs, layers, sizes, options, interrupted(all_bundles, pairs))
    layers = _directed(_as_asked(certain, pairs, options), pairs, options)
    first, last = pairs[0].forward, pairs[-1].backward or pairs[-1].forward
    embedding = _before(all_bundles, first)
    behind = all_bundles[all_bundles.index(last) + 1 :]
    dense = behind[0] if len(behind) == 1 else None
    model = Model(
        layers=tuple(layers),
        encoder=_encoder(file, embedding, layers[0]),
        readout=_readout(file, dense, layers[-1]),
    )
    used = {b.owner for pair in pairs for b in (pair.forward, pair.backward) if b}
    used |= {embedding.owner} if embedding and model.encoder else set()
    used |= {dense.owner} if dense and model.readout else set()
    found = Model(
        layers=model.layers,
        encoder=model.encoder,
        readout=model.readout,
        findings=Findings(
            format=title if "weights" in title else f"{title}, read by its weights only",
            places=tuple(pair.place for pair in pairs),
            assumptions=tuple(_assumptions(file, model, pairs, sizes, options, when)),
            ignored=tuple(bundle.owner for bundle in all_bundles if bundle.owner not in used),
            notes=(*others, *_both_ways(pairs), *unread_notes(all_bundles, pairs, model)),
        ),
    )
    summed = with_residual_sums(found, _blocks(pairs), options.residual, WEIGHTS_ONLY)
    return with_reading(summed, options.reads, WEIGHTS_ONLY)


def _blocks(pairs: list[Pair]) -> list[Block]:
    """The layers as blocks; cells that are stacked in one layer are one."""
    blocks: list[Block] = []
    for k, pair in enumerate(pairs):
        if pair.stacked and blocks:
            blocks[-1] = replace(blocks[-1], last=k)
        else:
            name = _name(pair).removeprefix("arrays/")
            blocks.append(Block(name=name, first=k, last=k))
    return blocks


def _directed(layers: list[Layer], pairs: list[Pair], options: Options) -> list[Layer]:
    """The layers as `options.backwards` says: those that it names read from the end.

    They hand on in that order; of stacked cells the last one does.
    """
    asked = (options.backwards or NONE).split(COMMA)
    named = [_name(pair) if pair in _one_way(pairs) else "" for pair in pairs]
    return [
        replace(layer, reverse=True, running_order=name not in named[k + 1 : k + 2])
        if name and name in asked
        else layer
        for k, (layer, name) in enumerate(zip(layers, named, strict=True))
    ]


def _one_way(pairs: list[Pair]) -> list[Pair]:
    """The layers that run one way, of which a file of weights does not say which."""
    both = {_name(pair) for pair in pairs if pair.reverse or pair.backward}
    return [pair for pair in pairs if _name(pair) not in both]


def _both_ways(pairs: list[Pair]) -> Iterator[str]:
    """Yield a sentence for each layer that runs stacked cells both ways."""
    for name in dict.fromkeys(_name(pair) for pair in pairs if pair.reverse):
        yield (
            f"{name} runs its cells once from left to right and once from right to left, each way "
            "by itself: here each way is a chain of its own."
        )


def _names(pairs: list[Pair]) -> list[str]:
    """The layers' names; cells that are stacked in one layer are counted, each way by itself."""
    ways = {_name(pair): "forward/" for pair in pairs if pair.reverse}
    names = [_name(p) + f"/{'backward/' if p.reverse else ways.get(_name(p), '')}" for p in pairs]
    return [
        name.rstrip("/") if names.count(name) == 1 else f"{name}cell_{names[:k].count(name)}"
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


def _next_sizes(
    file: HDF5File, all_bundles: list[Bundle], pairs: list[Pair], layers: Sequence[Layer]
) -> list[int]:
    """How many numbers what stands behind each layer reads; 0 where nothing is known to."""
    after = _after(all_bundles, pairs[-1].backward or pairs[-1].forward)
    last = shapes_of(file, after)[0][0] if after and _is_dense(file, after) else 0
    return [*(layer.input_size for layer in layers[1:]), last]


def _chained(
    file: HDF5File,
    pairs: list[Pair],
    layers: list[Layer],
    sizes: list[int],
    options: Options,
    apart: set[str],
) -> list[Layer]:
    """The layers, each following the one before it where its size says that it may.

    Not before those that are `apart`. Where the next reader is half as wide as two directions in
    a row, they were merged by adding, or alike.
    """
    # The attributes of a class of one's own are stored by name: that is no order of layers.
    listed = ("layers/", "_layer_checkpoint_dependencies/")
    ordered = not laid_out_by_attribute(file) or all(
        pair.forward.owner.startswith(listed) for pair in pairs
    )
    chained: list[Layer] = []
    for pair, layer, next_size in zip(pairs, layers, sizes, strict=True):
        merge = _merge(merges_of(layer, next_size), options)
        fits = bool(chained) and chained[-1].output_size == layer.input_size
        fits = fits and pair.forward.owner not in apart
        follows = pair.stacked or (ordered and fits and _in_one_row(pairs, pair))
        chained.append(replace(layer, merge=merge, follows=follows))
    return chained


def _merge(possible: tuple[Merge, ...], options: Options) -> Merge:
    """The way to merge that was asked for, where it is one of those; the first otherwise."""
    return next((merge for merge in possible if merge == options.merge), possible[0])


def _as_asked(layers: list[Layer], pairs: list[Pair], options: Options) -> list[Layer]:
    """The layers as `options.chain` says; cells of one layer stay together."""
    if options.chain != APART:
        return layers
    return [replace(layer, follows=pair.stacked) for layer, pair in zip(layers, pairs, strict=True)]


def _in_one_row(pairs: list[Pair], pair: Pair) -> bool:
    """Whether a layer and the one before it may stand in a row.

    They may not where one runs one way of two, is run over and over, or stands inside a layer
    of the file's own, which nobody but its code knows.
    """
    both = (pairs[pairs.index(pair) - 1], pair)
    return not any(one.reverse or _enclosed(one.forward.owner) for one in both)


def _enclosed(owner: str) -> bool:
    if any(part.startswith("time_distributed") for part in owner.split("/")):
        return True
    return owner.startswith("layers/") and DIRECTLY.fullmatch(owner) is None


def _before(all_bundles: list[Bundle], bundle: Bundle) -> Bundle | None:
    at = all_bundles.index(bundle)
    return all_bundles[at - 1] if at else None


def _after(all_bundles: list[Bundle], bundle: Bundle) -> Bundle | None:
    at = all_bundles.index(bundle) + 1
    return all_bundles[at] if at < len(all_bundles) else None


def _encoder(file: HDF5File, bundle: Bundle | None, first: Layer) -> EmbeddingEncoder | None:
    if bundle is None or len(bundle.paths) != 1 or "embed" not in bundle.owner + bundle.paths[0]:
        return None
    shape = shapes_of(file, bundle)[0]
    if len(shape) != 2 or shape[1] != first.input_size:
        return None
    (matrix,) = load(file, list(bundle.paths))
    return EmbeddingEncoder(alphabet=numbers(len(matrix)), embedding=matrix)


def _is_dense(file: HDF5File, bundle: Bundle) -> bool:
    shapes = shapes_of(file, bundle)
    return len(shapes[0]) == 2 and (len(shapes) == 1 or shapes[1:] == [shapes[0][1:]])


def _readout(file: HDF5File, bundle: Bundle | None, last: Layer) -> Readout | None:
    if bundle is None or not _is_dense(file, bundle):
        return None
    if shapes_of(file, bundle)[0][0] != last.output_size or not shapes_of(file, bundle)[0][1]:
        return None
    kernel, *biases = load(file, list(bundle.paths))
    bias = biases[0] if biases else np.zeros(kernel.shape[1], kernel.dtype)
    return readout(kernel, bias, "linear")


def _assumptions(
    file: HDF5File,
    model: Model,
    pairs: list[Pair],
    sizes: list[int],
    options: Options,
    when: Era,
) -> Iterator[Assumption]:
    yield from cell_questions(file, pairs, options, when)
    yield from backwards_question([_name(pair) for pair in _one_way(pairs)], options.backwards)
    yield from merge_questions(model.layers, sizes)
    if len(model.layers) > 1:
        row = all(layer.follows for layer in model.layers[1:])
        asked = row or options.chain == APART
        yield Assumption(
            value=ROW if row else APART,
            reason=f"{WEIGHTS_ONLY} which layer reads which; sizes were compared in the order of "
            "the file.",
            keyword="chain" if asked else "",
            choices=(ROW, APART) if asked else (),
        )
    if model.readout is not None:
        yield Assumption(
            value="linear",
            reason=f"{WEIGHTS_ONLY} what reads the last layer, nor an activation behind it; "
            "the next one whose size fits is taken, and its numbers are shown as they are.",
        )
