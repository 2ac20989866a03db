"""Where weights lie in checkpoints as people save them, by PyTorch's names and Keras's."""

from __future__ import annotations

import argparse
import io
from collections import OrderedDict, defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pytest

from lstm_core import LSTMParameters, LSTMVariant, Model, ModelFileError, load_model, unroll

from .bad_files import checkpoint, pickled, refusal

rng = np.random.default_rng(20261123)


def weights(prefix: str, rows: int, inputs: int, hidden: int, layer: str = "_l0") -> dict[str, Any]:
    """The tensors of one module by PyTorch's names."""
    shapes = {"weight_ih": (rows * hidden, inputs), "weight_hh": (rows * hidden, hidden)}
    shapes |= dict.fromkeys(("bias_ih", "bias_hh"), (rows * hidden,))
    return {
        f"{prefix}{name}{layer}": rng.normal(0, 0.5, shape).astype(np.float32)
        for name, shape in shapes.items()
    }


def linear(name: str, outputs: int, inputs: int) -> dict[str, Any]:
    return {
        f"{name}.weight": rng.normal(size=(outputs, inputs)).astype(np.float32),
        f"{name}.bias": rng.normal(size=outputs).astype(np.float32),
    }


def matrix(rows: int, columns: int) -> np.ndarray:
    return rng.normal(size=(rows, columns)).astype(np.float32)


def opened(value: Any, **keywords: Any) -> Model:
    """The model in a checkpoint with this value, in both of its containers."""
    content = pickled(value)
    plain, zipped = load_model(content, **keywords), load_model(checkpoint(content), **keywords)
    for one, other in zip(plain.layers, zipped.layers, strict=True):
        np.testing.assert_array_equal(one.forward.kernel, other.forward.kernel)
    return zipped


# --- where the state dict lies ----------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["state_dict", "model_state_dict", "model_state", "model", "net", "generator"]
)
def test_a_wrapped_state_dict_is_found_under_any_key(key):
    state = weights("rnn.", 4, 3, 5)
    model = opened({"epoch": 7, key: OrderedDict(state), "optimizer": {"state": {0: {"step": 1}}}})
    assert [layer.name for layer in model.layers] == ["rnn"]
    assert model.findings.places == (f"{key}: rnn.weight_ih_l0 and 3 more tensors",)
    assert set(model.findings.ignored) == {"epoch: int", "optimizer: dict of 1"}


def test_a_state_dict_deep_inside_is_found():
    model = opened({"a": {"b": {"c": weights("", 3, 2, 4)}}})
    assert model.layers[0].kind == "gru"
    assert model.findings.places[0].startswith("a.b.c: ")


def test_wrappers_are_left_out_of_names():
    names = ("module.", "_orig_mod.", "module._orig_mod.", "net.module.", "net._orig_mod.")
    for prefix in names:
        model = opened(weights(f"{prefix}lstm.", 4, 3, 5))
        assert model.layers[0].name in ("lstm", "net.lstm")
    assert opened(weights("", 4, 3, 5)).layers[0].name == "lstm"


def test_each_of_several_versions_of_a_model_can_be_opened():
    first, average = weights("lstm.", 4, 3, 5), weights("lstm.", 4, 3, 5)
    model = opened({"model": first, "ema": average})
    np.testing.assert_array_equal(model.layers[0].forward.kernel, first["lstm.weight_ih_l0"].T)
    assert model.findings.parts == ("model", "ema")
    assert any("'ema' has tensors of the same names" in note for note in model.findings.notes)
    other = opened({"model": first, "ema": average}, part="ema")
    np.testing.assert_array_equal(other.layers[0].forward.kernel, average["lstm.weight_ih_l0"].T)


def test_state_dicts_of_several_modules_are_all_opened():
    model = opened({"encoder": weights("rnn.", 4, 3, 5), "decoder": weights("rnn.", 4, 5, 6)})
    assert [layer.name for layer in model.layers] == ["encoder.rnn", "decoder.rnn"]
    assert not model.layers[1].follows
    assert model.findings.parts == ("encoder", "decoder")


