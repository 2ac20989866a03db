"""What the browser gets to follow the stage by itself, and of which runs it cannot."""

from __future__ import annotations

import numpy as np
import pytest

from app.components.panels import packed_values, values_fit
from app.components.panels.values import MOST_ROWS
from app.container import unpack
from lstm_core import LSTMParameters, unroll
from lstm_core.run.trace import Trace


def trace_of(timesteps: int = 3, units: int = 2, dtype: type = np.float32) -> Trace:
    """The run of an LSTM of one input over zeros."""
    parameters = LSTMParameters(
        kernel=np.ones((1, 4 * units), dtype),
        recurrent_kernel=np.zeros((units, 4 * units), dtype),
        bias=np.zeros(4 * units, dtype),
    )
    return unroll(parameters, np.zeros((timesteps, 1), dtype))


def test_the_browser_has_all_numbers_of_a_run_of_float32_that_the_stage_has_whole():
    assert values_fit(trace_of())
    assert values_fit(trace_of(timesteps=1200))


@pytest.mark.parametrize(
    "run", [{"timesteps": 1201}, {"dtype": np.float64}, {"units": MOST_ROWS + 1, "timesteps": 1}]
)
def test_it_has_not_those_of_a_run_that_is_long_or_wide_or_of_other_numbers(run):
    assert not values_fit(trace_of(**run))


def test_a_table_is_packed_without_its_numbers_which_are_on_the_stage():
    short, long = (
        packed_values(trace_of(timesteps=timesteps), "units", (), "stage", "scene")
        for timesteps in (1, 1200)
    )
    assert short == long
    document, arrays = unpack(short)
    assert not arrays
    names = [column["name"] for column in document["columns"]]
    assert names[-2:] == ["retained", "written"]
