"""Activations that exporters write as several operators: GELU as Erf or Tanh, SiLU, Mish.

The operators between a name that several of them read and another one, with single numbers among
their constants, are one function of one number. Where its values are those of an activation that is
known, on all of a fine net of numbers, it is that activation, however it is spelled.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from ...activations import activation
from ...record import Array, record
from .constants import Scope

MOST = 14  # operators of one activation
NET = np.linspace(-9.0, 9.0, 181)
CLOSE = 2e-6  # constants such as 1/√2 are kept in float32
KNOWN = ("gelu", "gelu_tanh", "silu", "mish", "hard_silu", "tanh_shrink")
_erf = np.vectorize(math.erf, otypes=[float])
POINTWISE: Mapping[str, Callable[..., Array]] = {
    "Add": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "Div": np.divide,
    "Pow": np.power,
    "Neg": np.negative,
    "Exp": np.exp,
    "Log": np.log,
    "Sqrt": np.sqrt,
    "Erf": _erf,
    "Tanh": np.tanh,
    "Sigmoid": activation("sigmoid"),
    "Softplus": activation("softplus"),
    "Relu": activation("relu"),
    "Max": np.maximum,
    "Min": np.minimum,
    "Identity": lambda x: x,
    "HardSigmoid": activation("hard_sigmoid"),
}


@record
class Fused:
    """An activation as we spell it, the name that it reads, and the operators that compute it."""

    activation: str
    reads: str
    nodes: tuple[int, ...]  # ids of the nodes


def fused_activation(node: Any, scope: Scope) -> Fused | None:
    """Return the activation of several operators that ends with `node`; None where it is none."""
    order = {id(one): k for k, one in enumerate(scope.nodes)}
    waiting, inside = [node], list[Any]()
    while waiting and len(inside) < MOST:
        waiting.sort(key=lambda one: order.get(id(one), -1))
        latest = waiting.pop()
        if not _is_pointwise(latest, scope):
            return None
        inside.append(latest)
        read = _read(inside, scope)
        makers = [scope.producer(name) for name in read]
        waiting = [maker for maker, _ in (m for m in makers if m) if maker is not latest]
        waiting = list({id(one): one for one in waiting}.values())
        if len(inside) > 1 and len(read) == 1:
            (name,) = read
            times = sum(list(one.input).count(name) for one in inside)
            if times > 1 and (spelled := _spelled(node, name, scope)):
                nodes = tuple(id(one) for one in inside)
                return Fused(activation=spelled, reads=name, nodes=nodes)
    return None


def _is_pointwise(node: Any, scope: Scope) -> bool:
    if node.op_type not in POINTWISE or node.domain not in ("", "ai.onnx"):
        return False
    if node.op_type == "HardSigmoid" and node.attribute:
        return False
    constants = (scope.constant(name) for name in node.input)
    return all(value is None or _single(value) is not None for value in constants)


def _single(value: Any) -> float | None:
    """A constant of one number."""
    if not isinstance(value, np.ndarray) or value.size != 1 or value.dtype.kind not in "fiu":
        return None
    return float(value.item())


def _read(inside: list[Any], scope: Scope) -> set[str]:
    """The names that some operators read and none of them makes, without constants."""
    made = {name for one in inside for name in one.output}
    read = {name for one in inside for name in one.input if name}
    return {name for name in read - made if scope.constant(name) is None}


def _spelled(node: Any, source: str, scope: Scope) -> str:
    """The activation whose values the operators from `source` to a node have; "" for none."""
    with np.errstate(all="ignore"):
        values = _values(node.output[0], source, scope)
        if not np.isfinite(values).all():
            return ""
        for named in KNOWN:
            if np.abs(values - activation(named)(NET)).max() < CLOSE:
                return named
    return ""


def _values(name: str, source: str, scope: Scope) -> Array:
    """What a name holds where `source` holds the net."""
    known: dict[str, Array] = {source: NET}

    def value(name: str) -> Array:
        if name not in known:
            single = _single(scope.constant(name))
            if single is not None:
                known[name] = np.full(NET.shape, single)
            else:
                maker, _ = scope.producer(name) or (None, 0)
                assert maker is not None
                known[name] = POINTWISE[maker.op_type](*(value(n) for n in maker.input))
        return known[name]

    return value(name)


def fused_readers(readers: list[tuple[Any, str]], scope: Scope) -> tuple[Any, Fused] | None:
    """Return the node that ends an activation that all readers of a name are a part of."""
    names = {name for _, name in readers}
    if len(names) != 1:
        return None
    (name,) = names
    reached = {name}
    for node in scope.nodes:
        if not reached & set(node.input) or node.op_type not in POINTWISE:
            continue
        reached.update(node.output)
        found = fused_activation(node, scope)
        if found and found.reads == name and all(id(one) in found.nodes for one, _ in readers):
            return node, found
        if len(reached) > MOST:
            return None
    return None
