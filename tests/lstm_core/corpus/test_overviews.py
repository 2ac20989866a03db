"""Overviews of a corpus say what all of its runs together say."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.corpus import average_around, clustered_units, gate_overview, projection
from tests.lstm_core.corpus.small import made, network, texts


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return made(tmp_path_factory.mktemp("corpus") / "c", network(), texts(20))[0]


def test_the_mean_of_a_gate_is_that_of_all_runs_within_half_a_level(index):
    found, model = gate_overview(index), network()
    traces = [model.run(one).layers[0].forward for one in texts(20)]
    assert found.gates == ("forget_gate", "input_gate", "output_gate")
    for k, gate in enumerate(found.gates):
        series = [trace.series(gate) for trace in traces]
        units = np.concatenate(series).mean(axis=0)
        np.testing.assert_allclose(found.units[k], units, atol=1 / 512)
        means = [values.mean() for values in series]
        np.testing.assert_allclose(found.sequences[k], means, atol=1 / 512)


def test_around_an_event_stands_the_mean_of_what_is_inside_the_sequences(index):
    long = [k for k in range(20) if len(texts(20)[k]) > 6]
    events = [(long[0], 0), (long[1], 5), (long[2], 2)]
    mean, count = average_around(index, events, "cell_state", 2, 1)
    assert count == 3
    values = [index.values("cell_state", sequence) for sequence, _ in events]
    wanted = np.mean([v[t] for v, (_, t) in zip(values, events, strict=True)], axis=0)
    np.testing.assert_allclose(mean[2], wanted)
    before = np.mean([v[t - 2] for v, (_, t) in zip(values[1:], events[1:], strict=True)], axis=0)
    np.testing.assert_allclose(mean[0], before)
    assert np.isnan(average_around(index, [(0, 0)], "cell_state", 1, 0)[0][0]).all()


def test_units_that_go_together_stand_side_by_side(index):
    order, correlations = clustered_units(index, "hidden_state")
    assert sorted(order) == list(range(6))
    values = np.concatenate([index.values("hidden_state", k) for k in range(len(index))])
    wanted = np.corrcoef(values.T)[np.ix_(order, order)]
    np.testing.assert_allclose(correlations, wanted, atol=1e-3)


def test_a_plane_is_projected_onto_itself_and_its_shares_add_up():
    rng = np.random.default_rng(0)
    plane = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 7))
    found = projection(plane)
    apart = np.linalg.norm(plane[:, None] - plane[None], axis=-1)
    shown = np.linalg.norm(found.points[:, None] - found.points[None], axis=-1)
    np.testing.assert_allclose(apart, shown, atol=1e-9)
    assert found.explained.sum() == pytest.approx(1)
    assert projection(np.ones((3, 1))).points.tolist() == [[0, 0]] * 3
    plane[3] = np.nan
    apart = projection(plane).points
    np.testing.assert_array_equal(np.isnan(apart).all(axis=1), np.arange(30) == 3)
    rest = projection(np.delete(plane, 3, axis=0)).points
    np.testing.assert_allclose(np.delete(apart, 3, axis=0), rest, atol=1e-9)
