"""The sentences and numbers that the reader sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.words import common as words
from app.words.formatting import cut, number, paragraph, percent, told_apart, visible


@given(st.floats(-1e5, 1e5))
def test_a_number_reads_back_as_itself_up_to_its_decimals(value):
    text = number(value).replace("−", "-").replace(",", "")
    decimals = 5e-4 if abs(value) < 100 else 5e-2
    assert float(text) == pytest.approx(value, abs=1.001 * decimals)


@given(st.floats(1e-12, 1))
def test_a_number_that_is_not_zero_never_reads_as_zero(value):
    assert float(number(value).replace("−", "-")) > 0


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0.0 %"),
        (0.0004, "< 0.1 %"),
        (0.5, "50.0 %"),
        (0.9996, "> 99.9 %"),
        (1, "100.0 %"),
    ],
)
def test_a_probability_that_is_nearly_certain_does_not_read_as_certain(share, text):
    assert percent(share) == text


def test_the_scaling_is_told_column_by_column():
    assert "(value − 43.48) / 34.19" in words.scaling((("sunspots", 43.48, 34.19),))
    assert "(a + 1) / 2 and (b − 3) / 4" in words.scaling((("a", -1, 2), ("b", 3, 4)))
    assert "as they are" in words.scaling((("a", 0, 1), ("b", 0, 1)))


@given(st.text(), st.integers(1, 50))
def test_what_is_cut_is_one_line_and_no_longer_than_asked(text, length):
    line = cut(text, length)
    assert len(line) <= length
    assert "\n" not in line


PARTS = st.sampled_from(["encoder", "0", "1", "layers", "recurrent_lstm", "a_cell_of_a_long_name"])
NAMES = st.lists(PARTS, min_size=1, max_size=5).map(".".join)


@given(st.lists(NAMES, unique=True, max_size=6), st.integers(0, 60))
def test_entries_of_a_list_stay_apart_when_long_names_are_cut_at_the_front(names, length):
    shown = told_apart([f"{k}: {name}" for k, name in enumerate(names)], length)
    without_places = [entry.partition(": ")[2] for entry in shown]
    assert len(set(without_places)) == len(names)
    for name, entry in zip(names, without_places, strict=True):
        assert entry == name or (entry[0] == "…" and f".{name}".endswith(f".{entry[1:]}"))
        assert entry == name or len(name) + 3 > length


def test_a_name_that_is_cut_keeps_what_tells_it_from_the_others():
    shared = "recogniser.encoder.bidirectional_layers"
    names = [f"{shared}.{k}.recurrent_lstm" for k in (0, 1)]
    assert told_apart(names, 32) == ["…0.recurrent_lstm", "…1.recurrent_lstm"]
    assert told_apart([" → ".join(names)], 32) == ["…0.recurrent_lstm → …1.recurrent_lstm"]
    assert told_apart(["encoder → decoder", "<img src=x onerror=alert(12345)>"], 10) == [
        "encoder → decoder",
        "<img src=x onerror=alert(12345)>",
    ]


def test_white_space_is_visible_where_a_symbol_is_drawn():
    assert [visible(symbol) for symbol in " \n\tV"] == ["␣", "↵", "⇥", "V"]


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        (["One.", "", "Two."], "One. Two."),
        (["一。", "", "二！", "三"], "一。二！三"),
        (["One.", "二。"], "One. 二。"),
        ([], ""),
    ],
)
def test_a_space_parts_two_sentences_unless_the_sign_before_it_has_its_own(sentences, text):
    assert paragraph(sentences) == text


def test_an_alphabet_is_told_with_its_white_space_by_name():
    assert words.typed_hint((), ("\n", " ", "a", "b")) == "The alphabet: line break, space, a b"
    assert words.typed_hint((), ("a", "b")) == "The alphabet: a b"


def test_a_space_is_named_and_a_letter_quoted():
    assert words.quoted(" ") == "space"
    assert words.quoted("V") == "“V”"


def test_where_we_are_counts_as_the_stage_does():
    assert words.here(4, 9, "X", 3) == "Timestep 4 of 8, reads “X”; unit 3"
    assert words.here(0, 5, "", -1) == "Timestep 0 of 4; mean over units"
    assert words.here(0, 5, "", 1, time="1700") == "Timestep 0 of 4; unit 1; time stamp 1700"


def test_of_a_twin_it_is_said_what_it_reached_and_what_one_of_another_size_did():
    other = ("Standard RNN, 1 unit", 0, 2560)
    assert words.twin_results(()) == ""
    assert words.twin_results((other,)) == "Of 2,560 fresh sequences it gets 2,560 right."
    assert words.twin_results((("Standard RNN, 3 units", 2560, 2560), other)) == (
        "Of 2,560 fresh sequences it gets 0 right (Standard RNN, 1 unit: 2,560 of 2,560)."
    )
