"""Every picture and table shows the trace's own numbers: data, not pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import theme
from app.figures.arithmetic import arithmetic_cards, state_sums
from app.figures.certificate import certificate
from app.figures.heatmap import TEXT_CELLS, colour_range, signal_heatmap
from app.figures.lines import unit_lines
from app.figures.prediction import most_probable, number_table, probability_table
from app.figures.values import run_table, timesteps_table, units_table
from app.words import common as words
from app.words.formatting import number
from lstm_core import GRUParameters, LSTMParameters, RNNParameters, signal, unroll
from lstm_core.analysis.arithmetic import state_arithmetic, unit_arithmetic
from lstm_core.demo import Provenance

T, D, H = 7, 2, 3


def trace_of(kind: str = "lstm", projection: bool = False):
    """A run of seven timesteps with weights that all differ."""
    rng = np.random.default_rng(7)
    make, blocks = {
        "lstm": (LSTMParameters, 4),
        "gru": (GRUParameters, 3),
        "rnn": (RNNParameters, 1),
    }[kind]
    extra = {"projection": rng.normal(size=(H, 2))} if projection else {}
    parameters = make(
        kernel=rng.normal(size=(D, blocks * H)),
        recurrent_kernel=rng.normal(size=(2 if projection else H, blocks * H)),
        bias=rng.normal(size=blocks * H),
        **extra,
    )
    return unroll(parameters, rng.normal(size=(T, D)))


KINDS = ("lstm", "gru", "rnn")


@pytest.mark.parametrize("kind", KINDS)
def test_a_heatmap_holds_the_signal_itself_units_down_timesteps_across(kind):
    trace = trace_of(kind)
    for words_of_signal in trace.vocabulary.recorded:
        series = trace.series(words_of_signal.name)
        (heatmap,) = signal_heatmap(series, words_of_signal).data
        np.testing.assert_array_equal(heatmap.z, series.T.astype(np.float32))
        assert (len(heatmap.x), len(heatmap.y)) == (T, H)


def test_the_first_column_of_a_part_of_a_run_keeps_its_timestep():
    trace = trace_of()
    (heatmap,) = signal_heatmap(trace.cell_state[2:5], signal("lstm", "cell_state"), first=2).data
    assert list(heatmap.x) == [2, 3, 4]


@pytest.mark.parametrize("dark", [False, True])
def test_a_signed_signal_is_centred_on_zero_and_a_gate_begins_at_zero(dark):
    trace = trace_of()
    (cell_state,) = signal_heatmap(trace.cell_state, signal("lstm", "cell_state"), dark=dark).data
    (gate,) = signal_heatmap(trace.forget_gate, signal("lstm", "forget_gate"), dark=dark).data
    assert cell_state.zmin == -cell_state.zmax == -np.abs(trace.cell_state).max()
    assert (gate.zmin, gate.zmax) == (0, 1)
    colours = [list(stop) for stop in theme.colour_scale("cell_state", True, dark)]
    assert [list(stop) for stop in cell_state.colorscale] == colours


def test_values_beyond_a_signals_usual_range_still_have_a_colour():
    gate = signal("lstm", "forget_gate")
    assert colour_range(np.array([[0.2, 3.0]]), gate) == (0, 3)
    assert colour_range(np.array([[0.2, -0.5]]), gate)[0] == -0.5
    assert colour_range(np.zeros((2, 2)), signal("lstm", "cell_state")) == (-1, 1)


def test_tokens_are_text_and_never_markup():
    trace = trace_of()
    tokens = ("<b>", "&", *"abcde")
    figure = signal_heatmap(trace.cell_state, signal("lstm", "cell_state"), tokens=tokens)
    assert tuple(figure.layout.xaxis.ticktext[:2]) == ("&lt;b&gt;", "&amp;")
    assert tuple(figure.data[0].text[0][:2]) == ("&lt;b&gt;", "&amp;")


def test_a_large_heatmap_leaves_its_texts_away():
    timesteps = TEXT_CELLS // 4
    series = np.zeros((timesteps, 5))
    figure = signal_heatmap(series, signal("lstm", "cell_state"), tokens=("a",) * timesteps)
    assert figure.data[0].text is None


@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_the_recorded_signals_of_the_unit(kind):
    trace = trace_of(kind)
    figure = unit_lines(trace, 1, first=2, last=6)
    for line, recorded in zip(
        figure.data, sorted(trace.vocabulary.recorded, key=lambda s: s.low is not None), strict=True
    ):
        series = trace.series(recorded.name)[2:6, 1]
        np.testing.assert_array_equal(line.y, series.astype(np.float32))
        assert list(line.x) == [2, 3, 4, 5]
        assert line.line.color == theme.signal_colour(recorded.name, False)


def test_a_projected_hidden_state_has_no_line_and_no_column_per_unit():
    trace = trace_of(projection=True)
    assert not any("Hidden" in line.name for line in unit_lines(trace, 0).data)
    assert "Hidden state" not in units_table(trace, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_hold_the_traces_own_numbers(kind):
    trace = trace_of(kind)
    texts = (tuple("abcdefg"), tuple("1234567"))
    units, steps = units_table(trace, 4), timesteps_table(trace, 2, *texts)
    whole = run_table(trace, *texts)
    assert (list(steps["reads"]), list(steps["time"])) == (list("abcdefg"), list("1234567"))
    assert len(whole) == T * H
    for recorded in trace.vocabulary.signals:
        series = trace.series(recorded.name)
        np.testing.assert_array_equal(units[recorded.title], series[4])
        np.testing.assert_array_equal(steps[recorded.title], series[:, 2])
        row = whole[(whole["timestep"] == 3) & (whole["unit"] == 1)].iloc[0]
        assert row[recorded.title] == series[3, 1]
        assert (row["time"], row["reads"]) == ("4", "d")


@pytest.mark.parametrize("kind", KINDS)
def test_cards_show_every_part_sum_and_value(kind):
    trace = trace_of(kind)
    blocks = unit_arithmetic(trace, 3, 1)
    html = arithmetic_cards(blocks, ("“a”", "<i>"), dark=False)
    assert html.count("<article") == len(blocks)
    for block in blocks:
        assert f'title="{block.value!r}"' in html
        assert number(block.total) in html
        for part in block.parts:
            assert f'title="{part.value!r}"' in html
    assert "<i>," not in html


def test_names_of_inputs_are_text_and_never_markup():
    blocks = unit_arithmetic(trace_of(), 3, 1)
    html = arithmetic_cards(blocks, ("<script>x</script>",) * D, dark=False, terms=10)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_sums_show_the_state_and_its_products():
    trace = trace_of()
    html = state_sums(state_arithmetic(trace, 3, 1))
    for value in (trace.forget_gate, trace.previous.cell_state, trace.cell_state):
        assert number(float(value[3, 1])) in html
    assert state_sums(()) == ""


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(1, 6))
def test_the_most_probable_come_first_and_none_left_out_is_more_probable(shares, count):
    labels = tuple(f"s{k}" for k in range(len(shares)))
    rows = most_probable(np.array(shares), labels, count)
    assert [share for _, share in rows] == sorted(shares, reverse=True)[:count]
    assert all(shares[labels.index(label)] == share for label, share in rows)


def test_a_certificate_tells_every_fact_as_text():
    facts = {
        name: f"<{name}>"
        for name in ("task", "made_by", "training", "date", "licence", "sha256", "criterion")
    }
    provenance = Provenance(
        **facts, seed=3, published="<p>", versions={"numpy": "2.4"}, reached={"strings_right": 1e4}
    )
    html = certificate("<summary>", provenance)
    for name in ("made_by", "training", "date", "licence", "sha256", "criterion"):
        assert f"&lt;{name}&gt;" in html
    assert "strings right 10,000" in html
    assert "&lt;p&gt;" in html


def test_only_what_may_really_follow_is_marked():
    html = probability_table((("T", 0.6), ("P", 0.4)), {"T"}, head="next")
    assert html.count(words.MAY_FOLLOW) == 1
    assert words.MAY_FOLLOW not in probability_table((("T", 0.6),), None, head="next")
    assert "&lt;b&gt;" in probability_table((("<b>", 1.0),), None, head="next")


def test_white_space_that_may_follow_is_named():
    html = probability_table((("\n", 0.6), (" ", 0.4)), {" "}, head="next", mark=words.DID_FOLLOW)
    assert "<th>line break</th>" in html
    assert "<th>space</th>" in html
    assert html.count(words.DID_FOLLOW) == 1


def test_an_error_is_shown_only_where_the_truth_is_known():
    known = number_table(("y",), np.array([0.5]), np.array([0.25]), head="next")
    assert number(0.25) in known
    assert words.NO_TRUTH not in known
    unknown = number_table(("y",), np.array([0.5]), np.array([np.nan]), head="next")
    assert words.NO_TRUTH in unknown
    assert "nan" not in unknown
