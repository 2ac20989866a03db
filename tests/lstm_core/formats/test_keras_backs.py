"""What stands behind the LSTM in Keras's files is run: see tests/golden/make_keras_backs.py."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm_core import Model, load_model, save_model
from lstm_core.analysis.integrated_gradients import in_float64
from lstm_core.analysis.logit_split import logit_split
from lstm_core.analysis.model_influence import logit_influence

GOLDEN = Path(__file__).parents[2] / "golden" / "keras_backs"
with np.load(GOLDEN / "expected.npz") as _file:
    EXPECTED = dict(_file)


MERGES = ("concat", "sum", "mul", "ave")
TOGETHER = {
    "concat": lambda a, b: np.hstack([a, b]),
    "sum": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
    "ave": lambda a, b: (a + b) / 2,
}


@cache
def opened(name: str) -> Model:
    return load_model(next(GOLDEN.glob(f"{name}.*")))


def ran(model: Model, name: str):
    """The run of a model over the input that Keras read, and Keras's answer."""
    x, y = EXPECTED[f"{name}/x"][0], EXPECTED[f"{name}/y"][0]
    return model.run([str(place) for place in x] if x.ndim == 1 else x), y


@pytest.mark.parametrize(
    "name",
    [
        *("tagger", "forecaster", "smoothed", "masked", "padded"),
        *("attended_causal", "attended_sum", "legacy_heads"),
        *("residual", "residual_each", "legacy_sum"),
    ],
)
def test_a_model_that_answers_at_each_timestep_answers_as_in_keras(name):
    run, y = ran(opened(name), name)
    np.testing.assert_allclose(run.predictions, y, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "activation"),
    [("classifier", "softmax"), ("sentiment", "sigmoid"), ("backwards_once", "linear")],
)
def test_a_model_that_answers_once_answers_as_in_keras_at_the_end(name, activation):
    model = opened(name)
    run, y = ran(model, name)
    np.testing.assert_allclose(run.predictions[-1], y, atol=1e-6)
    assert model.readout.activation == activation
    assert any("answers once" in note for note in model.findings.notes)


@pytest.mark.parametrize("name", ["backwards", "two_backwards"])
def test_a_layer_that_runs_from_the_end_answers_in_the_order_of_keras(name):
    model = opened(name)
    run, y = ran(model, name)
    np.testing.assert_allclose(run.predictions, y, atol=1e-6)
    assert any("about the last timestep that it reads" in note for note in model.findings.notes)


@pytest.mark.parametrize(
    "name",
    [
        *("pooled", "averaged", "weighed", "weighed_flat", "pooled_kept", "self_attended"),
        "residual_past",
    ],
)
def test_a_model_that_pools_over_all_timesteps_answers_as_in_keras_at_the_end(name):
    model = opened(name)
    run, y = ran(model, name)
    np.testing.assert_allclose(run.predictions[-1], y.reshape(-1), atol=1e-6)
    assert any("from all timesteps" in note for note in model.findings.notes)


@pytest.mark.parametrize(
    "name", ["last_picked", "last_kept", "last_taken", "attended_dots", "legacy_last"]
)
def test_a_model_that_picks_the_last_timestep_answers_as_in_keras_at_the_end(name):
    model = opened(name)
    run, y = ran(model, name)
    np.testing.assert_allclose(run.predictions[-1], y.reshape(-1), atol=1e-6)
    assert any("picks the last timestep" in note for note in model.findings.notes)


def test_a_decoder_of_what_is_repeated_is_a_chain_of_its_own_and_right_on_what_it_reads():
    model, x = opened("repeated"), EXPECTED["repeated/x"][0]
    ended = model.chain(0).run(x).layers[-1].outputs[-1]
    decoded = model.chain(1).run(np.tile(ended, (6, 1)))
    np.testing.assert_allclose(decoded.predictions, EXPECTED["repeated/y"][0], atol=1e-6)
    (note,) = [note for note in model.findings.notes if "again (RepeatVector)" in note]
    assert note.endswith("A capture in your own process records what it reads.")


def test_attention_that_reads_what_comes_later_says_so_and_the_causal_one_does_not():
    for name, ahead in (("attended_sum", True), ("attended_causal", False)):
        model = opened(name)
        assert model.looks_ahead == ahead
        assert any("reads those after it" in note for note in model.findings.notes) == ahead
        assert not model.answers_from_all


