"""What stands before, between and after the recurrent layers."""

from __future__ import annotations

import numpy as np
import pytest

from .bad_files import checkpoint, pickled, refusal
from .test_checkpoints import linear, matrix, weights
from .torch_checkpoints import opened


@pytest.mark.parametrize(
    "name", ["fc_in", "proj_in", "input_proj", "inp", "linear", "proj", "pre.0"]
)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("alphabetical", [False, True])
def test_a_linear_layer_in_front_is_never_a_readout_or_an_embedding(name, bias, alphabetical):
    front = linear(name, 5, 5) if bias else {f"{name}.weight": matrix(5, 5)}
    state = front | weights("lstm.", 4, 5, 5)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    assert model.readout is None
    assert model.encoder is None


@pytest.mark.parametrize(
    "behind",
    [
        linear("fc1", 5, 5) | linear("fc2", 2, 5),
        linear("fc1", 7, 5) | linear("fc2", 2, 7),
        linear("head", 2, 5) | linear("static", 5, 3),
        {"embed_fc.weight": matrix(5, 5)} | linear("fc", 2, 5),
        linear("fc", 2, 5) | {"bn.weight": np.ones(5, np.float32)},
    ],
)
def test_no_readout_across_another_layer(behind):
    assert opened(weights("lstm.", 4, 3, 5) | behind).readout is None


def test_a_readout_by_its_name_is_taken_where_the_order_says_nothing():
    state = dict(sorted((weights("lstm.", 4, 3, 5) | linear("classifier.1", 2, 5)).items()))
    assert opened(state).readout.kernel.shape == (5, 2)


def test_what_stands_between_an_embedding_and_the_layers_is_said():
    state = {"emb.weight": matrix(9, 5), **linear("mix", 5, 5), **weights("lstm.", 4, 5, 5)}
    model = opened(state)
    assert model.encoder is None
    assert any("'mix.weight' may stand between" in note for note in model.findings.notes)


def test_what_stands_in_front_and_is_not_run_is_said():
    norm = {"bn.weight": np.ones(5, np.float32), "bn.bias": np.ones(5, np.float32)}
    model = opened(linear("mix", 5, 2) | norm | weights("lstm.", 4, 5, 5))
    assert any("the file lists 'mix', 'bn': not run here" in n for n in model.findings.notes)


def test_a_layer_between_encoder_and_decoder_is_no_readout():
    encoder = weights("encoder.rnn.", 3, 5, 5) | linear("encoder.fc", 5, 5)
    decoder = weights("decoder.rnn.", 3, 5, 5) | linear("decoder.fc", 7, 5)
    model = opened(encoder | decoder)
    assert model.chain(0).readout is None
    assert model.chain(1).readout.kernel.shape == (5, 7)


def test_embeddings_go_by_the_words_that_they_share_with_the_layers():
    state = {
        "embedding_src.weight": matrix(9, 5),
        "embedding_tgt.weight": matrix(7, 5),
        **weights("rnn_src.", 3, 5, 5),
        **weights("rnn_tgt.", 3, 5, 5),
    }
    model = opened(state)
    sizes = {model.layers[k].name: len(model.chain(k).encoder.alphabet) for k in (0, 1)}
    assert sizes == {"rnn_src": 9, "rnn_tgt": 7}


def test_embeddings_go_by_the_words_before_the_first_difference():
    state = {
        "src_embed.weight": matrix(9, 5),
        "tgt_embed.weight": matrix(7, 5),
        **weights("src_rnn.", 3, 5, 5),
        **weights("tgt_rnn.", 3, 5, 5),
    }
    model = opened(state)
    sizes = {model.layers[k].name: len(model.chain(k).encoder.alphabet) for k in (0, 1)}
    assert sizes == {"src_rnn": 9, "tgt_rnn": 7}


@pytest.mark.parametrize(
    "extra",
    [
        {"cell.ln.weight": np.ones(20, np.float32)},
        {"cell.weight_ci": np.ones(5, np.float32)},
        {"cell.bias": np.ones(20, np.float32)},
        {"cell.h0": np.ones((1, 5), np.float32)},
    ],
)
def test_a_module_with_more_tensors_than_pytorchs_is_said_not_to_be_plain(extra):
    own = weights("cell.", 4, 3, 5, "") | extra
    assert "no plain LSTM" in refusal(checkpoint(pickled(own)))
    alone = {name.removeprefix("cell."): value for name, value in own.items()}
    assert "no plain LSTM" in refusal(checkpoint(pickled(alone)))
    beside = opened({**own, **weights("lstm.", 4, 3, 5)})
    assert [layer.name for layer in beside.layers] == ["lstm"]
    assert any("no plain LSTM" in note for note in beside.findings.notes)


def test_a_layer_norm_beside_the_cell_belongs_to_it():
    own = weights("rnn.cell.", 4, 3, 5, "") | {"rnn.ln_gates.weight": np.ones(20, np.float32)}
    assert "'rnn.cell' is no plain LSTM" in refusal(checkpoint(pickled(own)))
    behind = weights("rnn.cell.", 4, 3, 5, "") | {"rnn.norm.weight": np.ones(5, np.float32)}
    assert opened(behind).readout is None
