"""Texts of symbols: letters, words, ids and special tokens; a line, a row or a text each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.inputs.understanding.networks import (
    CHARACTERS,
    IDS,
    PYTHON,
    REBER,
    WORDS,
    asked,
    read,
    refused,
    said,
    symbols,
    tokens,
)


@given(st.lists(st.text(st.sampled_from("BEPSTVX"), min_size=2, max_size=9), min_size=1))
def test_each_line_is_a_sequence(lines: list[str]) -> None:
    found = read("\n".join(lines), REBER)
    if not found.questions:
        assert symbols(found) == lines
    if len(lines) > 1:
        assert f"{len(lines)} sequences, one per line" in said(found)


@given(st.text(st.sampled_from("\n abc(){}:=#'\",;0123"), min_size=1).filter(str.strip))
def test_a_text_whose_line_breaks_count_is_read_as_it_stands_or_asked_about(text: str) -> None:
    found = read(text, PYTHON)
    assert symbols(found) == [text] or found.questions or "table" in found.dialect or found.inputs


@pytest.mark.parametrize("text", ["B T X", "B,T,X", "['B', 'T', 'X']", '["B", "T", "X"]', "B;T;X"])
def test_signs_between_symbols_only_separate_them(text: str) -> None:
    assert symbols(read(text, REBER)) == ["BTX"]


@pytest.mark.parametrize(
    "text", ["12, 7, 3, 0", "[12, 7, 3, 0]", "12 7 3 0", "12;7;3;0", "12\n7\n3\n0"]
)
def test_ids_are_read_with_whatever_stands_around_them(text: str) -> None:
    assert tokens(read(text, IDS)) == [["12", "7", "3", "0"]]


def test_lines_of_ids_that_a_decimal_comma_could_join_name_no_columns() -> None:
    assert tokens(read("1,2,3\n4,5\n6\n", IDS)) == [["1", "2", "3"], ["4", "5"], ["6"]]


def test_quotation_marks_around_lines_are_left_out_with_a_word() -> None:
    found = read('"BTXSE"\n"BPVVE"\n', REBER)
    assert symbols(found) == ["BTXSE", "BPVVE"]
    assert "quotation marks" in said(found)


def test_a_list_of_lists_is_a_sequence_each() -> None:
    assert tokens(read("[[12, 7, 3], [5, 9]]", IDS)) == [["12", "7", "3"], ["5", "9"]]


def test_padding_of_ids_is_asked_about_at_either_end() -> None:
    for text in ("12,7,0,0\n5,9,31,0\n", "0,0,12,7\n0,5,9,31\n"):
        found = read(text, IDS)
        assert asked(found) == ["padding"]
        assert tokens(found) == [["12", "7"], ["5", "9", "31"]]
        kept = read(text, IDS, {"padding": "No, it is read"})
        assert [len(row) for row in tokens(kept)] == [4, 4]


def test_an_id_outside_the_alphabet_is_named() -> None:
    sentence = refused("12;7;3;99", IDS)
    assert "position 4" in sentence
    assert "'99'" in sentence


def test_special_tokens_are_symbols_of_their_own() -> None:
    assert tokens(read("<s>ab</s>", CHARACTERS)) == [["<s>", "a", "b", "</s>"]]


def test_a_stranger_is_read_as_the_unknown_token_and_that_is_said() -> None:
    found = read("hellö", CHARACTERS)
    assert tokens(found) == [["h", "e", "l", "l", "<unk>"]]
    assert "position 5" in said(found)


def test_a_stranger_is_named_where_there_is_no_unknown_token() -> None:
    assert "line 1, position 3: 'Q' is not in the alphabet" in refused("BTQX\nBTX\n", REBER)


def test_letters_of_the_other_case_are_asked_about() -> None:
    found = read("btx", REBER)
    assert asked(found) == ["case"]
    assert symbols(found) == ["BTX"]
    assert "'b'" in refused("btx", REBER, answers={"case": "No"})


def test_a_letter_and_its_accent_are_one_symbol() -> None:
    assert symbols(read("cafe\u0301", CHARACTERS)) == ["café"]


def test_words_are_read_without_the_commas_and_brackets_around_them() -> None:
    for text in ("the cat sat", "the, cat, sat", "[the, cat, sat]"):
        assert tokens(read(text, WORDS)) == [["the", "cat", "sat"]]


def test_a_first_line_of_words_is_no_header() -> None:
    assert tokens(read("the dog sat\nthe cat\n", WORDS)) == [
        ["the", "<unk>", "sat"],
        ["the", "cat"],
    ]


def test_a_string_and_a_label_per_row_are_a_labelled_sequence_each() -> None:
    found = read("string,label\nBTX,0\nBPV,1\n", REBER)
    assert symbols(found) == ["BTX", "BPV"]
    assert [s.label for s in found.sequences] == ["0", "1"]


def test_a_symbol_per_row_goes_down_the_column_in_the_order_of_time() -> None:
    found = read("id,t,symbol\n1,0,B\n1,1,T\n2,0,B\n2,1,P\n2,2,X\n", REBER)
    assert symbols(found) == ["BT", "BPX"]
    assert [s.name for s in found.sequences] == ["id 1", "id 2"]


def test_a_sign_per_line_may_be_a_text_of_lines() -> None:
    assert asked(read("d\ne\nf\n", PYTHON)) == ["lines"]


def test_names_and_wrapped_lines_of_fasta_files_are_understood() -> None:
    found = read(">one\nBTX\nSE\n>two\nBPV\n", REBER)
    assert symbols(found) == ["BTXSE", "BPV"]
    assert [s.name for s in found.sequences] == ["one", "two"]


def test_commas_that_are_symbols_make_no_table() -> None:
    assert symbols(read("hello, you\ngood, man\n", CHARACTERS)) == ["hello, you", "good, man"]