def test_harmless_things_beside_the_weights_are_passed_over():
    state: dict[Any, Any] = {
        **weights("lstm.", 4, 3, 5),
        "args": argparse.Namespace(rate=0.1),
        "path": PurePosixPath("a"),
        "best": np.float64(0.5),
        "history": defaultdict(list, loss=[1.0, 0.5]),
        "seen": {1, 2},
        "frozen": frozenset({"a"}),
        5: (True, None, b"x", 1.5, 1 << 70),
    }
    assert opened(state).layers[0].hidden_size == 5


def test_a_vocabulary_of_the_right_size_names_the_symbols():
    embedding = {"embedding.weight": matrix(4, 3)}
    state = OrderedDict({**embedding, **weights("lstm.", 4, 3, 5), **linear("out", 4, 5)})
    for vocabulary in (
        list("abcd"),
        ("a", "b", "c", "d"),
        {"d": 3, "a": 0, "c": 2, "b": 1},
        {0: "a", 1: "b", 2: "c", 3: "d"},
    ):
        model = opened({"state_dict": state, "other": list("xyz"), "vocabulary": vocabulary})
        assert model.encoder.alphabet == tuple("abcd")
        assert model.readout.labels == tuple("abcd")
        assert model.readout.activation == "softmax"
    assert opened({"state_dict": state}).encoder.alphabet == ("0", "1", "2", "3")


def test_an_alphabet_as_wide_as_the_inputs_is_one_hot():
    model = opened({"state_dict": weights("lstm.", 4, 3, 5), "chars": ["a", "b", "c"]})
    np.testing.assert_array_equal(model.encoder.encode("cab"), np.eye(3)[[2, 0, 1]])


# --- what stands around the layers ------------------------------------------------------------


def test_the_matrix_before_the_layers_is_an_embedding_and_the_one_behind_a_readout():
    state = {"encoder.weight": matrix(9, 3), **weights("rnn.", 4, 3, 5), **linear("decoder", 9, 5)}
    model = opened(state)
    np.testing.assert_array_equal(model.encoder.embedding, state["encoder.weight"])
    np.testing.assert_array_equal(model.readout.kernel, state["decoder.weight"].T)
    np.testing.assert_array_equal(model.readout.bias, state["decoder.bias"])
    assert model.findings.ignored == ()


@pytest.mark.parametrize("both", [False, True])
def test_how_a_head_reads_time_is_asked(both):
    state = {**weights("lstm.", 4, 3, 5), **linear("head", 2, 5 * (1 + both))}
    if both:
        state = {**weights("lstm.", 4, 3, 5, "_l0_reverse"), **state}
    asked = {a.keyword: a.choices for a in opened(state).findings.assumptions if a.keyword}
    assert asked == {"reads": ("each", "mean", "max", *(["ends"] if both else []))}
    x = np.random.default_rng(1).normal(size=(6, 3)).astype(np.float32)
    run = opened(state).run(x)
    outputs, half = run.layers[-1].outputs, 5
    pooled = {"each": outputs[-1], "mean": outputs.mean(axis=0), "max": outputs.max(axis=0)}
    pooled["ends"] = np.concatenate([outputs[-1, :half], outputs[0, half:]])
    for reads in asked["reads"]:
        model = opened(state, reads=reads)
        head = state["head.weight"] @ pooled[reads] + state["head.bias"]
        np.testing.assert_allclose(model.run(x).predictions[-1], head, atol=1e-6)
    with pytest.raises(ValueError, match="reads is 'sum': expected one of each, mean, max, ends"):
        opened(state, reads="sum")


