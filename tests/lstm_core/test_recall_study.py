"""What trained networks still know: fresh sequences, probes by stage, and the file of results."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from lstm_core.analysis.recall import Recall
from lstm_core.demo import Demo, load_demo
from lstm_core.experiment import model_of, recommended
from lstm_core.recall_study import (
    FreshSequences,
    ProbedRecall,
    forgetting_lag,
    fresh_sequences,
    from_bytes,
    probe_recall,
    to_bytes,
)

ASSETS = Path(__file__).parents[2] / "assets"
DEMOS, FILE = ASSETS / "demos", ASSETS / "studies" / "recall.npz"


@cache
def demo(name: str) -> Demo:
    return load_demo(DEMOS / name)


@cache
def untrained() -> Demo:
    """Embedded Reber's demo with a standard RNN in it that has learnt nothing."""
    model = model_of(recommended("embedded_reber", "rnn").replace(units=5))
    return replace(demo("reber"), name="reber/untrained", model=model)


@cache
def drawn(name: str) -> FreshSequences:
    sequences = fresh_sequences(demo(name))
    assert sequences is not None
    return sequences


@cache
def known(name: str) -> tuple[ProbedRecall, ...]:
    return probe_recall(demo(name), drawn(name))


def test_twins_are_asked_on_the_same_fresh_sequences_whose_cue_the_task_names():
    own, twin = drawn("reber"), fresh_sequences(untrained())
    assert twin is not None
    np.testing.assert_array_equal(own.inputs, twin.inputs)
    (stage,) = own.stages
    assert set(stage.values) == {"T", "P"}
    assert (stage.cues == 1).all()
    np.testing.assert_array_equal(stage.ends, own.lengths)
    symbols = own.inputs[np.arange(len(stage.cues)), stage.cues].argmax(axis=1)
    alphabet = np.array(demo("reber").model.encoder.alphabet)
    assert (alphabet[symbols] == stage.values).all()


def test_of_two_numbers_to_add_the_first_is_kept_until_the_second_is_read_and_then_their_sum():
    first, both = drawn("adding").stages
    np.testing.assert_array_equal(first.ends, both.cues)
    marked = drawn("adding").inputs[:, :, 1] == 1
    values = np.where(np.arange(marked.shape[1]) == 0, 0, drawn("adding").inputs[:, :, 0])
    np.testing.assert_allclose(both.values, (values * marked).sum(axis=1), atol=1e-6)


def test_the_lstm_that_adds_keeps_the_first_number_and_then_the_sum():
    for stage in known("adding"):
        assert np.nanmin(stage.recall.score) > 0.95
        assert forgetting_lag(stage.recall) is None


@pytest.mark.parametrize("name", ["sunspots", "counter"])
def test_a_task_without_a_cue_or_with_one_that_is_always_the_same_has_no_probe(name):
    assert fresh_sequences(demo(name)) is None


def test_an_lstm_tells_what_it_has_just_read_and_long_after():
    (lstm,) = known("reber")
    assert lstm.recall.score[0] == 1
    assert np.nanmin(lstm.recall.score) > 0.85
    assert forgetting_lag(lstm.recall) is None


def test_a_network_that_has_learnt_nothing_has_forgotten_after_a_few_timesteps():
    (probed,) = probe_recall(untrained(), drawn("reber"))
    recall = probed.recall
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
        probe=known("reber")[0].recall.probe,
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


def test_the_file_holds_what_is_measured_now_of_the_networks_that_come_with_the_app():
    study = from_bytes(FILE.read_bytes())
    for name in ("reber", "adding"):
        kept = study[demo(name).provenance.sha256]
        for filed, measured in zip(kept, known(name), strict=True):
            np.testing.assert_array_equal(filed.recall.lags, measured.recall.lags)
            np.testing.assert_allclose(filed.recall.score, measured.recall.score, atol=0.02)


def test_every_network_beside_which_another_stands_is_in_the_file():
    study = from_bytes(FILE.read_bytes())
    for name in ("first_letter", "reber", "adding", "temporal_order"):
        for folder in (DEMOS / name, DEMOS / name / "twins"):
            for weights in folder.glob("*.npz"):
                assert hashlib.sha256(weights.read_bytes()).hexdigest() in study


def test_what_is_written_is_read_again_and_half_of_it_is_refused():
    study = {"a": known("adding"), "b": known("reber")}
    again = from_bytes(to_bytes(study))
    assert [len(stages) for stages in again.values()] == [2, 1]
    assert again["b"][0].recall.probe.labels == ("P", "T")
    np.testing.assert_allclose(
        again["a"][1].recall.probe.kernel, known("adding")[1].recall.probe.kernel, rtol=1e-6
    )
    buffer = io.BytesIO()
    np.savez(buffer, **{"a/0/lags": np.arange(3)})
    with pytest.raises(ValueError, match="not complete"):
        from_bytes(buffer.getvalue())
