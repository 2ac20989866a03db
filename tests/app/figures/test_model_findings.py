"""What is said of a model file: its layers and remarks, bounded and escaped."""

from __future__ import annotations

import numpy as np
import pytest

from app.figures.model_findings import MOST_ROWS, layers_table, remarks
from lstm_core import Layer, Model
from lstm_core.model.findings import Findings
from lstm_core.training import initial_lstm

CELL = initial_lstm(np.random.default_rng(0), 2, 2)


def stacked(count: int, **findings: object) -> Model:
    layers = tuple(Layer(name=f"<{k}>", forward=CELL) for k in range(count))
    return Model(layers=layers, findings=Findings(format="ours", places=(), **findings))


@pytest.mark.parametrize(("count", "rows"), [(1, 1), (MOST_ROWS, MOST_ROWS), (130, MOST_ROWS)])
def test_the_table_has_a_row_for_each_layer_up_to_a_bound(count, rows):
    html = layers_table(stacked(count))
    assert html.count('role="rowheader">&lt;') == rows
    assert "<0>" not in html


def test_no_list_of_remarks_grows_beyond_the_bound():
    html = remarks(stacked(1, ignored=tuple(f"<b>{k}" for k in range(2 * MOST_ROWS))))
    assert html.count("<li>") == MOST_ROWS
    assert "<b>0" not in html