@pytest.mark.parametrize(
    ("name", "knowing"),
    [
        ("self_attended", "'heads'"),
        ("attended_dots", "'attention'"),
        ("averaged", "the second way"),
    ],
)
def test_a_model_that_answers_once_says_one_thing_of_what_a_prediction_has_read(name, knowing):
    model, x = opened(name), EXPECTED[f"{name}/x"][0]
    changed = np.vstack([x[:-1], x[-1:] + 1])
    before, after = (model.run(values).predictions[:-1] for values in (x, changed))
    assert (np.abs(after - before).max(axis=1) > 1e-6).all()  # all of them read the last timestep
    (said,) = [note for note in model.findings.notes if "timestep" in note]
    assert f", where {knowing}" in said
    assert said.endswith("of it.")


@pytest.mark.parametrize(
    ("name", "steps", "said"),
    [
        ("residual", [1], ["'plus' (Add) adds what 'lstm_10' reads to what it gives"]),
        ("residual_each", [0, 1, 1], ["what 'gru' reads", "what 'gru_1' reads"]),
        ("residual_past", [0, 2], ["what 'lstm_1' reads to what 'lstm_2' gives"]),
        ("legacy_sum", [1, 1], ["(TFOpLambda) adds what 'lstm' reads", "what 'lstm_1' reads"]),
    ],
)
def test_a_sum_of_what_a_layer_reads_and_gives_is_a_residual_connection_and_said(name, steps, said):
    model = opened(name)
    assert [layer.residual for layer in model.layers] == steps
    assert [layer.follows for layer in model.layers[1:]] == [True] * (len(steps) - 1)
    told = [note for note in model.findings.notes if "a residual connection" in note]
    assert len(told) == len(said)
    assert all(part in note for part, note in zip(said, told, strict=True))
    assert not any("Add" in ignored for ignored in model.findings.ignored)


def test_the_final_hidden_state_is_what_a_layer_answers_with_at_its_end():
    run, y = ran(opened("hidden_state"), "hidden_state")
    np.testing.assert_allclose(run.predictions[-1], y, atol=1e-6)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("masked", "'mask' makes Keras skip timesteps at which all numbers are 0"),
        ("padded", "'symbols' makes Keras skip timesteps of the symbol 0"),
        ("few_bits", "'short' computes in numbers of 16 bits in Keras"),
        ("two_kinds", "here each way is a chain of its own"),
    ],
)
def test_what_keras_does_otherwise_than_here_is_said(name, said):
    assert any(said in note for note in opened(name).findings.notes)


def test_cells_of_several_classes_stand_in_the_order_of_the_layer():
    model = opened("mixed_cells")
    run, y = ran(model, "mixed_cells")
    assert [layer.kind for layer in model.layers] == ["lstm", "gru", "rnn", "gru"]
    np.testing.assert_allclose(run.layers[-1].outputs, y, atol=1e-6)


def test_two_ways_of_different_kinds_are_a_chain_each():
    model, y = opened("two_kinds"), EXPECTED["two_kinds/y"][0]
    x = EXPECTED["two_kinds/x"][0]
    ways = [model.chain(k).run(x).layers[-1].outputs for k in (0, 1)]
    np.testing.assert_allclose(np.hstack(ways), y, atol=1e-6)


def test_how_two_directions_of_weights_alone_are_merged_is_asked_where_sizes_leave_it_open():
    rng = np.random.default_rng(4)
    shapes = [(4, 12), (3, 12), (12,)]
    names = ("kernel", "recurrent_kernel", "bias")
    arrays = {
        f"both/{way}_lstm/{name}": rng.normal(size=shape)
        for way in ("forward", "backward")
        for name, shape in zip(names, shapes, strict=True)
    }
    x = rng.normal(size=(5, 4))
    for inputs, choices in ((3, ("sum", "mul", "ave")), (6, ()), (None, MERGES)):
        dense = {} if inputs is None else {"d/kernel": rng.normal(size=(inputs, 2))}
        content = io.BytesIO()
        np.savez(content, **arrays, **dense)
        model = load_model(content.getvalue())
        (asked,) = [a for a in model.findings.assumptions if "merges its two" in a.reason]
        assert asked.choices == choices
        for merge in choices:
            (layer,) = load_model(content.getvalue(), merge=merge).layers
            run = layer.unroll(x)
            pair = (run.forward.hidden_state, run.backward.hidden_state)
            np.testing.assert_allclose(run.outputs, TOGETHER[merge](*pair), atol=1e-12)
    with pytest.raises(ValueError, match="merge is 'min': expected one of concat"):
        load_model(content.getvalue(), merge="min")


