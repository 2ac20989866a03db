"""Keras's files: what we open computes what the Keras that saved it computes.

The files and numbers are made by tests/golden/make_keras_files.py, with Keras 3 and Keras 2.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lstm_core import load_model

FOLDER = Path(__file__).parents[2] / "golden" / "keras"
H = {"rtol": 0, "atol": 2e-5}
C = {"rtol": 2e-6, "atol": 2e-5}


def numbers() -> dict[str, dict[int, dict[str, np.ndarray]]]:
    """By file and layer: x, y and the final states."""
    found: dict[str, dict[int, dict[str, np.ndarray]]] = {}
    for path in sorted(FOLDER.glob("*.npz")):
        with np.load(path) as arrays:
            for name in arrays.files:
                if name != "provenance":
                    file, layer, what = name.split("/")
                    found.setdefault(file, {}).setdefault(int(layer), {})[what] = arrays[name]
    return found


NUMBERS = numbers()
UNKNOWABLE = {"every": {2, 3}, "nested": {0}, "directions": set(range(8))}
"""Layers with options that a file of weights only does not record: other activations, merges."""


def unknowable(file: str) -> set[int]:
    """The layers of a file that differ from what has to be assumed about them."""
    model = Path(file).stem.split("_")[1].split(".")[0]
    return UNKNOWABLE.get(model, set()) if "weights" in file else set()


def final_states(run) -> list[np.ndarray]:
    """The final states in Keras's order: h, c of each direction."""
    traces = [run.forward] + ([run.backward] if run.backward else [])
    return [
        state
        for trace in traces
        for state in (
            trace.final_state.hidden_state,
            getattr(trace.final_state, "cell_state", None),
        )
        if state is not None
    ]


@pytest.mark.parametrize("file", sorted(NUMBERS))
def test_every_layer_of_a_file_computes_what_keras_computed(file):
    model = load_model(FOLDER / file)
    assert len(model.layers) == len(NUMBERS[file])
    for k, theirs in NUMBERS[file].items():
        if k in unknowable(file):
            continue
        ours = model.layers[k].unroll(theirs["x"])
        np.testing.assert_allclose(ours.outputs, theirs["y"], **H, err_msg=model.layers[k].name)
        for n, state in enumerate(final_states(ours)):
            np.testing.assert_allclose(state, theirs[f"state_{n}"], **C)
