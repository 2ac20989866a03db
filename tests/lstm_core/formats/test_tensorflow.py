"""TensorFlow's checkpoints and SavedModels: the layers stand in the order of the model.

The zips in `cases` hold an index and its data, as tf_keras wrote them (`tf_by_name` as
TensorFlow 1 did, without a graph of objects); x is what the first LSTM reads.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from lstm_core import load_model
from lstm_core.formats.tensorflow.names import ObjectGraph, Thing, natural
from lstm_core.formats.tensorflow.reading import dense_behind

CASES = Path(__file__).with_name("cases")
CLOSE = {"rtol": 0, "atol": 5e-6}


def opened(case: str):
    with np.load(CASES / "tf_checkpoints.npz") as arrays:
        return load_model(CASES / f"{case}.zip"), arrays[f"{case}/x"], arrays[f"{case}/y"]


@pytest.mark.parametrize(
    ("case", "ways"),
    [
        ("tf_twelve_layers_savedmodel", [False] * 12),
        ("tf_one_way_then_two_checkpoint", [False, True, True]),
        ("tf_two_ways_savedmodel", [True, True]),
        ("tf_by_name_checkpoint", [False] * 11),
    ],
)
def test_layers_follow_each_other_as_in_the_model_and_compute_what_it_computes(case, ways):
    model, x, y = opened(case)
    assert [layer.bidirectional for layer in model.layers] == ways
    assert all(layer.follows for layer in model.layers[1:])
    assert model.readout.kernel.shape == (model.layers[-1].output_size, 2)
    np.testing.assert_allclose(model.run_inputs(x).predictions, y, **CLOSE)


def test_a_dense_layer_in_front_is_told_from_the_one_behind():
    model, _, _ = opened("tf_twelve_layers_savedmodel")
    (note,) = model.findings.notes
    assert note.startswith("Before 'arrays/lstm/lstm_cell' the file lists 'arrays/dense': not run")
    assert model.readout is not None
    assert not opened("tf_by_name_checkpoint")[0].findings.notes


def graph(*things: tuple[dict[str, int], str]) -> ObjectGraph:
    """Objects with their children and, for a variable, its key, which ends in its name."""
    return ObjectGraph(
        things=tuple(
            Thing(
                children=tuple(children.items()),
                variables=((key.rpartition("/")[2], key),) if key else (),
            )
            for children, key in things
        )
    )


def test_variables_are_found_by_way_of_the_layers_not_of_the_lists_of_them():
    found = graph(
        ({"variables": 1, "layer_with_weights-10": 2, "layer_with_weights-2": 3, "root": 0}, ""),
        ({"0": 4, "1": 5, "2": 6, "3": 7}, ""),
        ({"kernel": 4}, ""),
        ({"backward_layer": 8, "forward_layer": 9}, ""),
        ({}, "variables/3/a"),
        ({}, "variables/0/b"),
        ({}, "variables/1/c"),
        ({}, "variables/2/alone"),
        ({"cell": 6}, ""),
        ({"cell": 5, "lost": 99}, ""),
    )
    expected = ["variables/0/b", "variables/1/c", "variables/3/a", "variables/2/alone"]
    assert found.variables() == expected


def test_variables_of_one_name_are_called_by_their_places():
    found = graph(
        ({"a": 1, "b": 2, "c": 3}, ""), ({}, "a/kernel"), ({}, "b/kernel"), ({}, "c/bias")
    )
    assert found.names() == {"c/bias": "bias"}


def test_names_are_sorted_by_their_numbers_and_directions():
    given = ["lstm_2/k", "lstm_10/k", "two/backward_lstm/k", "two/forward_lstm/k", "lstm/k"]
    expected = ["lstm/k", "lstm_2/k", "lstm_10/k", "two/forward_lstm/k", "two/backward_lstm/k"]
    for order in itertools.permutations(given):
        assert sorted(order, key=natural) == expected


@pytest.mark.parametrize(
    ("sizes", "behind"), [((4, 2), True), ((2, 3), False), ((4, 3), False), ((5, 2), False)]
)
def test_without_a_graph_a_dense_layer_stands_behind_where_it_fits_only_there(sizes, behind):
    arrays = {
        "dense/kernel": np.zeros(sizes),
        "dense/bias": np.zeros(sizes[1]),
        "lstm/lstm_cell/kernel": np.zeros((3, 16)),
        "lstm/lstm_cell/recurrent_kernel": np.zeros((4, 16)),
        "lstm/lstm_cell/bias": np.zeros(16),
    }
    names = list(dense_behind(arrays))
    assert sorted(names) == sorted(arrays)
    assert (names[0] == "lstm/lstm_cell/kernel") is behind


def test_behind_two_directions_a_dense_layer_reads_both():
    cell = {
        f"two/{way}_lstm/{name}": np.zeros(shape)
        for way in ("forward", "backward")
        for name, shape in (("kernel", (3, 16)), ("recurrent_kernel", (4, 16)), ("bias", (16,)))
    }
    names = list(dense_behind({"dense/kernel": np.zeros((8, 2)), **cell}))
    assert names[-1] == "dense/kernel"
