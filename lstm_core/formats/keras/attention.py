"""Keras's attention of a layer to itself: MultiHeadAttention, and Attention of dot products.

    MultiHeadAttention(heads, size)(h, h)        Attention()([h, h])
    h + MultiHeadAttention(heads, size)(h, h)    the sum around it

A mask that is computed elsewhere, a gate, a window and attention over other axes are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...model import Dense, SelfAttended
from ...record import Array, record
from .hdf5 import HDF5File
from .network import READ_BY_KEYWORD, Network, Node
from .parts import load
from .weights import Places

PLAIN: Mapping[str, tuple[Any, ...]] = {
    "use_gate": (False, None),
    "attention_axes": ([1], 1, None),
    "sliding_window": (None,),
}
"""What MultiHeadAttention's configuration says where it is the plain one."""
CAUSAL = "use_causal_mask"
PLAIN_CALL = {CAUSAL: (True, False), "return_attention_scores": (False,)}


@record
class OfItself:
    """The stage, and the layers that make it."""

    stage: SelfAttended
    nodes: tuple[Node, ...]


def self_attention(file: HDF5File, network: Network, below: Node, width: int) -> OfItself | None:
    """Return the attention to itself of what `below` gives, `width` numbers at each timestep.

    None where what reads it does something else.
    """
    readers = [reader.node for reader in network.readers(below)]
    attending = [node for node in readers if node.class_name in MAKERS]
    if len(attending) != 1 or len(readers) > 2:
        return None
    (node,) = attending
    if not _reads_alone(network, node, below) or not _is_plain_call(node):
        return None
    made = MAKERS[node.class_name](file, node, width)
    if made is None or made.input_size != width:
        return None
    if len(readers) == 1:
        return OfItself(stage=made, nodes=(node,))
    added = next(other for other in readers if other is not node)
    if made.output_size != width or not _adds(network, added, below, node):
        return None
    return OfItself(stage=replace(made, residual=True), nodes=(node, added))


def _reads_alone(network: Network, node: Node, below: Node) -> bool:
    """Whether queries, keys and values are all what one layer gives."""
    origins = network.origins(node)
    plain = not node.within and node.uses == 1
    return plain and len(origins) in (2, 3) and origins == [(below, 0)] * len(origins)


def _is_plain_call(node: Node) -> bool:
    """Whether a call hands over nothing but what is read, and whether it is causal."""
    aside = ("training", *READ_BY_KEYWORD["MultiHeadAttention"])
    given = {k: v for k, v in node.keywords.items() if v is not None and k not in aside}
    return all(value in PLAIN_CALL.get(key, ()) for key, value in given.items())


def _adds(network: Network, node: Node, below: Node, attention: Node) -> bool:
    """Whether a layer adds what attention reads to what it gives, and does nothing else."""
    if node.class_name != "Add" or node.within or node.uses > 1:
        return False
    origins = network.origins(node)
    alone = [reader.node for reader in network.readers(attention)] == [node]
    return alone and len(origins) == 2 and (below, 0) in origins and (attention, 0) in origins


def _of_many_heads(file: HDF5File, node: Node, width: int) -> SelfAttended | None:
    if any(node.config.get(key) not in plain for key, plain in PLAIN.items()):
        return None
    parts = _parts(file, node)
    if parts is None:
        return None
    _, heads, size = parts["query"][0].shape
    return SelfAttended(
        query=_inward(*parts["query"]),
        key=_inward(*parts["key"]),
        value=_inward(*parts["value"]),
        output=_outward(*parts["output"]),
        heads=heads,
        scale=1 / float(np.sqrt(size)),
        causal=bool(node.keywords.get(CAUSAL)),
    )


def _parts(file: HDF5File, node: Node) -> dict[str, tuple[Array, Array | None]] | None:
    """Kernel and bias of each part; None where one is missing, or has other axes."""
    found: dict[str, tuple[Array, Array | None]] = {}
    for bundle in Places(file).below(node):
        name = bundle.owner.rpartition("/")[2].removesuffix("_dense")
        kernel, *bias = load(file, list(bundle.paths))
        if kernel.ndim == 3 and len(bias) < 2:
            found[name.removeprefix("attention_")] = (kernel, bias[0] if bias else None)
    return found if set(found) == {"query", "key", "value", "output"} else None


def _inward(kernel: Array, bias: Array | None) -> Dense:
    """A kernel (D, N, K) with its heads side by side."""
    flat = kernel.reshape(len(kernel), -1)
    return Dense(kernel=flat, bias=_bias(bias, flat))


def _outward(kernel: Array, bias: Array | None) -> Dense:
    """A kernel (N, K, D) that reads heads side by side."""
    flat = kernel.reshape(-1, kernel.shape[-1])
    return Dense(kernel=flat, bias=_bias(bias, flat))


def _bias(bias: Array | None, kernel: Array) -> Array:
    return np.zeros(kernel.shape[1], kernel.dtype) if bias is None else bias.ravel()


def _of_dot_products(file: HDF5File, node: Node, width: int) -> SelfAttended | None:
    """Attention without weights: each timestep is its own query, key and value."""
    if node.config.get("use_scale") or node.config.get("score_mode", "dot") != "dot":
        return None
    same = Dense(kernel=np.eye(width, dtype=np.float32), bias=np.zeros(width, np.float32))
    return SelfAttended(
        query=same,
        key=same,
        value=same,
        output=same,
        heads=1,
        scale=1.0,
        causal=bool(node.keywords.get(CAUSAL)),
    )


MAKERS: Mapping[str, Callable[[HDF5File, Node, int], SelfAttended | None]] = {
    "MultiHeadAttention": _of_many_heads,
    "Attention": _of_dot_products,
}
