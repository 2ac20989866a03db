"""What is taken along of two runs side by side is what stands on the page."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from app.export.pair_file import pair_arrays
from app.export.pair_snippet import pair_snippet
from app.figures.pair_table import pair_table
from app.session.beside import Beside
from app.session.opened_view import OpenedView, open_view
from app.session.pair_offers import offered_networks, offered_sequences, sequence_beside
from app.session.pairs import Pair, network_pair, place_of, sequence_pair
from app.session.view import Source, View
from lstm_core import Clamp
from lstm_core.analysis.alignment import difference_along, memory_along

from .executed import printed

HELD = (
    Clamp(signal="forget_gate", value=0.0, units=(1,), first=2, last=3),
    Clamp(signal="cell_state", value=-1.5, units=(2,), first=4, last=4),
)
TYPED = Source(kind="text", value="BTBTXSETE")
SWAP = Beside(kind="symbol", value="P", timesteps=(1,))


def pair_of(opened: OpenedView) -> Pair:
    beside = opened.view.beside
    if beside.kind == "network":
        return network_pair(opened, *offered_networks(opened)[beside])
    names = offered_sequences(opened)
    return sequence_pair(opened, sequence_beside(opened, beside), names[beside])


@pytest.mark.slow  # executes what it writes
@pytest.mark.parametrize(
    "view",
    [
        View(demo="reber", beside=SWAP, t=4, unit=2),
        View(demo="temporal_order", beside=Beside(kind="exchange", timesteps=(15, 55)), t=60),
        View(demo="counter", beside=Beside(kind="sequence", value="n = 20"), t=5, place=25),
        View(demo="adding", beside=Beside(kind="sequence", value="Four marks"), t=50),
        View(demo="reber", source=TYPED, beside=SWAP, t=4, unit=1),
        View(demo="reber", changes=HELD, beside=SWAP, t=4, unit=1),
        View(demo="reber", beside=Beside(kind="network", value="rnn_same_size"), t=4, unit=2),
    ],
    ids=["a symbol", "an exchange", "an example", "numbers", "typed", "held", "a network"],
)
def test_the_lines_compute_the_number_that_is_on_the_stages(
    view: View, tmp_path: Path, monkeypatch
):
    opened = open_view(view)
    if view.demo == "adding":
        name = opened.subject.examples[1].sequence.name
        opened = open_view(view.replace(beside=Beside(kind="sequence", value=name)))
    pair = pair_of(opened)
    (tmp_path / "pair.npz").write_bytes(pair_arrays(pair))
    monkeypatch.chdir(tmp_path)
    code = pair_snippet(pair, opened, opened.view.beside, "pair.npz")
    lines = printed(code)
    place, unit = place_of(pair, opened.view), opened.view.unit
    first, second = pair.first.trace, pair.second.trace
    if pair.alike:
        assert lines[0] == str(pair.parting)
        expected = difference_along(first, second, pair.alignment)[place, unit]
        assert float(lines[1]) == pytest.approx(float(expected), rel=1e-5)
    else:
        expected = memory_along(first, pair.alignment.first)[place, unit]
        assert float(lines[0]) == pytest.approx(float(expected), rel=1e-6)


def test_the_table_has_a_row_for_each_place_with_both_memories_and_their_difference():
    opened = open_view(View(demo="counter", beside=Beside(kind="sequence", value="n = 20")))
    pair = pair_of(opened)
    first, second = pair.first, pair.second
    symbols = (first.sequence.symbols, second.sequence.symbols)
    table = pair_table(first.trace, second.trace, pair.alignment, symbols)
    assert len(table) == len(pair.alignment)
    gap = int(np.flatnonzero(~pair.alignment.pairs)[0])
    assert table["A: timestep"].isna()[gap]
    assert (table["A: reads"][gap], table["B: reads"][gap]) == ("", "a")
    apart = table["B: c[3]"] - table["A: c[3]"]
    np.testing.assert_allclose(table["B − A[3]"], apart, rtol=1e-6)


def test_the_file_of_both_runs_has_every_signal_of_both_and_the_alignment():
    pair = pair_of(open_view(View(demo="reber", beside=SWAP)))
    saved = np.load(io.BytesIO(pair_arrays(pair)))
    for name, side in (("first", pair.first), ("second", pair.second)):
        gate = saved[f"{name}.layer0.forward.forget_gate"]
        np.testing.assert_array_equal(gate, side.trace.forget_gate)
        assert tuple(saved[f"{name}.symbols"]) == side.sequence.symbols
    np.testing.assert_array_equal(saved["first.timesteps"], pair.alignment.first)
    expected = difference_along(pair.first.trace, pair.second.trace, pair.alignment)
    np.testing.assert_array_equal(saved["difference"], expected)
