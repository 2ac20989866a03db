"""Make keras_cells.npz: what Keras's recurrent layers compute, for test_agreement_golden.py.

pip install keras torch==2.13.0 && KERAS_BACKEND=torch python tests/golden/make_keras_cells.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers

SIZES = {"D = H": (4, 4), "D != H": (3, 5)}
KINDS = {
    "lstm": (layers.LSTM, {}),
    "lstm, hard": (layers.LSTM, {"recurrent_activation": "hard_sigmoid", "activation": "relu"}),
    "gru": (layers.GRU, {"reset_after": True}),
    "gru, before": (layers.GRU, {"reset_after": False}),
    "rnn": (layers.SimpleRNN, {}),
}
LENGTHS = [7, 4, 6]  # of T = 7, in a batch of three


def case(
    kind: type[layers.Layer],
    options: dict[str, Any],
    inputs: int,
    hidden: int,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Run one layer with random weights, states and a mask; keep all numbers."""
    layer = kind(
        hidden, return_sequences=True, return_state=True, zero_output_for_mask=True, **options
    )
    layer.build((len(LENGTHS), max(LENGTHS), inputs))
    weights = [rng.normal(0, 0.6, w.shape).astype("float32") for w in layer.get_weights()]
    layer.set_weights(weights)
    x = rng.normal(size=(len(LENGTHS), max(LENGTHS), inputs)).astype("float32")
    h, c = rng.normal(size=(2, len(LENGTHS), hidden)).astype("float32")
    mask = np.arange(max(LENGTHS)) < np.array(LENGTHS)[:, np.newaxis]
    states = [h, c] if kind is layers.LSTM else [h]
    y, *final = (
        keras.ops.convert_to_numpy(v)
        for v in layer(x, initial_state=[keras.ops.convert_to_tensor(s) for s in states], mask=mask)
    )
    numbers = dict(zip(("kernel", "recurrent_kernel", "bias"), weights, strict=True))
    numbers |= {"x": x, "h": h, "c": c, "y": y, "final_h": final[0]}
    if kind is layers.LSTM:
        numbers["final_c"] = final[1]
    return numbers


if __name__ == "__main__":
    rng = np.random.default_rng(20261123)
    numbers = {
        f"{name}, {size}/{key}": value
        for name, (kind, options) in KINDS.items()
        for size, (inputs, hidden) in SIZES.items()
        for key, value in case(kind, options, inputs, hidden, rng).items()
    }
    provenance = {
        "made by": Path(__file__).name,
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "lengths": LENGTHS,
    }
    target = Path(__file__).with_name("keras_cells.npz")
    np.savez_compressed(target, provenance=json.dumps(provenance), **numbers)
    print(target.name, target.stat().st_size, "bytes")
