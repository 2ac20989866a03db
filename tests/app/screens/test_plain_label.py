"""A label shows a text of the reader's letter by letter, whatever Markdown would make of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.screens.shared.plain_label import plain_label, spoken_label

texts = st.text(st.sampled_from("ab1 .:![]()<>*_`$~#\\|@w-\n"), max_size=20)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_without_its_backslashes_a_label_is_the_text_in_one_line(text):
    assert re.sub(r"\\(.)", r"\1", plain_label(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    ["![x](http://a.b/c.png)", "[x](http://a.b)", "<b>x</b>", "$x^2$", ":red[x]", ":smile:"],
)
def test_no_mark_of_markdown_is_left_bare(text):
    assert not re.search(r"(?<!\\)[!\[\]<>$*_`]|(?<!\\):(?=\S)", plain_label(text))
    assert not re.search(r"[!\[\]<>$*_`:]", spoken_label(text))


def test_plain_text_stays_as_it_is():
    for text in ("rain (mm), 12 % of it", "A value of 'activity' is missing in line 3."):
        assert plain_label(text) == text
