"""A link is the whole screen, and whatever stands in a URL makes a screen."""

from __future__ import annotations

from typing import Any, get_args, get_origin
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.components.shared.settings import Setting, table
from app.session.view import (
    INLINE_LIMIT,
    LARGEST_PART,
    LARGEST_SEED,
    PART,
    Source,
    SourceKind,
    View,
    read,
    spell,
)

SETTINGS = table(View)
words = st.text(min_size=1, max_size=60).filter(str.isprintable)
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    min_size=1,
    max_size=INLINE_LIMIT,
).filter(str.strip)
sources = st.one_of(
    st.just(Source()),
    st.builds(Source, kind=st.just("sequence"), value=words),
    st.builds(Source, kind=st.just("seed"), value=st.integers(0, LARGEST_SEED).map(str)),
    st.builds(Source, kind=st.just("text"), value=texts),
    st.builds(Source, kind=st.just("upload"), value=words, place=st.integers(0, LARGEST_PART - 1)),
)


def values(setting: Setting) -> st.SearchStrategy[Any]:
    """Every value that a setting can have."""
    low, high = setting.low, setting.high
    if setting.type is bool:
        return st.booleans()
    if setting.type is float:
        return st.floats(low, high)
    if setting.type is int:
        return st.integers(int(low), int(high))
    if get_origin(setting.type) is tuple:
        return st.lists(st.integers(int(low), int(high)), max_size=setting.most).map(tuple)
    return st.sampled_from(get_args(setting.type))


corpora = st.sampled_from(["", "local", "examples", "fresh.2000", "upload." + 16 * "0f"])
views = st.builds(
    View,
    demo=words,
    source=sources,
    corpus=corpora,
    **{name: values(s) for name, s in SETTINGS.items()},
)


def test_a_lesson_link_leaves_controls_out_in_one_order_and_knows_no_other():
    view = read({"hide": "pages.network.everything.network"})
    assert view.hidden == ("network", "pages")
    assert spell(view) == {"hide": "network.pages"}
    assert read({"hide": "-1"}) == View()


@given(views)
def test_a_link_opens_the_same_view(view):
    query = urlencode(spell(view))
    assert read(dict(parse_qsl(query, keep_blank_values=True))) == view


def test_the_plainest_view_has_the_plainest_link():
    assert spell(View()) == {}
    assert read({}) == View()


@given(
    st.dictionaries(st.sampled_from([*SETTINGS, "demo", PART, *get_args(SourceKind)]), st.text())
)
@example({"t": "9" * 5000, "unit": "-2", "speed": "nan", "layer": "1e3"})
@example({"seed": "9" * 5000, "speed": "inf", "veil": "yes", "order": "[]"})
@example({"seed": "٣", "t": "٣", "text": "\ud800"})
@example({"seed": "007", "demo": "a\nb"})
@example({"upload": "a", "part": "0"})
@example({"upload": "a", "part": "٣"})
def test_nonsense_in_a_url_still_makes_a_view_that_can_be_linked(parameters):
    view = read(parameters)
    assert read(spell(view)) == view
    for name, setting in SETTINGS.items():
        value = getattr(view, name)
        if isinstance(value, int | float):
            assert setting.low <= value <= setting.high


def test_each_nonsense_takes_its_own_default_and_leaves_the_rest():
    view = read({"t": "seven", "unit": "3", "speed": "0", "veil": "0", "demo": "adding"})
    assert view == View(demo="adding", unit=3, veil=False)


@given(views, st.integers(1, 50), st.integers(1, 50))
def test_a_timestep_past_the_end_is_the_last_and_a_missing_unit_the_default(view, steps, units):
    inside = view.within(timesteps=steps, units=units)
    assert inside.t == min(view.t, steps - 1)
    assert inside.unit == (view.unit if view.unit < units else View().unit)
    assert inside.within(timesteps=steps, units=units) is inside


def test_a_text_too_long_for_a_link_is_not_read_from_one():
    assert read({"text": "a" * INLINE_LIMIT}).source.kind == "text"
    assert read({"text": "a" * (INLINE_LIMIT + 1)}).source == Source()


def test_only_an_upload_stays_out_of_the_link():
    kinds = ("sequence", "seed", "text", "upload")
    assert [Source(kind=kind, value="1").in_link for kind in kinds] == [True, True, True, False]


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_a_seed_of_32_bits_is_read(seed):
    assert read({"seed": seed}).source == Source(kind="seed", value=seed)


@pytest.mark.parametrize("seed", ["4294967296", "-1", "01", "+1", "1.0", "٣", "9" * 5000])
def test_a_larger_seed_and_what_is_no_plain_number_is_not_read(seed):
    assert read({"seed": seed}).source == Source()
