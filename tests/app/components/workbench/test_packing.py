"""What the workbench is told, decoded and held against the network itself."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from app.components.workbench import Feed, make_frame, pack
from app.components.workbench.bench_frame import COLUMNS, ROWS, pooled, representatives
from app.components.workbench.packing import thinned
from app.container import unpack
from app.trainer import CheckpointSummary, Curve, WatchedRun, watched_sequence
from app.trainer.watched_run import watched_run
from lstm_core.experiment import Experiment, model_of, recommended
from lstm_core.tasks import LENGTHS

SMALL = Experiment(length=20, units=3)


def curve_of(loss: np.ndarray) -> Curve:
    updates = np.arange(1, len(loss) + 1)
    norm = np.ones(len(loss))
    return Curve(
        updates=updates,
        loss=loss,
        loss_low=loss,
        loss_high=loss,
        gradient_norm=norm,
        gradient_norm_low=norm,
        gradient_norm_high=norm,
        every=1,
    )


def told(
    experiment: Experiment, **seen: WatchedRun
) -> tuple[dict[str, Any], dict[str, Any], WatchedRun]:
    network = seen.get("network") or watched_run(experiment, model_of(experiment))
    mark = CheckpointSummary(updates=0, loss=1.0, success=float("nan"))
    feed = Feed(
        state="running",
        state_words="Training",
        counted="",
        left="",
        update=0,
        updates=10,
        kept=(mark,),
        watched={0: network},
        curve=curve_of(np.array([2.0, 1.0])),
    )
    return *unpack(pack("a-run", make_frame(experiment), feed)), network


@pytest.mark.parametrize("task", LENGTHS)
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_the_browser_gets_the_network_s_own_signals_and_predictions(task, cell):
    experiment = recommended(task, cell).replace(units=3)
    document, arrays, seen = told(experiment)
    (sent,) = document["feed"]["snapshots"]
    for described in document["head"]["signals"]:
        signal = seen.signals[described["name"]]
        values = arrays[sent["planes"][described["name"]]]
        expected = signal.numbers() if described["unbounded"] else signal.values
        np.testing.assert_array_equal(values, expected)
    answer = arrays[sent["planes"]["predictions"]]
    scale = 255 if document["head"]["asked"]["kind"] == "labels" else 1
    np.testing.assert_allclose(answer / scale, seen.predictions, atol=0.5 / 255 + 1e-6)
    gradient = arrays[sent["planes"]["gradient"]]
    np.testing.assert_array_equal(gradient, seen.hidden_gradient)
    assert len(answer) == document["head"]["timesteps"] == len(watched_sequence(experiment))


def test_a_sequence_that_is_asked_once_says_where_and_what_is_true():
    document, arrays, _ = told(SMALL)
    asked = document["head"]["asked"]
    truth = arrays[asked["truth"]]
    assert asked["once"] == len(truth) - 1
    assert truth.sum() == 1
    read = "".join(document["head"]["read"]["tokens"])
    assert asked["labels"][int(truth[-1].argmax())] == "".join(s for s in read if s in "XY")


def test_a_mark_that_was_never_tried_is_kept_but_not_on_the_curve_of_success():
    document, arrays, _ = told(SMALL)
    assert arrays[document["feed"]["kept"]].tolist() == [0]
    assert arrays[document["feed"]["curves"]["tested"]].size == 0


def test_a_large_network_and_a_long_sequence_are_pooled_and_say_so():
    experiment = Experiment(task="temporal_order_6a", length=1000, cell="rnn", units=40)
    document, arrays, seen = told(experiment)
    head, (sent,) = document["head"], document["feed"]["snapshots"]
    assert len(head["units"]) == ROWS
    columns = -(-head["timesteps"] // head["factor"])
    assert columns <= COLUMNS < head["timesteps"]
    assert f"{ROWS} of 40 units" in head["note"]
    plane = arrays[sent["planes"]["hidden_state"]]
    assert plane.shape == (columns, ROWS)
    answer = arrays[sent["planes"]["predictions"]]
    np.testing.assert_allclose(answer[-1] / 255, seen.predictions[-1], atol=0.003)


@given(
    arrays_of.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 3))), st.integers(1, 7)
)
def test_pooling_keeps_the_value_furthest_from_the_mean(values, factor):
    found = pooled(values, factor)
    assert len(found) == -(-len(values) // factor)
    for column, mean in enumerate(values.mean(axis=0)):
        for k, value in enumerate(found[:, column]):
            bin_ = values[k * factor : (k + 1) * factor, column]
            assert value in bin_
            assert abs(value - mean) == np.abs(bin_ - mean).max()


@given(arrays_of.arrays(bool, st.integers(1, 50)), st.integers(1, 7))
def test_the_last_that_is_asked_stands_for_its_bin_or_else_the_last(asked, factor):
    picked = representatives(asked, factor)
    assert [t // factor for t in picked] == list(range(len(picked)))
    for k, t in enumerate(picked):
        within = np.arange(k * factor, min((k + 1) * factor, len(asked)))
        candidates = within[asked[within]] if asked[within].any() else within
        assert t == candidates.max()


@given(arrays_of.arrays(np.float64, st.integers(1, 60), elements=st.floats(0.01, 100)))
def test_a_thinned_curve_loses_no_peak_and_no_update(loss):
    found = thinned(curve_of(loss), most=8)
    assert len(found["updates"]) <= 8
    assert found["updates"][-1] == len(loss)
    assert found["loss_high"].max() == loss.max()
    assert found["loss_low"].min() == loss.min()
    assert (found["loss_low"] <= found["loss"] + 1e-9).all()


def test_before_training_a_curve_has_no_points():
    assert {name: len(values) for name, values in thinned(None).items()} == dict.fromkeys(
        ("updates", "loss", "loss_low", "loss_high", "gradient_norm"), 0
    )