def test_trained_start_states_beside_a_layer_are_taken_and_asked_about():
    rng = np.random.default_rng(2)
    starts = {n: rng.normal(size=(1, 1, 5)).astype(np.float32) for n in ("net.h0", "net.c0")}
    state = {**starts, **weights("net.lstm.", 4, 3, 5), **linear("net.head", 2, 5)}
    x = rng.normal(size=(6, 3)).astype(np.float32)
    first, zero = (opened(state, start=start).run(x).layers[0] for start in (None, "zero"))
    (layer,) = opened(state).layers
    begun = layer.unroll(x, initial_hidden=starts["net.h0"][0, 0], initial_cell=starts["net.c0"][0])
    np.testing.assert_array_equal(first.outputs, begun.outputs)
    assert np.abs(first.outputs - zero.outputs).max() > 1e-3
    (asked,) = [a for a in opened(state).findings.assumptions if a.keyword == "start"]
    assert (asked.value, asked.choices) == ("trained", ("trained", "zero"))


@pytest.mark.parametrize("rows", [4, 3, 1])
def test_the_activation_that_was_asked_for_is_computed_and_said(rows):
    state = weights("cell.", rows, 3, 5)
    x = rng.normal(size=(6, 3)).astype(np.float32)
    usual, asked = opened(state), opened(state, activation="relu")
    cell = asked.layers[0].forward
    expected = {
        4: lambda: replace(
            usual.layers[0].forward,
            variant=LSTMVariant(activation="relu", output_activation="relu"),
        ),
        3: lambda: replace(usual.layers[0].forward, activation="relu"),
        1: lambda: replace(usual.layers[0].forward, activation="relu"),
    }[rows]()
    np.testing.assert_array_equal(unroll(cell, x).hidden_state, unroll(expected, x).hidden_state)
    said = any("through relu, as asked for" in note for note in asked.findings.notes)
    assert said == (rows != 1)
    assert not any("as asked for" in note for note in usual.findings.notes)


def test_a_parameter_of_the_module_itself_leaves_no_certain_readout():
    state = {"attention": np.ones(5, np.float32), **weights("lstm.", 4, 3, 5)}
    model = opened({**state, **linear("head", 2, 5)})
    assert model.readout is None
    assert any("'attention' is a parameter of the module" in note for note in model.findings.notes)


def test_of_several_layers_that_fit_the_one_behind_reads():
    state = {**linear("cnn", 2, 5), "norm.weight": np.ones(5, np.float32)}
    state |= {**weights("lstm.", 4, 3, 5), **linear("head", 4, 5)}
    model = opened(state)
    np.testing.assert_array_equal(model.readout.bias, state["head.bias"])
    assumed, reading = model.findings.assumptions
    assert (assumed.value, reading.keyword) == ("head.weight, linear", "reads")
    alphabetical = dict(sorted(weights("lstm.", 4, 3, 5).items()))
    ordered = {**linear("a_head", 4, 5), **alphabetical, **linear("z_head", 3, 5)}
    assert opened(dict(sorted(ordered.items()))).readout is None


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (linear("a", 2, 5) | linear("b", 3, 5), "More than one layer fits on top"),
        (linear("x", 2, 5) | linear("y", 3, 5), "More than one layer fits on top"),
        (linear("a", 2, 5) | {"norm.weight": np.ones(5, np.float32)}, "More than one layer fits"),
        (linear("a", 4, 5) | linear("b", 2, 4), "stands above it"),
        (linear("a", 4, 5) | linear("b", 4, 7), "stands beside it"),
        (
            {"embed.weight": matrix(9, 3), "pos_embed.weight": matrix(9, 3)},
            "More than one embedding fits",
        ),
    ],
)
def test_what_is_ambiguous_is_left_out_and_said(extra, words):
    model = opened({**weights("lstm.", 4, 3, 5), **extra})
    assert model.readout is None
    assert model.encoder is None
    assert any(words in note for note in model.findings.notes)
    assert len(model.findings.ignored) == len(extra)


def test_what_does_not_fit_is_ignored_and_listed():
    state = {"conv.weight": matrix(7, 2), "steps": np.array(3), **weights("lstm.", 4, 3, 5)}
    assert opened(state).findings.ignored == ("conv.weight (7, 2)", "steps ()")


# --- which layer reads which ------------------------------------------------------------------


