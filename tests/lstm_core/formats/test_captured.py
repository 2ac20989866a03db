"""Captured runs: the files that PyTorch and Keras themselves wrote, see make_captures.py."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Layer, ModelFileError, load_model, save_model
from lstm_core.formats.captured.sequences import sequences_of
from lstm_core.model import agreement
from lstm_core.training import initial_lstm
from tests.lstm_core.strategies import seeds

GOLDEN = Path(__file__).parents[2] / "golden" / "captured"
FILES = sorted(path.name for path in GOLDEN.glob("*.npz"))


def chains(model: Any) -> list[Any]:
    starts = [k for k, layer in enumerate(model.layers) if k == 0 or not layer.follows]
    return [model.chain(k) for k in starts]


@pytest.mark.parametrize("file", FILES)
def test_what_the_framework_answered_is_what_our_cells_compute(file: str):
    for chain in chains(load_model(GOLDEN / file)):
        result = agreement(chain.layers, chain.recorded)
        assert result.sequences == len(chain.recorded)
        assert result.difference < 1e-6


def lengths(model: Any) -> list[int]:
    return [len(one) for one in model.recorded]


def test_batches_packed_or_not_become_sequences_of_their_own_length():
    assert lengths(load_model(GOLDEN / "torch_lstm.npz")) == [6, 6]
    assert lengths(load_model(GOLDEN / "torch_lstm_unbatched.npz")) == [6]
    assert lengths(load_model(GOLDEN / "torch_gru_packed.npz")) == [3, 7, 5]
    assert lengths(load_model(GOLDEN / "keras_rnn_masked.npz")) == [5, 2]


@pytest.mark.parametrize("file", ["torch_lstm_chunks.npz", "keras_lstm_stateful.npz"])
def test_chunks_with_carried_states_are_one_sequence_with_seams(file: str):
    model = load_model(GOLDEN / file)
    assert lengths(model) == [12, 12]
    assert {one.seams for one in model.recorded} == {(5, 9)}


def test_a_rollout_is_one_sequence_until_its_state_is_zero_again():
    model = load_model(GOLDEN / "torch_policy.npz")
    memory, critic = chains(model)
    assert [(len(one), one.first_call, one.row) for one in memory.recorded] == [
        (12, 0, 0),
        (20, 0, 1),
        (8, 12, 0),
    ]
    assert memory.recorded[1].seams == tuple(range(1, 20))
    assert len(critic.recorded) == 40


def test_a_start_that_was_given_is_what_the_run_begins_with():
    model = load_model(GOLDEN / "torch_lstm_projected.npz")
    for one in model.recorded:
        assert one.start[0].hidden.any()
        ours = model.starting(one.start).run_inputs(one.inputs).layers[0].outputs
        np.testing.assert_allclose(ours, one.outputs, atol=1e-6)
        assert np.abs(model.run_inputs(one.inputs).layers[0].outputs - one.outputs).max() > 1e-3


def test_a_model_with_recorded_sequences_is_saved_whole(tmp_path: Path):
    model = load_model(GOLDEN / "torch_policy.npz")
    save_model(model, tmp_path / "ours.npz")
    again = load_model(tmp_path / "ours.npz")
    assert lengths(again) == lengths(model)
    assert again.recorded[1].seams == model.recorded[1].seams
    np.testing.assert_array_equal(again.recorded[1].outputs, model.recorded[1].outputs)


def arrays_of(file: str) -> dict[str, np.ndarray]:
    with np.load(GOLDEN / file) as opened:
        return dict(opened)


def changed(**arrays: Any) -> bytes:
    """A captured run with some of its arrays replaced, or taken out where they are None."""
    content = arrays_of("torch_lstm.npz")
    content |= {name.replace("_of_", "."): array for name, array in arrays.items()}
    stream = io.BytesIO()
    np.savez(stream, **{name: array for name, array in content.items() if array is not None})
    return stream.getvalue()


def described(**about: Any) -> dict[str, np.ndarray]:
    known = json.loads(str(arrays_of("torch_lstm.npz")["gatescope.capture"]))
    return {"gatescope_of_capture": np.array(json.dumps(known | about))}


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"0_of_inputs": np.zeros((11, 3), np.float32)}, "inputs of '' is float32 (11, 3)"),
        ({"0_of_start_cell": None}, "start_cell of '' is missing"),
        ({"0_of_lengths": np.array([6, -6])}, "do not fit|reach below 0"),
        ({"0_of_lengths": None}, "lengths of '' do not fit"),
        (described(version=2), "of version '2'"),
        (described(modules=[]), "incomplete"),
        (described(framework="jax"), "of 'jax'"),
        ({"gatescope_of_capture": np.array("{")}, "damaged"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(arrays: dict[str, Any], said: str):
    with pytest.raises(ModelFileError) as refused:
        load_model(changed(**arrays), name="run.gatescope.npz")
    assert any(part in str(refused.value) for part in said.split("|"))


def test_a_sequence_with_numbers_that_are_not_finite_is_left_out_and_said():
    inputs = arrays_of("torch_lstm.npz")["0.inputs"]
    inputs[0, 0] = np.nan
    model = load_model(changed(**{"0_of_inputs": inputs}), name="run.npz")
    assert lengths(model) == [6]
    assert any("1 sequences" in note for note in model.findings.notes)


@settings(max_examples=25)
@given(
    seed=seeds,
    rows=st.integers(1, 3),
    parts=st.lists(st.integers(1, 3), min_size=1, max_size=5),
)
def test_however_a_stream_is_cut_and_its_batch_is_ordered_it_is_the_same_sequences(
    seed: int, rows: int, parts: list[int]
):
    rng = np.random.default_rng(seed)
    layer = Layer(name="lstm", forward=initial_lstm(rng, 2, 3))
    values = rng.normal(size=(rows, sum(parts), 2)).astype(np.float32)
    hidden, cell, first = np.zeros((rows, 3)), np.zeros((rows, 3)), 0
    calls: list[dict[str, np.ndarray]] = []
    for part in parts:
        order = rng.permutation(rows)  # of the batch, anew in each call
        read = values[order, first : first + part]
        run = layer.unroll(read, hidden[order], cell[order])
        calls.append(
            {
                "lengths": np.full(rows, part),
                "inputs": read.reshape(-1, 2),
                "outputs": run.outputs.reshape(-1, 3),
                "start_hidden": hidden[order][:, np.newaxis],
                "start_cell": cell[order][:, np.newaxis],
                "final_hidden": run.final_hidden[:, np.newaxis],
                "final_cell": run.final_cell[:, np.newaxis],
            }
        )
        hidden, cell = np.empty((rows, 3), np.float32), np.empty((rows, 3), np.float32)
        hidden[order], cell[order] = run.final_hidden, run.final_cell
        first += part
    arrays = {
        name: np.concatenate([np.asarray(call[name]) for call in calls]).astype(
            np.int64 if name == "lengths" else np.float32
        )
        for name in calls[0]
    }
    joined, left = sequences_of(0, (layer,), arrays, [rows] * len(parts), "lstm")
    assert left == 0
    assert {one.seams for one in joined} == {tuple(np.cumsum(parts)[:-1].tolist())}
    assert {one.inputs.tobytes() for one in joined} == {row.tobytes() for row in values}
    assert agreement((layer,), joined).difference < 1e-6
