"""Make keras/: models saved by Keras in every container, and what their layers compute.

With Keras 3:  pip install keras torch==2.13.0 && KERAS_BACKEND=torch python make_keras_files.py
With Keras 2:  pip install tensorflow-cpu==2.15.1 && python make_keras_files.py

Files are named after the version; numbers go to keras/keras<version>.npz, with the file's name,
the layer's place in it and what it is: "keras2_every.h5/0/x".
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
from keras import layers

FOLDER = Path(__file__).parent / "keras"
MAJOR = int(keras.__version__.split(".")[0])
KERNELS = (layers.LSTM, layers.GRU, layers.SimpleRNN, layers.RNN, layers.Bidirectional)
rng = np.random.default_rng(20261123 + MAJOR)


def every() -> keras.Model:
    """Each kind of cell after the other, between an embedding and a readout."""
    symbols = keras.Input((None,), name="symbols")
    x = layers.Embedding(7, 4)(symbols)
    x = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    x = layers.Dropout(0.1)(x)
    x = layers.GRU(5, return_sequences=True)(x)
    x = layers.GRU(
        5, reset_after=False, recurrent_activation="hard_sigmoid", return_sequences=True
    )(x)
    x = layers.SimpleRNN(4, activation="relu", return_sequences=True)(x)
    x = layers.RNN(layers.LSTMCell(4), return_sequences=True)(x)
    return keras.Model(symbols, layers.TimeDistributed(layers.Dense(7, activation="softmax"))(x))


def directions() -> keras.Model:
    """Every way to merge two directions, and every way to run backwards."""
    x = keras.Input((None, 3), name="numbers")
    flags = {"return_sequences": True}
    made = [
        layers.Bidirectional(layers.GRU(3, **flags), merge_mode="sum", name="added"),
        layers.Bidirectional(layers.SimpleRNN(4, **flags), merge_mode="mul", name="multiplied"),
        layers.Bidirectional(layers.LSTM(3, **flags), merge_mode="ave", name="averaged"),
        layers.Bidirectional(
            layers.LSTM(3, **flags),
            backward_layer=layers.LSTM(3, go_backwards=True, activation="relu", **flags),
            name="unequal",
        ),
        layers.Bidirectional(
            layers.LSTM(3, go_backwards=True, **flags),
            backward_layer=layers.LSTM(3, **flags),
            name="mirrored",
        ),
        layers.LSTM(3, go_backwards=True, name="backwards", **flags),
        layers.GRU(4, go_backwards=True, use_bias=False, name="backwards_gru", **flags),
    ]
    outputs = [layer(x) for layer in made]
    apart = layers.Bidirectional(layers.LSTM(2, **flags), merge_mode=None, name="apart")(x)
    return keras.Model(x, [*outputs, *apart])


def doubled(x):
    """Code, which Keras stores in the file."""
    return x * 2.0


# Keras stores the name of the source file too: that of a machine's folder is nobody's business.
doubled.__code__ = doubled.__code__.replace(co_filename="make_keras_files.py")


def nested() -> keras.Model:
    """A model in a model, stacked cells, code in a Lambda layer, and a last state read off."""
    inner = keras.Sequential(
        [
            keras.Input((None, 4)),
            layers.LSTM(4, return_sequences=True),
            layers.LSTM(2, **SEQUENCES),
        ],
        name="inner",
    )
    x = numbers = keras.Input((None, 4), name="numbers")
    x = layers.LSTM(4, use_bias=False, recurrent_activation="hard_sigmoid", **SEQUENCES)(x)
    x = inner(x)
    x = layers.Lambda(doubled, name="code")(x)
    x = layers.RNN([layers.LSTMCell(3), layers.LSTMCell(4)], name="stacked", **SEQUENCES)(x)
    x = layers.LSTM(3, unit_forget_bias=False)(x)
    x = layers.Dense(2)(x)
    return keras.Model(numbers, layers.Activation("sigmoid")(x))


def deep() -> keras.Model:
    """Twelve layers, which HDF5 lists as lstm, lstm_1, lstm_10, lstm_11, lstm_2, ..."""
    return keras.Sequential(
        [keras.Input((None, 2)), *(layers.LSTM(2, **SEQUENCES) for _ in range(12)), layers.GRU(3)]
    )


SEQUENCES = {"return_sequences": True}


def randomise(model: keras.Model) -> None:
    """Give every weight, biases too, a number of its own."""
    model.set_weights([rng.normal(0, 0.6, w.shape).astype("float32") for w in model.get_weights()])


def recurrent(model: keras.Model) -> list[layers.Layer]:
    """The recurrent layers of a model, those of models inside it in place."""
    found = []
    for layer in model.layers:
        found += recurrent(layer) if isinstance(layer, keras.Model) else [layer]
    return [layer for layer in found if isinstance(layer, KERNELS)]


def number(value) -> np.ndarray:
    """A tensor of any backend as NumPy's."""
    return value.detach().numpy() if hasattr(value, "detach") else np.asarray(value)


