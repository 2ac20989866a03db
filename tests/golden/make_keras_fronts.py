"""Make keras_fronts/: models of Keras 3 with layers before their LSTM, and what these give.

pip install keras torch==2.13.0 && KERAS_BACKEND=torch python tests/golden/make_keras_fronts.py

`expected.npz` holds for each file the model's input x and the LSTM's outputs y.
"""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
from keras import layers

FOLDER = Path(__file__).with_name("keras_fronts")
rng = np.random.default_rng(20261129)


def numbers() -> keras.Model:
    """Dense, norms and activations, wrapped or not, between four numbers and the LSTM."""
    x = keras.Input((None, 4), name="x")
    y = layers.BatchNormalization(scale=False, epsilon=0.01)(x)
    y = layers.TimeDistributed(layers.Dense(5, activation="gelu"))(y)
    y = layers.Dropout(0.5)(layers.LayerNormalization()(y))
    y = layers.LeakyReLU(negative_slope=0.1)(layers.Dense(3, use_bias=False)(y))
    return keras.Model(x, layers.LSTM(4, return_sequences=True, name="lstm")(y))


def symbols() -> keras.Model:
    """An embedding, and a dense layer between it and the LSTM."""
    x = keras.Input((None,), name="x")
    y = layers.Dense(3, activation="tanh")(layers.Embedding(6, 2)(x))
    return keras.Model(x, layers.LSTM(4, return_sequences=True, name="lstm")(y))


def convolved() -> keras.Model:
    """A layer that cannot be run timestep by timestep."""
    x = keras.Input((None, 2), name="x")
    y = layers.Dense(3)(layers.Conv1D(3, 2, padding="causal", name="conv")(x))
    return keras.Model(x, layers.LSTM(4, return_sequences=True, name="lstm")(y))


if __name__ == "__main__":
    expected: dict[str, np.ndarray] = {}
    for make, x in (
        (numbers, rng.normal(size=(1, 7, 4)).astype(np.float32)),
        (symbols, rng.integers(6, size=(1, 7))),
        (convolved, rng.normal(size=(1, 7, 2)).astype(np.float32)),
    ):
        model = make()
        given = [rng.uniform(0.1, 1, w.shape) - 0.5 * (w.ndim > 1) for w in model.get_weights()]
        model.set_weights(given)
        name = make.__name__
        model.save(FOLDER / f"{name}.keras")
        if make is numbers:
            model.save(FOLDER / f"{name}.h5")
        expected |= {f"{name}/x": x, f"{name}/y": keras.ops.convert_to_numpy(model(x))}
    np.savez(FOLDER / "expected.npz", **expected)
