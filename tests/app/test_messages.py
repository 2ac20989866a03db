"""What the trainer and a worker send each other arrives as it was sent."""

from __future__ import annotations

import io
from typing import Any, cast

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from app.messages import read, write


@settings(max_examples=20)
@given(
    st.dictionaries(st.text(max_size=5), st.integers() | st.floats(allow_nan=False) | st.none()),
    st.dictionaries(
        st.text(max_size=5),
        arrays_of.arrays(st.sampled_from([np.float32, np.float64, np.uint8]), (2, 3)),
        max_size=3,
    ),
)
def test_a_message_is_read_as_it_was_written(told: dict[str, Any], arrays: dict[str, Any]) -> None:
    pipe = io.BytesIO()
    write(pipe, told, arrays)
    whole = pipe.getvalue()
    message = read(cast(Any, io.BytesIO(whole)))
    assert message is not None
    assert message.document == told
    assert message.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(message.arrays[name], array)
    assert read(cast(Any, io.BytesIO(whole[:-1]))) is None
