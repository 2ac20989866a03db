"""Make flax/: parameters that Flax wrote, and what the models answer.

pip install flax && JAX_PLATFORMS=cpu python tests/golden/make_flax_files.py [NAME ...]

Names make those alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import jax
import numpy as np
from flax import linen as nn
from flax import serialization

FOLDER = Path(__file__).with_name("flax")


class Stacked(nn.Module):
    """Two cells one after the other, and a dense layer."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        y = nn.RNN(nn.OptimizedLSTMCell(4))(x)
        y = nn.RNN(nn.OptimizedLSTMCell(3))(y)
        return nn.Dense(2)(y)


class Symbols(nn.Module):
    """An embedding, a GRU and a dense layer."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        return nn.Dense(6)(nn.RNN(nn.GRUCell(4))(nn.Embed(6, 3)(x)))


class Simple(nn.Module):
    """A standard RNN."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        return nn.RNN(nn.SimpleCell(4))(x)


class BothWays(nn.Module):
    """Two layers of two ways."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        for cell in (nn.GRUCell, nn.OptimizedLSTMCell):
            x = nn.Bidirectional(nn.RNN(cell(3)), nn.RNN(cell(3)))(x)
        return nn.Dense(2)(x)


class Alike(nn.Module):
    """Two ways of cells that could be a stack by their own sizes."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        y = nn.Bidirectional(nn.RNN(nn.OptimizedLSTMCell(3)), nn.RNN(nn.OptimizedLSTMCell(3)))(x)
        return nn.Dense(2)(y)


class Backwards(nn.Module):
    """A cell that reads from the end."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        return nn.Dense(2)(nn.RNN(nn.GRUCell(4), reverse=True)(x))


class Kept(nn.Module):
    """The same, with its outputs in the sequence's order."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        return nn.Dense(2)(nn.RNN(nn.GRUCell(4), reverse=True, keep_order=True)(x))


class Three(nn.Module):
    """Three cells alike, one after the other."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        for _ in range(3):
            x = nn.RNN(nn.GRUCell(3))(x)
        return nn.Dense(2)(x)


class Above(nn.Module):
    """Three cells alike, of which the second and third are the two ways of one layer."""

    @nn.compact  # type: ignore[untyped-decorator]
    def __call__(self, x: Any) -> Any:
        y = nn.RNN(nn.GRUCell(3))(x)
        return nn.Dense(2)(nn.Bidirectional(nn.RNN(nn.GRUCell(3)), nn.RNN(nn.GRUCell(3)))(y))


def moved(array: Any) -> Any:
    """A weight as it is after some training: none is zero."""
    return array + 0.1 * jax.random.normal(jax.random.key(array.size), array.shape)


if __name__ == "__main__":
    wanted, known = sys.argv[1:], FOLDER / "expected.npz"
    expected: dict[str, np.ndarray] = dict(np.load(known)) if wanted else {}
    for kind in (Stacked, Symbols, Simple, BothWays, Alike, Backwards, Kept, Three, Above):
        model, name = kind(), kind.__name__.lower()
        if wanted and name not in wanted:
            continue
        key, more = jax.random.split(jax.random.key(20261129))
        x = jax.random.normal(key, (1, 6, 3))
        if kind is Symbols:
            x = jax.random.randint(key, (1, 6), 0, 6)
        variables = model.init(more, x)
        variables = jax.tree.map(moved, variables)
        state = {**variables, "opt_state": {"0": {"mu": variables["params"]}}, "step": 3}
        content = serialization.to_bytes(state if kind is Stacked else variables)
        (FOLDER / f"{name}.msgpack").write_bytes(content)
        y = model.apply(variables, x)
        expected |= {f"{name}/x": np.asarray(x), f"{name}/y": np.asarray(y)}
    np.savez(known, **expected)
