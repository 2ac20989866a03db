"""What is asked of networks beside each other: fresh sequences, probes, derivatives, bounds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.screens.memory import comparison
from app.screens.memory.comparison import (
    FreshSequences,
    Network,
    ProbedRecall,
    forgetting_lag,
    fresh_sequences,
    probe_line,
    probe_recall,
)
from app.session.view import OWN_UNITS
from lstm_core.analysis.output_influence import output_influence
from lstm_core.analysis.recall import Recall
from lstm_core.demo import Demo, load_demo
from lstm_core.experiment import model_of, recommended
from lstm_core.sequence import Sequence, symbol_sequence
from tests.app.memory_fixtures import DEMOS

STRING = symbol_sequence("BTBTXSETE")


@cache
def demo(name: str) -> Demo:
    return load_demo(DEMOS / name)


@cache
def untrained() -> Demo:
    """Embedded Reber's demo with a standard RNN in it that has learnt nothing."""
    model = model_of(recommended("embedded_reber", "rnn").replace(units=5))
    return replace(demo("reber"), name="reber/untrained", model=model)


@cache
def known(name: str) -> tuple[FreshSequences, ProbedRecall]:
    drawn = fresh_sequences(demo(name))
    assert drawn is not None
    return drawn, probe_recall(demo(name), drawn)


def network(of: Demo, sequence: Sequence = STRING) -> Network:
    return Network(demo=of, run=of.model.run(sequence))


def test_a_network_is_named_with_its_size():
    assert network(demo("reber")).title == "LSTM, 12 units, 1,051 trained numbers"
    assert network(untrained()).title.startswith("Standard RNN, 5 units, ")


def test_twins_are_asked_on_the_same_fresh_sequences_whose_cue_the_task_names():
    drawn, twin = known("reber")[0], fresh_sequences(untrained())
    assert twin is not None
    np.testing.assert_array_equal(drawn.inputs, twin.inputs)
    assert set(drawn.values) == {"T", "P"}
    assert (drawn.cues == 1).all()
    symbols = drawn.inputs[np.arange(len(drawn.cues)), drawn.cues].argmax(axis=1)
    alphabet = np.array(demo("reber").model.encoder.alphabet)
    assert (alphabet[symbols] == drawn.values).all()


@pytest.mark.parametrize("name", ["sunspots", "counter"])
def test_a_task_without_a_cue_or_with_one_that_is_always_the_same_has_no_probe(name):
    assert fresh_sequences(demo(name)) is None


def test_every_network_tells_what_it_has_just_read_and_an_lstm_does_long_after():
    _, lstm = known("reber")
    assert lstm.recall.score[0] == 1
    assert np.nanmin(lstm.recall.score) > 0.85
    assert forgetting_lag(lstm.recall) is None


def test_the_lstm_that_adds_is_never_said_to_have_forgotten_the_first_number():
    _, lstm = known("adding")
    assert lstm.recall.lags[-1] > 100
    assert forgetting_lag(lstm.recall) is None


def test_a_network_that_has_learnt_nothing_has_forgotten_after_a_few_timesteps():
    drawn = fresh_sequences(untrained())
    assert drawn is not None
    recall = probe_recall(untrained(), drawn).recall
    assert recall.score[0] == 1
    lost = forgetting_lag(recall)
    assert lost is not None
    assert 1 < lost < 15


