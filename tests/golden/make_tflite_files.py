"""Make tflite/: models of tf_keras as TensorFlow Lite's converter writes them, and their answers.

pip install tensorflow-cpu tf-keras && python tests/golden/make_tflite_files.py [NAME ...]

The numbers are those of TensorFlow Lite's own interpreter. `loop` is from Keras 3, whose layers the
converter writes out as loops. Names make those alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
import tf_keras

FOLDER = Path(__file__).with_name("tflite")
rng = np.random.default_rng(20261129)


def stacked(layers: Any, x: Any) -> Any:
    """Two layers and dense ones: an answer at each timestep."""
    y = layers.LSTM(4, return_sequences=True)(layers.LSTM(5, return_sequences=True)(x))
    return layers.Dense(2)(layers.Dense(3, activation="relu")(y))


def classifier(layers: Any, x: Any) -> Any:
    """One answer, a share for each class."""
    return layers.Dense(3, activation="softmax")(layers.LSTM(4)(x))


def loop(layers: Any, x: Any) -> Any:
    """A layer that is written out."""
    return layers.LSTM(2)(x)


def both(layers: Any, x: Any) -> Any:
    """Two ways, and a layer that reads them."""
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(y))


def ends(layers: Any, x: Any) -> Any:
    """One answer from what two ways end with."""
    return layers.Dense(2)(layers.Bidirectional(layers.LSTM(3))(x))


def backwards(layers: Any, x: Any) -> Any:
    """A layer that runs from the end."""
    y = layers.LSTM(3, return_sequences=True, go_backwards=True)(x)
    return layers.Dense(2)(y)


def added(layers: Any, x: Any) -> Any:
    """Two ways that are added: not put together here."""
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True), merge_mode="sum")(x)
    return layers.Dense(2)(y)


def first(layers: Any, x: Any) -> Any:
    """The first timestep: not run here."""
    return layers.Dense(2)(layers.LSTM(3, return_sequences=True)(x)[:, 0])


def last(layers: Any, x: Any) -> Any:
    """The last timestep, which keeps its axis."""
    return layers.Dense(2)(layers.LSTM(3, return_sequences=True)(x)[:, -1:, :])


def dense_before(layers: Any, x: Any) -> Any:
    """A dense layer before the LSTM: not run here."""
    return layers.LSTM(3, return_sequences=True)(layers.Dense(3)(x))


BUILT = (
    *((stacked, tf_keras), (classifier, tf_keras), (loop, keras)),
    *((build, tf_keras) for build in (both, ends, backwards, added, first, last, dense_before)),
)

if __name__ == "__main__":
    wanted, known = sys.argv[1:], FOLDER / "expected.npz"
    expected: dict[str, np.ndarray] = dict(np.load(known)) if wanted else {}
    for build, library in BUILT:
        if wanted and build.__name__ not in wanted:
            continue
        given = library.Input((6, 3), batch_size=1)
        model = library.Model(given, build(library.layers, given))
        model.set_weights([rng.normal(size=w.shape) * 0.5 for w in model.get_weights()])
        content = tf.lite.TFLiteConverter.from_keras_model(model).convert()
        name = build.__name__
        (FOLDER / f"{name}.tflite").write_bytes(content)
        interpreter = tf.lite.Interpreter(model_content=content)
        interpreter.allocate_tensors()
        x = rng.normal(size=(1, 6, 3)).astype(np.float32)
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], x)
        interpreter.invoke()
        y = interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
        expected |= {f"{name}/x": x, f"{name}/y": y}
    np.savez(known, **expected)