def test_modules_whose_names_say_no_order_stay_apart_until_the_reader_says_which():
    state = {**weights("b_last.", 4, 5, 2), **weights("c_first.", 3, 3, 5)}
    assert [layer.follows for layer in opened(state).layers] == [True, False]
    (asked,) = opened(state).findings.assumptions
    assert (asked.keyword, asked.value) == ("chain", "apart")
    assert asked.choices == ("apart", "c_first → b_last")
    model = opened(state, chain="c_first → b_last")
    assert [layer.name for layer in model.layers] == ["c_first", "b_last"]
    assert model.layers[1].follows
    assert model.findings.places[0].startswith("c_first.")


@pytest.mark.parametrize("chain", ["b_last → c_first", "b_last → other", "b_last → b_last", ""])
def test_a_chain_that_cannot_be_made_is_refused(chain):
    state = {**weights("b_last.", 4, 5, 2), **weights("c_first.", 3, 3, 5)}
    with pytest.raises(ModelFileError, match="chain"):
        load_model(checkpoint(pickled(state)), chain=chain)


def test_a_module_that_fits_nowhere_begins_a_chain_of_its_own():
    model = opened({**weights("words.", 4, 3, 5), **weights("letters.", 4, 7, 2)})
    assert [layer.follows for layer in model.layers] == [True, False]
    inputs = rng.normal(size=(4, 7))
    run = model.chain(1).run_inputs(inputs)
    np.testing.assert_array_equal(run.layers[0].outputs, model.layers[1].unroll(inputs).outputs)
    with pytest.raises(ValueError, match=r"letters begins a chain of its own"):
        model.run_inputs(inputs)


def test_cells_in_a_list_are_layers_one_upon_the_other():
    model = opened({**weights("cells.0.", 4, 3, 5, ""), **weights("cells.1.", 4, 5, 5, "")})
    assert [layer.name for layer in model.layers] == ["cells.0", "cells.1"]
    assert model.run_inputs(rng.normal(size=(4, 3))).layers[1].outputs.shape == (4, 5)


@pytest.mark.parametrize(("rows", "kind"), [(4, "lstm"), (3, "gru"), (1, "rnn")])
@pytest.mark.parametrize("layer", ["_l0", ""])
def test_the_kind_of_cell_is_told_by_its_rows(rows, kind, layer):
    assert opened(weights("a.", rows, 3, 12, layer)).layers[0].kind == kind


# --- weights that are computed ----------------------------------------------------------------


def test_fastais_undropped_weights_are_taken():
    state = weights("rnns.0.module.", 4, 3, 5)
    raw = matrix(20, 5)
    for order in (
        {**state, "rnns.0.weight_hh_l0_raw": raw},
        {"rnns.0.weight_hh_l0_raw": raw, **state},
    ):
        (layer,) = opened(order).layers
        np.testing.assert_array_equal(layer.forward.recurrent_kernel, raw.T)


@pytest.mark.parametrize("shape", [(20, 1), (1, 5), ()])
def test_weight_norm_is_a_length_times_a_direction(shape):
    state = weights("lstm.", 4, 3, 5)
    v = state.pop("lstm.weight_hh_l0")
    g = rng.uniform(0.5, 2, shape).astype(np.float32)
    axes = {(20, 1): 1, (1, 5): 0, (): None}[shape]
    expected = v * g / np.linalg.norm(v, axis=axes, keepdims=bool(shape))
    old = {"lstm.weight_hh_l0_g": g, "lstm.weight_hh_l0_v": v}
    place = "lstm.parametrizations.weight_hh_l0.original"
    for stored in (old, {f"{place}0": g, f"{place}1": v}):
        kernel = opened({**state, **stored}).layers[0].forward.recurrent_kernel
        np.testing.assert_allclose(kernel, expected.T, rtol=1e-6)


def test_a_parametrisation_that_is_not_known_is_refused():
    state = weights("lstm.", 4, 3, 5)
    state["lstm.parametrizations.weight_hh_l0.original"] = state.pop("lstm.weight_hh_l0")
    assert "parametrisation that is not known" in refusal(checkpoint(pickled(state)))