def test_forgotten_is_from_where_on_the_score_is_within_three_standard_errors_of_a_guess():
    recall = Recall(
        measure="accuracy",
        lags=np.array([0, 5, 9, 12]),
        score=np.array([1.0, 0.7, np.nan, 0.58]),
        standard_error=np.array([0.01, 0.05, np.nan, 0.03]),
        chance=np.full(4, 0.5),
        tested=np.full(4, 100),
        probe=known("reber")[1].recall.probe,
    )
    assert forgetting_lag(recall) == 12
    assert forgetting_lag(replace(recall, score=np.array([1.0, 0.7, 0.4, 0.7]))) is None
    sure = replace(recall, standard_error=np.full(4, 0.05))
    assert forgetting_lag(replace(sure, score=np.array([1.0, 0.5, 0.9, 0.6]))) == 12
    assert (
        forgetting_lag(replace(sure, score=np.array([1.0, 0.5, 0.6, 0.9]))) == 5
    )  # once by chance
    assert forgetting_lag(replace(sure, score=np.array([1.0, 0.9, 0.6, 0.9]))) is None
    assert forgetting_lag(replace(sure, score=np.array([1.0, 0.5, 0.6, 0.5]))) == 5


def test_the_row_of_what_is_known_begins_at_the_cue_and_names_what_the_probe_believes():
    _, probed_recall = known("reber")
    line = probe_line(network(demo("reber")), probed_recall, STRING)
    assert line is not None
    assert line.title == "knows T"
    assert line.reference == 0.5
    assert np.isnan(line.values[0])
    assert line.labels[0] == ""
    assert (line.values[1:4] > 0.5).all()
    assert line.labels[1:4] == ("T", "T", "T")
    line.check()


def test_the_row_of_a_number_says_how_near_the_probe_comes_to_it():
    adding = demo("adding")
    sequence = adding.examples[0].sequence
    _, probed_recall = known("adding")
    # Numbers are even in -1..1, but for one in ten that is marked first of all and counts as 0.
    assert probed_recall.blind_error == pytest.approx(0.9 * 0.5, abs=0.03)
    line = probe_line(network(adding, sequence), probed_recall, sequence)
    cue = adding.truth.cue(sequence)
    assert line is not None
    assert cue is not None
    assert np.isnan(line.values[: cue.timestep]).all()
    assert line.values[cue.timestep] > 0.9
    assert float(line.labels[cue.timestep].replace("−", "-")) == pytest.approx(cue.value, abs=0.05)
    line.check()


def test_a_sequence_without_a_cue_has_no_such_row():
    _, probed_recall = known("reber")
    for sequence in map(symbol_sequence, ("B", "BXV")):
        assert probe_line(network(demo("reber"), sequence), probed_recall, sequence) is None


@pytest.mark.parametrize("of", ["reber", "untrained"])
def test_the_derivative_of_the_mean_over_units_is_the_mean_of_the_derivatives(of):
    shown = network(untrained() if of == "untrained" else demo(of))
    units = shown.trace.parameters.hidden_size
    each = [
        comparison.output_derivatives(shown, 6, OWN_UNITS, unit, 9).input for unit in range(units)
    ]
    mean = comparison.output_derivatives(shown, 6, OWN_UNITS, -1, 9).input
    np.testing.assert_allclose(mean, np.mean(each, axis=0), rtol=1e-9, atol=1e-15)


def test_the_derivative_of_an_output_is_that_of_its_logit():
    shown = network(demo("reber"))
    assert shown.demo.model.readout is not None
    column = shown.demo.model.readout.kernel[:, 3]
    expected = output_influence(shown.trace, 6, direction=column, last=4)
    seen = comparison.output_derivatives(shown, 6, 3, 0, 4)
    np.testing.assert_array_equal(seen.input, expected.input)
    assert seen.timesteps.tolist() == [3, 4, 5, 6]


def test_a_small_network_is_followed_far_back_and_a_large_one_less_far():
    small = network(demo("reber"))
    large = recommended("embedded_reber").replace(units=400)
    assert comparison.reach(small.trace) == comparison.FURTHEST
    trace = model_of(large).run(STRING).layers[0].forward
    assert 8 <= comparison.reach(trace) < 50


def test_the_likeliest_output_is_the_greatest_probability_or_the_first_number():
    shown = network(demo("reber"))
    assert comparison.likeliest(shown, 4) == shown.run.predictions[4].argmax()
    adding = demo("adding")
    assert comparison.likeliest(network(adding, adding.examples[0].sequence), 50) == 0
