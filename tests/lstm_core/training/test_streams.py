"""Symbols by their places, and long streams cut into batches that follow each other."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from lstm_core import EmbeddingEncoder, Layer, Model, OneHotEncoder
from lstm_core.model.weights import weights, with_weights
from lstm_core.training import (
    Batch,
    Recipe,
    initial_gru,
    initial_lstm,
    initial_readout,
    initial_rnn,
    loss_and_gradients,
    loss_and_states,
    training,
)

from ..slopes import assert_derivative

CELLS: dict[str, Any] = {"lstm": initial_lstm, "gru": initial_gru, "rnn": initial_rnn}
ALPHABET = tuple("abcdefg")


def a_reader(kind: str = "lstm", layers: int = 2, seed: int = 0, **of_layers: Any) -> Model:
    """A model that reads symbols and says the next one."""
    rng = np.random.default_rng(seed)
    make, sizes = CELLS[kind], [len(ALPHABET), *range(5, 5 + layers)]
    return Model(
        encoder=OneHotEncoder(alphabet=ALPHABET),
        layers=tuple(
            Layer(
                name=f"layer {k}",
                forward=make(rng, *sizes[k : k + 2], dtype=np.float64),
                **of_layers,
            )
            for k in range(layers)
        ),
        readout=initial_readout(rng, sizes[-1], ALPHABET, "softmax", dtype=np.float64),
    )


def a_text(count: int = 3, timesteps: int = 12, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, len(ALPHABET), (count, timesteps + 1))


def a_batch(text: np.ndarray, **more: Any) -> Batch:
    return Batch(inputs=text[:, :-1], targets=text[:, 1:], **more)


@pytest.mark.parametrize("kind", CELLS)
def test_a_symbol_by_its_place_is_the_symbol_as_a_vector(kind):
    model, text = a_reader(kind), a_text()
    places = a_batch(text)
    vectors = dataclasses.replace(places, inputs=np.eye(len(ALPHABET))[places.inputs])
    ours, theirs = (loss_and_gradients(model, b, "cross_entropy") for b in (places, vectors))
    assert ours[0] == pytest.approx(theirs[0], rel=1e-12)
    for name, gradient in theirs[1].items():
        np.testing.assert_allclose(ours[1][name], gradient, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("kind", CELLS)
def test_a_stream_in_pieces_has_the_loss_of_the_whole(kind):
    model, text = a_reader(kind), a_text()
    whole, ended = loss_and_states(model, a_batch(text), "cross_entropy")
    states, losses = None, []
    for start in (0, 4, 8):
        piece = a_batch(text[:, start : start + 5])
        loss, states = loss_and_states(model, piece, "cross_entropy", states)
        losses.append(loss)
    assert np.mean(losses) == pytest.approx(whole, rel=1e-12)
    for state, expected in zip(states, ended, strict=True):
        for field in dataclasses.fields(expected):
            np.testing.assert_allclose(
                getattr(state, field.name), getattr(expected, field.name), rtol=1e-12
            )


def test_a_batch_that_follows_begins_where_the_one_before_ended():
    model, text = a_reader(), a_text()
    pieces = [a_batch(text[:, k : k + 5], follows=k > 0) for k in (0, 4, 8)]
    still = Recipe(loss="cross_entropy", updates=3, learning_rate=1e-300)
    losses = [progress.loss for progress in training(model, pieces, still)]
    whole, _ = loss_and_states(model, a_batch(text), "cross_entropy")
    assert np.mean(losses) == pytest.approx(whole, rel=1e-12)


def test_of_a_batch_some_sequences_follow_and_others_begin():
    model, text = a_reader(), a_text()
    first, second = a_batch(text[:, :7]), a_batch(text[:, 6:])
    _, ended = loss_and_states(model, first, "cross_entropy")
    one = slice(1, 2)
    going_on, _ = loss_and_states(
        model,
        a_batch(text[one, 6:]),
        "cross_entropy",
        tuple(
            type(s)(**{f.name: getattr(s, f.name)[one] for f in dataclasses.fields(s)})
            for s in ended
        ),
    )
    beginning = [loss_and_states(model, a_batch(text[[k], 6:]), "cross_entropy")[0] for k in (0, 2)]
    mixed = dataclasses.replace(second, follows=np.array([False, True, False]))
    still = Recipe(loss="cross_entropy", updates=2, learning_rate=1e-300)
    *_, last = training(model, [first, mixed], still)
    assert last.loss == pytest.approx((going_on + sum(beginning)) / 3, rel=1e-12)


def test_a_stream_goes_on_where_training_was_resumed():
    model, text = a_reader(), a_text()
    pieces = [a_batch(text[:, k : k + 4], follows=k > 0) for k in (0, 3, 6, 9)]
    recipe = Recipe(loss="cross_entropy", updates=4, learning_rate=0.01)
    whole = [progress.loss for progress in training(model, pieces, recipe)]
    *_, kept = training(model, pieces[:2], recipe)
    resumed = [progress.loss for progress in training(model, pieces[2:], recipe, resume=kept)]
    assert resumed == whole[2:]


def test_the_gradient_of_a_piece_starts_from_its_states():
    model, text = a_reader(layers=1), a_text()
    _, ended = loss_and_states(model, a_batch(text[:, :7]), "cross_entropy")
    rest = a_batch(text[:, 6:])
    _, found = loss_and_gradients(model, rest, "cross_entropy", ended)
    for name, array in weights(model).items():
        moved = lambda w, name=name: with_weights(model, {name: w})  # noqa: E731
        loss_of = lambda w: loss_and_states(moved(w), rest, "cross_entropy", ended)[0]  # noqa: E731, B023
        assert_derivative(found[name], loss_of, array, scale=0.01)


def test_a_model_that_reads_backwards_cannot_go_on():
    model, text = a_reader(layers=1, reverse=True), a_text()
    steps = training(
        model,
        [a_batch(text, follows=True)],
        Recipe(loss="cross_entropy", updates=1, learning_rate=1.0),
    )
    with pytest.raises(ValueError, match="layer 0 reads backwards: a batch cannot follow"):
        next(steps)


def test_a_batch_of_other_sequences_cannot_follow():
    model, text = a_reader(), a_text()
    steps = training(
        model,
        [a_batch(text), a_batch(text[:2], follows=True)],
        Recipe(loss="cross_entropy", updates=2, learning_rate=0.1),
    )
    next(steps)
    with pytest.raises(ValueError, match=r"the batch has \(2,\) sequences .* expected \(3,\)"):
        next(steps)


@pytest.mark.parametrize("encoder", ["one_hot", "embedding"])
def test_a_place_outside_the_alphabet_is_named(encoder):
    model = a_reader()
    if encoder == "embedding":
        embedded = EmbeddingEncoder(alphabet=ALPHABET, embedding=np.eye(len(ALPHABET)))
        model = dataclasses.replace(model, encoder=embedded)
    text = a_text()
    text[0, 0] = 7
    with pytest.raises(ValueError, match=r"inputs reach from 0 to 7: expected .* 0\.\.6"):
        loss_and_gradients(model, a_batch(text), "cross_entropy")