@pytest.mark.parametrize(
    ("also", "words"),
    [
        ({"0._u": np.ones(20, np.float32)}, "parametrisation that is not known"),
        ({"0._u": matrix(1, 3)[0], "0._v": matrix(1, 5)[0]}, "has vectors of (3,) and (5,)"),
        ({"0._u": matrix(1, 20)[0], "0._v": np.zeros(5, np.float32)}, "expected finite numbers"),
        (
            {"0._u": matrix(1, 20)[0], "0._v": matrix(1, 5)[0], "1.scale": matrix(1, 1)},
            "parametrisation that is not known",
        ),
    ],
)
def test_a_spectral_norm_that_is_not_whole_is_refused(also, words):
    state = weights("lstm.", 4, 3, 5)
    place = "lstm.parametrizations.weight_hh_l0"
    state[f"{place}.original"] = state.pop("lstm.weight_hh_l0")
    state |= {f"{place}.{name}": tensor for name, tensor in also.items()}
    assert words in refusal(checkpoint(pickled(state)))


def test_weight_norm_by_zero_is_refused():
    state = weights("lstm.", 4, 3, 5)
    v = state.pop("lstm.weight_hh_l0") * np.float32(0)
    state |= {"lstm.weight_hh_l0_g": np.ones((20, 1), np.float32), "lstm.weight_hh_l0_v": v}
    assert "weight_hh of lstm layer 0" in refusal(checkpoint(pickled(state)))


@pytest.mark.parametrize("rows", [4, 3])
def test_gates_of_a_module_of_ones_own_can_be_settled(rows):
    hard = "hard_sigmoid(0.2, 0.5)"
    model = opened(weights("lstm.", rows, 3, 5), recurrent_activation=hard)
    cell = model.layers[0].forward
    owner = cell.variant if rows == 4 else cell
    assert owner.recurrent_activation == hard
    assert any(hard in note for note in model.findings.notes)


@pytest.mark.parametrize("protocol", range(6))
def test_every_protocol_of_pickles_is_read(protocol):
    state = weights("lstm.", 4, 3, 5)
    model = load_model(pickled(state, protocol), name="model.pkl")
    np.testing.assert_array_equal(model.layers[0].forward.kernel, state["lstm.weight_ih_l0"].T)


# --- NumPy archives ---------------------------------------------------------------------------


def archive(**arrays: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize(
    "names",
    [
        ("kernel", "recurrent_kernel", "bias"),
        ("lstm/lstm_cell/kernel:0", "lstm/lstm_cell/recurrent_kernel:0", "lstm/lstm_cell/bias:0"),
        ("lstm.kernel", "lstm.recurrent_kernel", "lstm.bias"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_kerass_names_in_a_numpy_archive(names, backwards):
    arrays = (matrix(5, 20), matrix(5, 20), matrix(1, 20)[0])
    pairs = list(zip(names, arrays, strict=True))
    (layer,) = load_model(archive(**dict(reversed(pairs) if backwards else pairs))).layers
    kernel, recurrent_kernel, bias = arrays
    ours = LSTMParameters(kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias)
    inputs = rng.normal(size=(4, 5)).astype(np.float32)
    np.testing.assert_allclose(
        layer.unroll(inputs).outputs, unroll(ours, inputs).hidden_state, rtol=0, atol=1e-6
    )
    assert layer.name == "lstm" or layer.name.startswith("lstm/")
    assert layer.convention.startswith("Keras")


def test_pytorchs_names_in_a_numpy_archive():
    state = weights("rnn.", 3, 3, 5)
    model = load_model(archive(**state))
    assert model.layers[0].kind == "gru"
    assert model.findings.format == "NumPy archive with PyTorch's names"


def test_names_that_nobody_knows_are_listed():
    assert "holds 'W', 'U'" in refusal(archive(W=matrix(2, 2), U=matrix(2, 2)))
