"""Pictures of networks beside each other, checked on their data, not on pixels."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import theme
from app.figures.comparison_style import ComparedNetwork, TimeSpan
from app.figures.influence import decade_limits, gain_curves, influence_curves
from app.figures.measured_results import facts, measured_table, success, task_table
from app.figures.memory_left import memory_left_curves
from app.figures.output_influence import (
    LINEAR,
    MOST_NAMES,
    DerivativeMap,
    asinh_scaled,
    derivative_heatmaps,
    round_bound,
)
from app.figures.recall import recall_curves
from app.figures.variants import FULL, learning_curves, seed_dots
from app.words import memory as memory_words
from lstm_core.analysis.influence import Influence, influence
from lstm_core.analysis.memory_left import memory_left
from lstm_core.analysis.recall import Probe, Recall
from lstm_core.demo import load_demo
from lstm_core.experiment import model_of, recommended
from lstm_core.studies import read_study, read_table
from tests.app import memory_fixtures
from tests.app.memory_fixtures import DEMOS

STRING = "BTBTXSETE"
SPAN = TimeSpan(first=0, last=8, tokens=tuple(STRING))
LSTM, RNN = (
    ComparedNetwork(kind="lstm", title="LSTM"),
    ComparedNetwork(kind="rnn", title="Standard RNN"),
)
sizes = st.floats(1e-30, 1e30)


@cache
def runs():
    lstm = load_demo(DEMOS / "reber").model.run(STRING).layers[0].forward
    return lstm, model_of(recommended("embedded_reber", "rnn")).run(STRING).layers[0].forward


@cache
def seen(t: int = 7) -> tuple[tuple[ComparedNetwork, Influence], ...]:
    lstm, rnn = runs()
    return (LSTM, influence(lstm, t)), (RNN, influence(rnn, t))


def traces(figure, **wanted):
    return [t for t in figure.data if all(getattr(t, k) == v for k, v in wanted.items())]


def test_every_kind_of_network_has_a_colour_of_its_own_in_light_and_dark():
    for dark in (False, True):
        colours = {theme.network_colour(kind, dark) for kind in ("lstm", "rnn", "gru", "?")}
        assert len(colours) == 4


def test_the_curves_of_influence_are_those_of_the_analysis():
    figure = influence_curves(seen(), SPAN, t=7, cue=1)
    (_, by_lstm), (_, by_rnn) = seen()
    memory, direct, rnn, lstm_input, rnn_input = figure.data
    np.testing.assert_array_equal(memory.y, by_lstm.cell.relative)
    np.testing.assert_array_equal(memory.customdata, by_lstm.cell.norm)
    np.testing.assert_array_equal(direct.y, by_lstm.kept_relative)
    np.testing.assert_array_equal(rnn.y, by_rnn.hidden.relative)
    np.testing.assert_array_equal(lstm_input.y, by_lstm.input.norm)
    np.testing.assert_array_equal(rnn_input.y, by_rnn.input.norm)
    assert direct.line.dash == "dash"
    assert {memory.line.color, direct.line.color} == {theme.network_colour("lstm", False)}
    assert (memory.yaxis, rnn_input.yaxis) == ("y", "y2")
    assert figure.layout.yaxis.type == figure.layout.yaxis2.type == "log"


def test_what_is_left_of_the_memory_is_drawn_by_lag_on_an_axis_that_stays():
    figures = []
    for t in (3, 7):
        curves = tuple(
            (network, memory_left(trace, t))
            for network, trace in ((LSTM, runs()[0]), (RNN, runs()[1]))
        )
        figures.append(memory_left_curves(curves, 8, cue=(t - 1, memory_words.AT_CUE)))
    lstm, gates, rnn = figures[1].data
    np.testing.assert_array_equal(lstm.y, memory_left(runs()[0], 7).left)
    np.testing.assert_array_equal(rnn.x, np.arange(8))
    assert gates.name == "LSTM, gates alone: Π f"
    assert figures[0].layout.xaxis.range == figures[1].layout.xaxis.range
    assert [shape.x0 for shape in figures[1].layout.shapes] == [6]


def test_what_is_exactly_nothing_is_left_out_of_a_logarithmic_axis():
    (rival, found), _ = seen()
    gone = replace(found.cell, norm=np.where(np.arange(8) < 3, 0, found.cell.norm))
    figure = influence_curves(((rival, replace(found, cell=gone)),), SPAN, t=7)
    assert np.isnan(figure.data[0].y[:3]).all()
    assert np.isfinite(figure.data[0].y[3:]).all()


def test_the_axis_of_time_is_the_same_wherever_the_stage_rests():
    early, late = (influence_curves(seen(t), SPAN, t=t) for t in (3, 7))
    assert early.layout.xaxis2 == late.layout.xaxis2
    assert early.layout.xaxis2.ticktext == tuple(STRING)
    assert [shape.x0 for shape in late.layout.shapes] == [7]


def test_symbols_on_the_axis_of_time_can_be_seen_and_are_never_markup():
    read, shown = ("a", " ", "\n", '"', "<"), ["a", "␣", "↵", '"', "&lt;"]
    assert TimeSpan(first=0, last=4, tokens=read).axis("s")["ticktext"] == shown


def test_a_cue_outside_of_the_picture_is_not_pointed_at():
    span = TimeSpan(first=2, last=8, tokens=tuple(STRING[2:]))
    assert len(influence_curves(seen(), span, t=7, cue=1).layout.shapes) == 1
    assert len(influence_curves(seen(), SPAN, t=7, cue=1).layout.shapes) == 2


@given(st.lists(sizes, min_size=1, max_size=5))
def test_the_ends_of_a_logarithmic_axis_are_whole_decades_within_bounds(values):
    low, high = decade_limits([np.array(values)])
    assert low + 0.2 in (-3, -6, -9, -12)
    assert 1 <= high - 0.2 <= 6
    assert low <= np.log10(max(min(values), 1e-12))


def test_the_gain_of_each_step_stands_at_its_timestep_with_a_line_at_one():
    figure = gain_curves(((LSTM, np.array([2.0, 3.0])), (RNN, np.array([0.5, 0.0]))), SPAN)
    assert figure.data[0].x.tolist() == [7, 8]
    assert np.isnan(figure.data[1].y[1])
    assert figure.layout.shapes[0].y0 == figure.layout.shapes[0].y1 == 1


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=20))
def test_the_colour_of_a_derivative_keeps_order_and_sign(numbers):
    values = np.sort(numbers)
    bound = round_bound([values])
    assert np.abs(values).max() <= bound * 1.0001
    places = asinh_scaled(values, bound)
    assert (np.diff(places) >= 0).all()
    assert np.abs(places).max(initial=0) <= 1.001
    told = np.abs(values) > 1e-300 * bound  # what is smaller is drawn as nothing
    np.testing.assert_array_equal(np.sign(places[told]), np.sign(values[told]))


def test_an_order_of_magnitude_has_one_step_of_colour():
    places = asinh_scaled(10.0 ** np.arange(-1, 1) * 5, 5)
    assert places[1] - places[0] == pytest.approx(np.log(10) / np.arcsinh(1 / LINEAR), rel=0.01)


@pytest.mark.parametrize(("largest", "bound"), [(0.7, 1), (1, 1), (1.2, 2), (0.031, 0.05), (0, 1)])
def test_the_range_of_colours_is_a_round_number(largest, bound):
    assert round_bound([np.array([-largest, 0])]) == pytest.approx(bound)


def test_signed_heatmaps_share_their_colours_and_keep_the_true_numbers():
    timesteps = np.arange(4)
    small, large = np.full((4, 2), -1e-3), np.full((4, 3), 0.9)
    sheets = (
        DerivativeMap(
            title="a", signal="input", timesteps=timesteps, values=small, names=("<b>", "x")
        ),
        DerivativeMap(title="b", signal="cell_state", timesteps=timesteps, values=large),
    )
    figure = derivative_heatmaps(sheets, SPAN)
    assert {(h.zmin, h.zmax) for h in figure.data} == {(-1, 1)}
    np.testing.assert_array_equal(figure.data[0].customdata, small.T)
    np.testing.assert_allclose(figure.data[0].z, asinh_scaled(small.T, 1.0), rtol=1e-6)
    assert [heatmap.showscale for heatmap in figure.data] == [True, False]
    assert figure.layout.yaxis.ticktext == ("&lt;b&gt;", "x")
    assert figure.layout.yaxis2.title.text == memory_words.UNIT


def test_more_inputs_than_have_room_are_counted_as_inputs():
    names = tuple(f"x{k}" for k in range(MOST_NAMES + 1))
    values = np.zeros((2, len(names)))
    sheet = DerivativeMap(
        title="a", signal="input", timesteps=np.arange(2), values=values, names=names
    )
    (axis,) = [derivative_heatmaps((sheet,), SPAN).layout.yaxis]
    assert (axis.title.text, axis.ticktext) == (memory_words.INPUT, None)


def recalled() -> Recall:
    probe = Probe(
        lags=np.array([0]), kernel=np.zeros((1, 1, 2)), bias=np.zeros((1, 2)), labels=("T",)
    )
    return Recall(
        measure="accuracy",
        lags=np.array([0, 1, 2]),
        score=np.array([1.0, 0.8, np.nan]),
        standard_error=np.array([0.0, 0.05, np.nan]),
        chance=np.full(3, 0.5),
        tested=np.array([90, 80, 2]),
        probe=probe,
    )


def test_recall_has_a_line_and_a_band_per_network_and_one_line_for_chance():
    figure = recall_curves(((LSTM, recalled()), (RNN, recalled())))
    bands = traces(figure, fill="toself")
    assert [t.name for t in traces(figure, fill=None)] == [
        "LSTM",
        "Standard RNN",
        memory_words.CHANCE,
    ]
    assert len(bands) == 2
    np.testing.assert_allclose(bands[0].y, [1, 0.898, 0.702, 1])
    assert figure.layout.yaxis.range == (-0.03, 1.05)


def study():
    return read_study(json.dumps(memory_fixtures.variants_study()).encode())


def test_each_variant_learns_in_a_row_of_its_own_on_one_scale():
    figure = learning_curves(study())
    lines = [t for t in figure.data if t.name]
    count = len(study().variants)
    assert [line.name for line in lines] == [v.name for v in study().variants]
    for k, (line, variant) in enumerate(zip(lines, study().variants, strict=True)):
        floor = count - 1 - k
        assert (line.y >= floor).all()
        assert (line.y <= floor + FULL).all()
        np.testing.assert_allclose(line.customdata[:, 0], variant.spread()[2])
    assert not any(trace.showlegend for trace in figure.data)


def test_each_seed_is_a_dot_and_a_failure_stands_apart_as_a_cross():
    figure = seed_dots(study())
    dots = {trace.name: trace for trace in traces(figure, mode="markers")}
    never = dots["standard RNN"].x
    assert set(dots["standard RNN"].marker.symbol) == {"x-thin"}
    assert len(set(never)) == 1
    assert never[0] > max(x for name, t in dots.items() if name == "chrono" for x in t.x)
    assert sorted(dots["chrono"].x) == [32 * u for u in (380, 400, 450, 500, 600)]
    assert "never" in figure.layout.xaxis.ticktext
    assert "never" in dots["standard RNN"].customdata[0]
    strokes = traces(figure, mode="lines")
    assert len(strokes) == sum(v.runs[0].seed > 0 and _most(v) for v in study().variants)


def _most(variant) -> bool:
    return sum(run.sequences_to_success is not None for run in variant.runs) >= 3


def test_a_certificate_says_how_many_were_right_whichever_way_it_counts():
    assert "9 of 10 strings right" in success({"strings": 10, "strings_right": 9})
    assert "9 of 10 sequences right" in success({"sequences": 10, "sequences_wrong": 1, "x": 2})
    assert success({"network_error": 21.731}) == ""
    assert (
        facts({"test_characters": 654_711, "gzip": 2.0912}) == "test characters 654,711; gzip 2.091"
    )


def test_what_a_certificate_measured_otherwise_is_said_once_where_it_holds_for_all():
    provenance = load_demo(DEMOS / "reber").provenance
    shared, own = {"persistence_error": 33.4}, ({"network_error": 21.73}, {"network_error": 19.4})
    networks = tuple(("n", replace(provenance, reached={**shared, **each})) for each in own)
    html = measured_table(networks)
    assert html.count("persistence error 33.4") == 1
    assert "<td>network error 21.73</td>" in html
    assert "<td>network error 19.4</td>" in html


def test_the_tables_say_every_number_and_escape_every_name():
    html = task_table(read_table(json.dumps(memory_fixtures.tasks()).encode()))
    for told in ("5 of 5 seeds", "2 of 5 seeds", "(8,000 to 12,000)", "Adding problem, length 100"):
        assert told in html
    assert "&lt;74,000&gt;" in html
    assert "<74,000>" not in html
    provenance = replace(load_demo(DEMOS / "reber").provenance, training="<b>x</b>")
    html = measured_table((("<i>", provenance),))
    assert "&lt;i&gt;" in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "10,000 of 10,000 strings right" in html


def test_a_task_without_trials_of_a_cell_has_a_dash_in_its_place():
    described = memory_fixtures.tasks()
    described["rows"][1]["cells"]["rnn"]["runs"] = []
    del described["rows"][0]["cells"]["rnn"]
    html = task_table(read_table(json.dumps(described).encode()))
    assert html.count("<td>–</td>") == 2
