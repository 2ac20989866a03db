"""A model that somebody brought is stepped like a demo, and claims nothing it cannot know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.session.subjects import (
    LARGEST_RUN,
    MOST_NUMBERS,
    longest_sequence,
    readable,
    uploaded,
)
from lstm_core import Layer, LSTMParameters, Model, load_model
from lstm_core.model.encoders import NumericEncoder

GOLDEN = Path(__file__).parents[2] / "golden"
TORCH = sorted(
    path
    for path in (GOLDEN / "torch").iterdir()
    if path.suffix in {".pt", ".pth", ".pkl", ".safetensors"}
)
FILES = [*TORCH, *sorted((GOLDEN / "keras").glob("keras3_*.keras"))]


@pytest.mark.slow  # reads some fifty files
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_layer_of_every_golden_file_can_be_run_on_what_we_offer(path):
    model = load_model(path)
    for k, layer in enumerate(model.layers):
        subject = uploaded("m", path.name, model, k)
        assert subject.model.layers[k - subject.first] is layer
        for named in subject.examples:
            run = subject.model.run(named.sequence)
            assert np.isfinite(run.layers[k - subject.first].outputs).all()


def test_a_file_without_an_encoder_reads_numbers_just_as_they_are():
    subject = uploaded("m", "m", load_model(GOLDEN / "torch" / "lstm.pt"), 0)
    assert isinstance(subject.model.encoder, NumericEncoder)
    given = np.array([[1.5, -2, 3], [0, 0.25, 9]], np.float32)
    np.testing.assert_array_equal(subject.model.encoder.encode(given), given)


def test_an_alphabet_in_the_file_is_what_random_symbols_are_drawn_from():
    model = load_model(GOLDEN / "torch" / "checkpoint.pt")
    subject = uploaded("m", "m", model, 0)
    assert set(subject.random_sequence(3).symbols) <= set(model.encoder.alphabet)


def test_the_same_seed_is_the_same_sequence_and_another_one_is_not():
    subject = uploaded("m", "m", load_model(GOLDEN / "torch" / "lstm.pt"), 0)
    again = uploaded("m", "m", load_model(GOLDEN / "torch" / "lstm.pt"), 0)
    assert subject.random_sequence(5).id == again.random_sequence(5).id
    assert subject.random_sequence(5).id != subject.random_sequence(6).id


def test_nothing_is_claimed_to_be_true_or_right():
    subject = uploaded("m", "m", load_model(GOLDEN / "torch" / "checkpoint.pt"), 0)
    sequence = subject.examples[0].sequence
    assert subject.truth.targets(sequence) is None
    assert (subject.correct(sequence, np.zeros((len(sequence), 7))) == -1).all()


@pytest.mark.parametrize("layer", [-1, 99])
def test_a_layer_that_is_not_there_takes_the_first(layer):
    subject = uploaded("m", "m", load_model(GOLDEN / "torch" / "checkpoint.pt"), layer)
    assert subject.first == 0


def test_layers_of_one_chain_are_one_subject_and_of_two_chains_two():
    model = load_model(GOLDEN / "keras" / "keras3_directions.keras")
    starts = [k for k, layer in enumerate(model.layers) if k == 0 or not layer.follows]
    names = {uploaded("m", "m", model, k).name for k in range(len(model.layers))}
    assert len(names) == len(starts) > 1


def test_a_longest_sequence_fits_the_memory_that_a_run_may_take():
    for path in TORCH:
        model = load_model(path)
        chain = uploaded("m", "m", model, 0).model
        units = sum(layer.hidden_size * (1 + layer.bidirectional) for layer in chain.layers)
        assert longest_sequence(chain) * units <= LARGEST_RUN


@pytest.mark.parametrize("inputs", [3, 200_000])
def test_what_is_made_up_for_a_model_and_what_it_may_be_given_is_bounded_in_numbers(inputs):
    cell = LSTMParameters(
        kernel=np.zeros((inputs, 4), np.float32),
        recurrent_kernel=np.zeros((1, 4), np.float32),
        bias=np.zeros(4, np.float32),
    )
    subject = uploaded("m", "m", Model(layers=(Layer(name="wide", forward=cell),)), 0)
    made_up = [example.sequence for example in subject.examples]
    for sequence in (*made_up, subject.random_sequence(0)):
        assert 1 <= len(sequence) <= subject.max_timesteps
    assert subject.max_timesteps * inputs <= MOST_NUMBERS


def test_a_chain_reads_what_windows_over_time_give_so_that_timesteps_stay_in_step():
    model = load_model(GOLDEN / "keras_backs" / "forecaster.keras")
    chain = readable(model)
    assert len(model.front) > 0
    assert (chain.front, chain.input_size) == ((), 3)
    smoothed = load_model(GOLDEN / "keras_backs" / "smoothed.keras")
    assert readable(smoothed).front == smoothed.front
