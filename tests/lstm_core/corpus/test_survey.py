"""A survey says of each sequence what its own run says."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from lstm_core import Readout, number_sequence
from lstm_core.corpus import block_of, planned
from lstm_core.corpus.survey import unlikeness
from lstm_core.model.encoders import NumericEncoder
from tests.lstm_core.corpus.small import LETTERS, made, network, texts


def test_a_row_is_loss_memory_and_saturation_of_the_sequences_own_run(tmp_path):
    model, sequences = network(), texts(10)
    survey = made(tmp_path, model, sequences)[0].survey
    for k, one in enumerate(sequences):
        run = model.run(one)
        trace = run.layers[0].forward
        gates = np.stack([trace.forget_gate, trace.input_gate, trace.output_gate])
        assert survey.memory[k] == pytest.approx(np.abs(trace.cell_state).max(), rel=1e-5)
        share = ((gates < 0.1) | (gates > 0.9)).mean()
        assert survey.saturated[k] == pytest.approx(share, abs=1e-2)
        came = run.predictions[np.arange(len(one) - 1), one.places[1:]]
        wanted = -np.log(came).mean() if len(came) else np.nan
        assert survey.loss[k] == pytest.approx(wanted, rel=1e-4, nan_ok=True)
    assert survey.timesteps.tolist() == [len(one) for one in sequences]
    assert survey.right.tolist() == [-1] * 10


def test_of_labelled_sequences_it_says_what_was_predicted_and_whether_it_is_right(tmp_path):
    model = network()
    readout = dataclasses.replace(model.readout, labels=("x", "y", "z"))
    model = dataclasses.replace(model, readout=readout)
    labels = ["x", "y", "z", "?"] * 3
    sequences = tuple(
        dataclasses.replace(one, label=label) for one, label in zip(texts(12), labels, strict=True)
    )
    survey = made(tmp_path, model, sequences)[0].survey
    for k, one in enumerate(sequences):
        last = model.run(one).predictions[-1]
        assert survey.predicted[k] == "xyz"[last.argmax()]
        assert survey.right[k] == (-1 if one.label == "?" else survey.predicted[k] == one.label)
        loss = np.nan if one.label == "?" else -np.log(last["xyz".index(one.label)])
        assert survey.loss[k] == pytest.approx(loss, rel=1e-4, nan_ok=True)


def test_where_one_output_is_the_chance_of_a_label_nobody_knows_what_was_predicted(tmp_path):
    model = network()
    readout = Readout(
        kernel=model.readout.kernel[:, :1],
        bias=np.zeros(1, np.float32),
        activation="sigmoid",
        labels=("x",),
    )
    model = dataclasses.replace(model, readout=readout)
    sequences = tuple(dataclasses.replace(one, label="x") for one in texts(3))
    survey = made(tmp_path, model, sequences)[0].survey
    assert (survey.predicted, survey.right.tolist()) == (("",) * 3, [-1] * 3)
    chances = [model.run(one).predictions[-1, 0] for one in sequences]
    np.testing.assert_allclose(survey.loss, -np.log(chances), rtol=1e-4)


def test_values_of_the_memory_outside_its_levels_are_counted_unit_by_unit():
    model, sequences = network(), texts(10)
    plan = planned(model, sequences)
    first = np.arange(6) == 0
    narrow = tuple(
        dataclasses.replace(one, steps=np.where(first, one.steps / 64, one.steps))
        for one in plan.levels
    )
    plan = dataclasses.replace(plan, levels=narrow)
    cells = [model.run(one).layers[0].forward.cell_state for one in sequences]
    wanted = [int(plan.of("cell_state").outside(c).sum()) for c in cells]
    assert max(wanted) > 0
    assert block_of(model, plan, sequences).rows["clipped"].tolist() == wanted


@pytest.mark.parametrize("labels", [("x",), ("what",)], ids=["the next number", "a label"])
def test_of_numbers_it_says_the_squared_error_in_the_networks_scale(tmp_path, labels):
    encoder = NumericEncoder(
        columns=("x", "y", "z"), offset=np.zeros(3), scale=np.array([2.0, 1.0, 1.0])
    )
    readout = Readout(
        kernel=np.ones((6, 1), np.float32),
        bias=np.zeros(1, np.float32),
        activation="linear",
        labels=labels,
        offset=np.zeros(1),
        scale=np.array([2.0]),
    )
    model = dataclasses.replace(network(), encoder=encoder, readout=readout)
    numbers = np.random.default_rng(0).normal(size=(20, 3))
    one = number_sequence(numbers, encoder.columns, name="one", label="0.5")
    survey = made(tmp_path, model, (one,))[0].survey
    predicted = model.run(one).predictions[:, 0]
    errors = (predicted[:-1] - numbers[1:, 0]) if labels == ("x",) else predicted[-1:] - 0.5
    assert survey.loss[0] == pytest.approx(((errors / 2) ** 2).mean(), rel=1e-4)


def test_the_one_that_is_unlike_the_rest_stands_out_and_equal_ones_do_not():
    means = np.random.default_rng(0).normal(size=(40, 5))
    means[7] += 10
    assert unlikeness(means).argmax() == 7
    assert unlikeness(np.ones((4, 3))).tolist() == [0, 0, 0, 0]
    assert unlikeness(np.ones((0, 3))).tolist() == []
    broken = np.vstack([means, np.full(5, np.nan)])
    np.testing.assert_array_equal(unlikeness(broken), [*unlikeness(means), np.nan])


def test_letters_of_the_network_are_read_in_its_own_order(tmp_path):
    index, _ = made(tmp_path, network(), texts(3))
    found = {sequence: text for sequence, text, _ in index.texts()}
    assert found == {k: "".join(one.symbols) for k, one in enumerate(texts(3))}
    assert index.plan.alphabet == LETTERS
