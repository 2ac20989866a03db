"""What is asked of networks beside each other: fresh sequences, probes, derivatives, bounds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from app.screens.memory import comparison
from app.screens.memory.comparison import Network, probe_line
from app.session.view import OWN_UNITS
from lstm_core.analysis.output_influence import output_influence
from lstm_core.demo import Demo, load_demo
from lstm_core.experiment import model_of, recommended
from lstm_core.recall_study import ProbedRecall, from_bytes
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
def known(name: str) -> tuple[ProbedRecall, ...]:
    file = DEMOS.parent / "studies" / "recall.npz"
    return from_bytes(file.read_bytes())[demo(name).provenance.sha256]


def network(of: Demo, sequence: Sequence = STRING) -> Network:
    return Network(demo=of, run=of.model.run(sequence))


def test_a_network_is_named_with_its_size():
    assert network(demo("reber")).title == "LSTM, 12 units, 1,051 trained numbers"
    assert network(untrained()).title.startswith("Standard RNN, 5 units, ")


def test_the_row_of_what_is_known_begins_at_the_cue_and_names_what_the_probe_believes():
    line = probe_line(network(demo("reber")), known("reber"), STRING)
    assert line is not None
    assert line.title == "knows T"
    assert line.reference == 0.5
    assert np.isnan(line.values[0])
    assert line.labels[0] == ""
    assert (line.values[1:4] > 0.5).all()
    assert line.labels[1:4] == ("T", "T", "T")
    line.check()


def test_the_row_of_numbers_says_how_near_the_probes_come_to_the_first_and_then_to_the_sum():
    adding = demo("adding")
    sequence = adding.examples[0].sequence
    line = probe_line(network(adding, sequence), known("adding"), sequence)
    cue = adding.truth.cue(sequence)
    assert line is not None
    assert cue is not None
    assert cue.then is not None
    assert np.isnan(line.values[: cue.timestep]).all()
    assert (line.values[cue.timestep :] > 0.9).all()
    before_the_end = len(sequence) - 2
    for t, value in ((cue.then.timestep - 1, cue.value), (before_the_end, cue.then.value)):
        assert float(line.labels[t].replace("−", "-")) == pytest.approx(value, abs=0.05)
    line.check()


def test_a_sequence_without_a_cue_has_no_such_row():
    for sequence in map(symbol_sequence, ("B", "BXV")):
        assert probe_line(network(demo("reber"), sequence), known("reber"), sequence) is None


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
