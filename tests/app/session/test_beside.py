"""A link says what stands beside the run, and nonsense says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.session.beside import Beside, read_beside, spell_beside

names = st.text(min_size=1, max_size=40).filter(str.isprintable)
timesteps = st.integers(0, 10**9)
values = st.one_of(
    st.just(Beside()),
    st.builds(Beside, kind=st.just("sequence"), value=names),
    st.builds(Beside, kind=st.just("network"), value=names | st.just("")),
    st.builds(Beside, kind=st.just("symbol"), value=names, timesteps=st.tuples(timesteps)),
    st.builds(Beside, kind=st.just("exchange"), timesteps=st.tuples(timesteps, timesteps)),
)


@given(values)
def test_what_is_spelled_is_read_again(beside):
    assert read_beside(spell_beside(beside)) == beside


@pytest.mark.parametrize(
    "text",
    ["", "T", "symbol", "symbol:1", "symbol::P", "symbol:-1:P", "symbol:01:P", "exchange:1",
     "exchange:1:x", "exchange:٣:4", "sequence:", "sequence:a\nb", "network:" + "n" * 400],
)  # fmt: skip
def test_nonsense_is_what_stands_there_by_itself(text):
    assert read_beside(text) == Beside()
