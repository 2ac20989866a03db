"""Sequences that are run together come out as each does alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Layer, Model
from lstm_core.corpus import Corpus, batched_runs
from lstm_core.training import initial_gru, initial_lstm, initial_rnn
from tests.lstm_core.corpus.small import texts

MAKERS = (initial_lstm, initial_gru, initial_rnn)


def stacked(maker, *, bidirectional: bool, reverse: bool, started: bool) -> Model:
    """Two layers, the second over the first."""
    rng, width = np.random.default_rng(3), 8 if bidirectional else 4
    first = Layer(
        name="first",
        forward=maker(rng, 2, 4),
        backward=maker(rng, 2, 4) if bidirectional else None,
        reverse=reverse,
        initial_hidden=rng.normal(size=4).astype(np.float32) if started else None,
    )
    return Model(layers=(first, Layer(name="second", forward=maker(rng, width, 3))))


@settings(max_examples=12)
@given(
    maker=st.sampled_from(MAKERS),
    lengths=st.lists(st.integers(0, 80), min_size=1, max_size=6),
    way=st.sampled_from(["forwards", "both ways", "backwards", "from its own start"]),
)
def test_every_timestep_comes_once_with_the_numbers_of_a_run_of_its_own(maker, lengths, way):
    model = stacked(
        maker,
        bidirectional=way == "both ways",
        reverse=way == "backwards",
        started=way == "from its own start",
    )
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(n, 2)).astype(np.float32) for n in lengths]
    found = [np.full((n, 3), np.nan, np.float32) for n in lengths]
    for chunk in batched_runs(model, inputs, ["hidden_state"], layer=1):
        for k, row in enumerate(chunk.rows):
            there = found[row][chunk.first : chunk.first + chunk.counts[k]]
            assert np.isnan(there).all()
            there[:] = chunk.signals["hidden_state"][k, : chunk.counts[k]]
    for one, values in zip(inputs, found, strict=True):
        if len(one):
            alone = model.run_inputs(one).layers[1].forward.hidden_state
            np.testing.assert_allclose(values, alone, atol=2e-6)


def test_a_corpus_is_cut_into_blocks_of_whole_sequences_in_their_order():
    corpus = Corpus(name="texts", sequences=texts(30))
    blocks = list(corpus.blocks(50))
    assert tuple(one for block in blocks for one in block) == corpus.sequences
    assert all(sum(map(len, block)) <= 50 for block in blocks)
    assert len(list(corpus.blocks(1))) == 30


def test_a_corpus_is_known_by_what_is_read_and_by_its_names_and_needs_a_sequence():
    one = Corpus(name="a", sequences=texts(3))
    assert one.id == Corpus(name="b", sequences=texts(3)).id
    assert one.id != Corpus(name="a", sequences=texts(3)[::-1]).id
    with pytest.raises(ValueError, match="no sequence"):
        Corpus(name="a", sequences=())
