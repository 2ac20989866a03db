"""A setting is said once: in one line of a table, from which everything else follows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.components.shared.settings import (
    group_defaults,
    read_settings,
    setting,
    spell_settings,
    stage_defaults,
    table,
)
from app.components.stage import GROUP_DEFAULTS, STAGE_DEFAULTS, StageSettings
from app.components.stage.group import GroupMember, build_group
from app.container import unpack
from app.session.view import View
from tests.app.another_setting import copy_with_another_setting
from tests.app.components.stage.scenes import make_lstm, make_scene


@dataclass(frozen=True, kw_only=True)
class Table:
    """One setting of each type."""

    switch: bool = setting(True, stage=True)
    word: Literal["a", "b"] = setting("a", stage=True, group=True)
    count: int = setting(3, low=-1)
    share: float = setting(0.5, low=0, high=1, group=True)
    places: tuple[int, ...] = setting((1,), low=0, high=9, most=3)


tables = st.builds(
    Table,
    switch=st.booleans(),
    word=st.sampled_from("ab"),
    count=st.integers(-1, 10**9),
    share=st.floats(0, 1),
    places=st.lists(st.integers(0, 9), min_size=1, max_size=3).map(tuple),
)


@given(tables)
def test_what_is_spelled_is_read_again(settings):
    assert Table(**read_settings(Table, spell_settings(settings))) == settings


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Table(), {}),
        (Table(switch=False, word="b"), {"switch": "0", "word": "b"}),
        (Table(count=-1, share=1.0), {"count": "-1", "share": "1.0"}),
        (Table(places=(2, 0)), {"places": "2,0"}),
    ],
)
def test_only_what_differs_from_its_default_is_spelled(settings, words):
    assert spell_settings(settings) == words


NONSENSE = {
    "switch": ("true", "", "2"),
    "word": ("c", "", "A"),
    "count": ("-2", "1000000001", "1.0", "", "9" * 5000),
    "share": ("1.1", "-0.1", "nan", "half"),
    "places": ("", "1,", "10", "1,1,1,1", "-1", "a"),
}


@pytest.mark.parametrize(("name", "text"), [(n, t) for n, texts in NONSENSE.items() for t in texts])
def test_nonsense_and_what_is_out_of_range_is_not_read(name, text):
    words = {"switch": "0", "word": "b", "count": "5", "share": "1", "places": "4"}
    read = {"switch": False, "word": "b", "count": 5, "share": 1.0, "places": (4,)}
    assert read_settings(Table, {**words, name: text}) == {
        n: value for n, value in read.items() if n != name
    }


@given(st.sampled_from(list(table(Table))), st.text())
def test_whatever_is_spelled_raises_no_error(name, words):
    assert set(read_settings(Table, {name: words})) <= {name}


def test_a_table_says_what_a_stage_and_what_a_group_begins_with():
    assert stage_defaults(Table) == {"switch": True, "word": "a"}
    assert group_defaults(Table) == {"word": "a", "share": 0.5}


def test_a_table_may_extend_another_one():
    assert list(table(View))[: len(table(StageSettings))] == list(table(StageSettings))
    assert stage_defaults(View) == STAGE_DEFAULTS


def test_a_scene_and_a_group_bring_the_settings_and_their_defaults_to_the_browser():
    scene = make_scene(make_lstm(), 5)
    group = build_group([GroupMember(scene=scene, title="one")])
    assert unpack(scene.payload)[0]["settings"] == STAGE_DEFAULTS
    sent = unpack(group.payload)[0]["settings"]
    assert sent == {**GROUP_DEFAULTS, "units": []}


@pytest.mark.slow
def test_a_line_added_to_the_table_is_spelled_read_reported_and_sent_to_the_browser(tmp_path: Path):
    script = """
import streamlit
from app.components.stage import GROUP_DEFAULTS, STAGE_DEFAULTS
from app.session import state
from app.session.view import View, read, spell
view = View(another="fancy")
assert spell(view) == {"another": "fancy"} and read(spell(view)) == view
assert read({"another": "nonsense"}) == View()
assert STAGE_DEFAULTS["another"] == GROUP_DEFAULTS["another"] == "plain"
streamlit.session_state, streamlit.query_params = {"stage": {"another": "fancy"}}, {}
assert state.current_view() == view
"""
    folder = copy_with_another_setting(tmp_path)
    subprocess.run([sys.executable, "-c", script], cwd=folder, check=True, timeout=120)