def input_size(layer: layers.Layer) -> int:
    return layer.get_weights()[0].shape[0]


def run(layer: layers.Layer, time_major: bool = False) -> dict[str, np.ndarray]:
    """A layer's outputs and final states for random inputs, asking it for all of them."""
    config = layer.get_config()
    parts = [config["layer"], config.get("backward_layer")] if "layer" in config else []
    for part in [p["config"] for p in parts if p] or [config]:
        part |= {"return_sequences": True, "return_state": True}
    asked = layer.__class__.from_config(config)
    x = rng.normal(size=(2, 6, input_size(layer))).astype("float32")
    fed = x.swapaxes(0, 1) if time_major else x
    asked(fed)
    asked.set_weights(layer.get_weights())
    results = [number(v) for v in asked(fed)]
    outputs = [results.pop(0)]
    if config.get("merge_mode", "") is None:
        outputs.append(results.pop(0))
    y = np.concatenate(outputs, axis=-1)
    found = {"x": x, "y": y.swapaxes(0, 1) if time_major else y}
    return found | {f"state_{k}": state for k, state in enumerate(results)}


def stacked(layer: layers.RNN) -> list[dict[str, np.ndarray]]:
    """What each of an RNN's stacked cells computes: each as a layer of its own."""
    found, arrays = [], layer.get_weights()
    for cell in layer.cell.cells:
        alone = layers.RNN(cell.__class__.from_config(cell.get_config()), return_sequences=True)
        alone(np.zeros((1, 1, arrays[0].shape[0]), "float32"))
        alone.set_weights(arrays[:3])
        arrays = arrays[3:]
        found.append(run(alone))
    return found


def save(name: str, model: keras.Model) -> dict[str, np.ndarray]:
    """Save in every container; return the numbers of every layer for each file."""
    randomise(model)
    start = f"keras{MAJOR}_{name}"
    files = [f"{start}.keras", f"{start}.h5", f"{start}.weights.h5"]
    model.save(FOLDER / files[0])
    model.save(FOLDER / files[1], include_optimizer=False)
    model.save_weights(FOLDER / files[2])
    if MAJOR < 3:
        files.append(f"{start}_weights.h5")  # weights only, in the layout by name
        model.save_weights(FOLDER / files[3])
    found = []
    for layer in recurrent(model):
        cells = getattr(getattr(layer, "cell", None), "cells", None)
        found += stacked(layer) if cells else [run(layer)]
    return {
        f"{file}/{k}/{what}": array
        for file in files
        for k, numbers in enumerate(found)
        for what, array in numbers.items()
    }


def trained() -> dict[str, np.ndarray]:
    """A model trained to count: the next symbol of aⁿbⁿ between 0 and 3; with its optimizer."""
    model = keras.Sequential(
        [
            keras.Input((None,)),
            layers.Embedding(4, 3),
            layers.LSTM(6, **SEQUENCES),
            layers.Dense(4, activation="softmax"),
        ]
    )
    strings = np.zeros((256, 24), "int32")
    for row in strings:
        counts = rng.integers(1, 6, 12)
        text = [0, *(symbol for n in counts for symbol in [1] * n + [2] * n + [3])]
        row[:] = text[:24]
    model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
    model.fit(strings[:, :-1], strings[:, 1:], epochs=40, batch_size=32, verbose=0)
    start = f"keras{MAJOR}_trained"
    model.save(FOLDER / f"{start}.keras")
    model.save(FOLDER / f"{start}.h5")
    model.save_weights(FOLDER / f"{start}.weights.h5")
    x = strings[:2, :-1]
    whole = {"symbols": x, "predictions": number(model(x))}
    found = run(model.layers[1])
    return {
        f"{start}{suffix}/{k}/{what}": array
        for suffix in (".keras", ".h5", ".weights.h5")
        for k, numbers in (("0", found), ("model", whole))
        for what, array in numbers.items()
    }