@pytest.mark.parametrize(
    ("name", "backwards", "others"),
    [("backwards", "lstm", ()), ("two_backwards", "lstm, lstm_1", ("lstm", "lstm_1"))],
)
def test_which_layers_of_weights_alone_read_from_the_end_is_asked(name, backwards, others):
    with zipfile.ZipFile(GOLDEN / f"{name}.keras") as archive:
        content = archive.read("model.weights.h5")
    alone = load_model(content, name="model.weights.h5")
    (asked,) = [a for a in alone.findings.assumptions if a.keyword == "backwards"]
    assert (asked.value, asked.choices) == ("none", ("none", *others, backwards))
    run, y = ran(load_model(content, name="model.weights.h5", backwards=backwards), name)
    np.testing.assert_allclose(run.predictions, y, atol=1e-6)


def test_before_its_end_such_a_model_says_what_it_would_answer_there():
    model, x = opened("classifier"), EXPECTED["classifier/x"][0]
    np.testing.assert_allclose(
        model.run(x).predictions[3], model.run(x[:4]).predictions[-1], atol=1e-6
    )


def test_windows_over_time_make_fewer_timesteps_and_it_is_said():
    model = opened("forecaster")
    run, _ = ran(model, "forecaster")
    assert (len(EXPECTED["forecaster/x"][0]), run.timesteps) == (19, 4)
    assert any("other timesteps" in note for note in model.findings.notes)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("merged", "put together by 'mul'"),
        ("attended", "'policy' (Dense), 'value' (Dense)"),
        ("cell_state", "reads a state, number 2"),
        ("nested_states", "reads a state, number 2"),
        ("used_twice", "is used at 2 places."),
        ("residual_raw", "'plus' (Add)"),
        ("residual_end", "'plus' (Add)"),
        ("residual_twice", "'plus' (Add), 'dense_7' (Dense)"),
        ("residual_backwards", "'plus' (Add)"),
        ("doubled", "'plus' (Add)"),
        ("attended_elsewhere", "'heads' (MultiHeadAttention) stands behind"),
        ("attended_masked", "'heads' (MultiHeadAttention) stands behind"),
        ("first_picked", "(GetItem) stands behind"),
        ("rest_picked", "(GetItem) stands behind"),
        ("separable", "'conv' (SeparableConv1D) stands before 'dense"),
    ],
)
def test_what_is_not_run_is_named_and_capture_offered(name, said):
    (note,) = [note for note in opened(name).findings.notes if said in note]
    assert "A capture in your own process records" in note


@pytest.mark.parametrize("name", ["classifier", "sentiment", "tagger", "attended_sum"])
def test_the_influence_on_an_answer_is_the_slope_through_all_that_stands_behind(name):
    model = in_float64(opened(name))
    run, _ = ran(model, name)
    direction = np.random.default_rng(5).normal(size=run.inputs.shape)

    def logit(inputs: np.ndarray) -> float:
        there = model.run_inputs(inputs)
        return float(model.readout.logits(model.read_off(there.layers)[-1])[0])

    t, step = run.timesteps - 1, 1e-4
    found = logit_influence(model, run, t, 0)
    slope = (logit(run.inputs + step * direction) - logit(run.inputs - step * direction)) / step / 2
    assert found.value == pytest.approx(logit(run.inputs), abs=1e-9)
    assert float((found.input * direction).sum()) == pytest.approx(slope, abs=1e-5)
    with pytest.raises(ValueError, match="not linear"):
        logit_split(model, run, t, 0)


def test_our_own_format_keeps_what_stands_behind_and_another_one_keeps_the_layers(tmp_path: Path):
    model = opened("sentiment")
    save_model(model, tmp_path / "ours.npz")
    again, (run, _) = load_model(tmp_path / "ours.npz"), ran(model, "sentiment")
    assert (ran(again, "sentiment")[0].predictions == run.predictions).all()
    save_model(model, tmp_path / "theirs.onnx")
    theirs = load_model(tmp_path / "theirs.onnx")
    assert (len(theirs.layers), theirs.readout, theirs.back) == (1, None, ())