def time_major() -> dict[str, np.ndarray]:
    """A file that Keras 3 refuses: TensorFlow 2's layers know time_major."""
    model = keras.Sequential(
        [keras.Input((None, 3)), layers.LSTM(3, time_major=True, return_sequences=True)]
    )
    randomise(model)
    model.save(FOLDER / "keras2_time_major.h5")
    numbers = run(model.layers[-1], time_major=True)
    return {f"keras2_time_major.h5/0/{what}": array for what, array in numbers.items()}


def cudnn() -> dict[str, np.ndarray]:
    """CuDNN's layers, saved without a GPU; Keras's own conversion tells what they compute."""
    import tensorflow as tf

    old = tf.compat.v1.keras.layers
    made = {
        "lstm": (old.CuDNNLSTM(3, **SEQUENCES), layers.LSTM(3, **SEQUENCES)),
        "square": (old.CuDNNLSTM(4, **SEQUENCES), layers.LSTM(4, **SEQUENCES)),
        "gru": (old.CuDNNGRU(3, **SEQUENCES), layers.GRU(3, **SEQUENCES)),
        "both": (
            layers.Bidirectional(old.CuDNNLSTM(3, **SEQUENCES)),
            layers.Bidirectional(layers.LSTM(3, **SEQUENCES)),
        ),
    }
    found: dict[str, Any] = {}
    for name, (layer, plain) in made.items():
        saved, same = (keras.Sequential([keras.Input((None, 4)), one]) for one in (layer, plain))
        randomise(saved)
        files = [f"keras2_cudnn_{name}.h5", f"keras2_cudnn_{name}_weights.h5"]
        saved.save(FOLDER / files[0])
        saved.save_weights(FOLDER / files[1])
        same.load_weights(FOLDER / files[1])
        numbers = run(same.layers[-1])
        found |= {f"{file}/0/{what}": array for file in files for what, array in numbers.items()}
    return found


def keras_1() -> dict[str, np.ndarray]:
    """Keras 1's layout, an array for each block; Keras's own conversion is the referee."""
    gates = {"lstm": "icfo", "gru": "zrh"}
    modern = {
        "lstm": layers.LSTM(3, recurrent_activation="hard_sigmoid", **SEQUENCES),
        "gru": layers.GRU(3, recurrent_activation="hard_sigmoid", reset_after=False, **SEQUENCES),
    }
    found: dict[str, Any] = {}
    for kind, letters in gates.items():
        name = f"{kind}_1"
        config = {"name": name, "output_dim": 3, "activation": "tanh", "input_dim": 4}
        config |= {"inner_activation": "hard_sigmoid", "return_sequences": True}
        config |= {"go_backwards": False, "batch_input_shape": [None, None, 4]}
        description = {
            "class_name": "Sequential",
            "config": [{"class_name": kind.upper(), "config": config}],
        }
        shapes = {"W": (4, 3), "U": (3, 3), "b": (3,)}
        arrays = {
            f"{name}_{part}_{gate}": rng.normal(0, 0.6, shape).astype("float32")
            for gate in letters
            for part, shape in shapes.items()
        }
        for described in (True, False):
            file = f"keras1_{kind}{'' if described else '_weights'}.h5"
            with h5py.File(FOLDER / file, "w") as opened:
                group = opened
                if described:
                    opened.attrs["keras_version"] = b"1.2.2"
                    opened.attrs["model_config"] = json.dumps(description).encode()
                    group = opened.create_group("model_weights")
                group.attrs["layer_names"] = [name.encode()]
                layer = group.create_group(name)
                layer.attrs["weight_names"] = [n.encode() for n in arrays]
                for n, array in arrays.items():
                    layer[n] = array
        model = keras.Sequential([keras.Input((None, 4)), modern[kind]])
        model.layers[-1]._name = name
        model.load_weights(FOLDER / f"keras1_{kind}_weights.h5")
        numbers = run(model.layers[-1])
        for file in (f"keras1_{kind}.h5", f"keras1_{kind}_weights.h5"):
            found |= {f"{file}/0/{what}": array for what, array in numbers.items()}
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    numbers: dict[str, np.ndarray] = {}
    for make in (every, directions, nested, deep):
        numbers |= save(make.__name__, make())
    numbers |= trained()
    if MAJOR < 3:
        numbers |= time_major() | cudnn() | keras_1()
    provenance = {"made by": Path(__file__).name, "keras": keras.__version__, "python": sys.version}
    numbers["provenance"] = np.array(json.dumps(provenance))
    np.savez_compressed(FOLDER / f"keras{MAJOR}.npz", **numbers)
