"""Tables of letters and words: labels beside them, columns of signs, blank lines, one-hot rows."""

from __future__ import annotations

import numpy as np
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
    embedding,
    read,
    refused,
    said,
    settled,
    symbols,
    tokens,
)


def test_texts_apart_by_tabs_are_columns() -> None:
    found = read("anna\tde\nbert\tfr", CHARACTERS)
    assert asked(found) == ["symbols"]
    first = read("anna\tde\nbert\tfr", CHARACTERS, {"symbols": "column 1"})
    assert symbols(first) == ["anna", "bert"]
    assert [s.label for s in first.sequences] == ["de", "fr"]


@pytest.mark.parametrize("apart", ["\t", ","])
@pytest.mark.parametrize("head", ["name{}label", "text{}label", "text{}class", "sentence{}target"])
def test_names_of_columns_are_no_text(head: str, apart: str) -> None:
    rows = "\n".join(row.format(apart) for row in (head, "anna{}x", "bert{}y"))
    found = read(rows, CHARACTERS)
    assert symbols(found) == ["anna", "bert"]
    assert [s.label for s in found.sequences] == ["x", "y"]
    assert asked(found) == (["table"] if apart == "," else [])


def test_two_texts_below_names_are_asked_about() -> None:
    found = read("name,lang\nanna,de\nbert,fr", CHARACTERS)
    assert asked(found) == ["table", "symbols"]
    text = read("name,lang\nanna,de\nbert,fr", CHARACTERS, {"table": "A text"})
    assert symbols(text) == ["name,lang", "anna,de", "bert,fr"]


@pytest.mark.parametrize(
    "text", ["hello, you\ngood, man\n", "hallo,du,da\nguten,tag,da", "a text\nof lines", "one,two"]
)
def test_commas_in_a_text_are_part_of_it(text: str) -> None:
    found = read(text, CHARACTERS)
    assert symbols(found) == text.strip().split("\n")
    assert not found.questions


def test_prose_with_signs_in_a_row_is_no_gap() -> None:
    assert len(read("a cat;; a dog\nthe end", CHARACTERS).sequences) == 2


def test_a_letter_beside_a_text_is_not_taken_for_its_label_unasked() -> None:
    assert asked(read("a\tanna\nb\tbert", CHARACTERS)) == ["symbols"]
    assert asked(read("label|T\nX|BTX\nB|BPV", REBER)) == ["header"]


@pytest.mark.parametrize("row", ["the\tcat", "sat\tdown\tthe"])
def test_words_apart_by_tabs_are_a_sequence(row: str) -> None:
    assert tokens(read(f"{row}\n{row}", WORDS)) == [row.split("\t")] * 2


def test_a_word_apart_by_a_comma_may_be_a_label() -> None:
    found = read("the cat sat,the\ncat down,sat", WORDS)
    assert asked(found) == ["table", "symbols"]
    assert tokens(found) == [["the", "cat", "sat"], ["cat", "down"]]
    assert not read("the cat, sat\ncat down, sat", WORDS).questions


@pytest.mark.parametrize("apart", [",", "\t"])
@given(signs=st.text(st.sampled_from("de,(= \n"), min_size=3).filter(lambda s: not s.isspace()))
def test_a_column_of_signs_is_read_as_they_are_spelt(apart: str, signs: str) -> None:
    spelt = [{"\n": "\\n", ",": '","'}.get(sign, sign) for sign in signs]
    rows = [f"{k}{apart}{sign}" for k, sign in enumerate(spelt)]
    found = settled("\n".join([f"i{apart}char", *rows]), PYTHON)
    assert symbols(found) == [signs]


@pytest.mark.parametrize(
    ("cell", "sign"),
    [
        ("\\n", "\n"),
        ("<space>", " "),
        (" ", " "),
        ('" "', " "),
        ('"\n"', "\n"),
        ("<newline>", "\n"),
    ],
)
def test_a_sign_may_be_spelt(cell: str, sign: str) -> None:
    assert symbols(read(f"char\nd\n{cell}\ne", PYTHON)) == [f"d{sign}e"]


def test_a_space_in_a_cell_is_a_sign_of_a_text_in_one_line_too() -> None:
    assert symbols(read("i,c\n0,a\n1, \n2,b", CHARACTERS)) == ["a b"]
    assert symbols(settled("char\na\n \nb", CHARACTERS)) == ["a b"]
    assert symbols(read("a\n \nb", CHARACTERS)) == ["a b"]


def test_a_backslash_in_a_longer_text_stays_one() -> None:
    found = read("text,label\nx\\n,1\ny,0", PYTHON)
    assert symbols(found) == ["x\\n", "y"]
    for text in ("d\n\\n\ne", "d\n \ne"):
        assert asked(read(text, PYTHON)) == ["lines"]
    alone = read("d\n\\n\ne", PYTHON, {"lines": "No, a sign per line"})
    assert symbols(alone) == ["d\ne"]


def test_a_blank_cell_among_signs_is_asked_about() -> None:
    data = "i\tc\n0\td\n1\t\n2\te"
    found = read(data, PYTHON, {"table": "A table"})
    assert asked(found) == ["blank cells"]
    assert not found.sequences
    for answer, wanted in (("A space", "d e"), ("A line break", "d\ne")):
        chosen = read(data, PYTHON, {"table": "A table", "blank cells": answer})
        assert symbols(chosen) == [wanted]


def test_a_blank_cell_that_can_be_no_symbol_is_said() -> None:
    found = read("i,symbol\n0,B\n1,\n2,X", REBER)
    assert symbols(found) == ["BX"]
    assert "Line 3 has no symbol" in said(found)


@pytest.mark.parametrize("text", ["BTX BPV", "BTX SE", "BTX BPV\nBTE BPE"])
def test_pieces_apart_by_spaces_are_asked_about(text: str) -> None:
    found = read(text, REBER)
    assert asked(found) == ["pieces"]
    assert not found.sequences
    apart = read(text, REBER, {"pieces": "Each piece is a sequence"})
    assert symbols(apart) == text.split()
    line = "Each line is a sequence, without its white space"
    whole = read(text, REBER, {"pieces": line})
    assert symbols(whole) == text.replace(" ", "").split("\n")


@pytest.mark.parametrize("text", ["B T X", "B T X BPV", "BTX", " BTX ", "['B', 'T']"])
def test_spaces_between_symbols_are_not_asked_about(text: str) -> None:
    assert not read(text, REBER).questions


@pytest.mark.parametrize(
    "data",
    [
        "word\nthe\ncat\n\nthe\nsat",
        "word,tag\nthe,DT\ncat,NN\n\nthe,DT\nsat,VB",
        "word,tag\nthe,DT\ncat,NN\n,\nthe,DT\nsat,VB",
        "the\tDT\ncat\tNN\n\nthe\tDT\nsat\tVB",
    ],
)
def test_blank_lines_in_a_column_of_words_are_asked_about(data: str) -> None:
    assert asked(read(data, WORDS)) == ["blank lines"]
    apart = read(data, WORDS, {"blank lines": "Each blank line begins a new sequence"})
    assert tokens(apart) == [["the", "cat"], ["the", "sat"]]


def test_blank_lines_between_words_are_asked_about() -> None:
    found = read("the\ncat\n\nthe\nsat", WORDS)
    assert asked(found) == ["lines"]
    assert tokens(found) == [["the", "cat"], ["the", "sat"]]
    assert not read("the\n\ncat\n\nsat", WORDS).questions


def one_hot(text: str, order: str) -> list[list[int]]:
    """Return a row of zeros and a one for each letter, a column for each of `order`."""
    return np.eye(len(order), dtype=int)[[order.index(letter) for letter in text]].tolist()


@given(st.text(st.sampled_from("BEPSTVX"), min_size=1), st.permutations("BEPSTVX"))
def test_the_names_of_columns_say_what_a_one_means(text: str, order: list[str]) -> None:
    rows = one_hot(text, "".join(order))
    found = read("\n".join(",".join(map(str, row)) for row in [order, *rows]), REBER)
    assert symbols(found) == [text]
    assert not found.questions
    assert "zeros and a one" in said(found)


@given(st.text(st.sampled_from("BEPSTVX"), min_size=1), st.sampled_from(",;\t "))
def test_rows_of_zeros_and_a_one_are_symbols(text: str, apart: str) -> None:
    rows = one_hot(text, "BEPSTVX")
    data = "\n".join(apart.join(map(str, row)) for row in rows)
    floats = "\n".join(apart.join(f"{bit:.1f}" for bit in row) for row in rows)
    for found in (read(data, REBER), read(floats, REBER), read(str(rows), REBER)):
        assert symbols(found) == [text]
        assert not found.questions


def test_a_time_and_an_id_stand_beside_zeros_and_ones() -> None:
    rows = [[k < 2, k % 2, *row] for k, row in enumerate(one_hot("BTBX", "BEPSTVX"))]
    data = "\n".join(",".join(str(int(cell)) for cell in row) for row in rows)
    assert symbols(read(f"id,t,B,E,P,S,T,V,X\n{data}", REBER)) == ["BX", "BT"][::-1]
    assert symbols(settled(str([one_hot("BT", "BEPSTVX"), one_hot("BX", "BEPSTVX")]), REBER)) == [
        "BT",
        "BX",
    ]


@pytest.mark.parametrize("head", ["B,E,P,S,T,V,X\n", "a,b,c,d,e,f,g\n", ""])
def test_rows_of_zeros_among_one_hot_rows_are_asked_about(head: str) -> None:
    rows = [*one_hot("BX", "BEPSTVX"), [0] * 7, [0] * 7]
    data = head + "\n".join(",".join(map(str, row)) for row in rows)
    found = read(data, REBER)
    assert asked(found) == ["padding"]
    assert symbols(found) == ["BX"]
    assert "2 rows of zeros" in said(found)
    sentence = refused(data, REBER, answers={"padding": "No"})
    assert f"line {4 if head else 3}, has no 1" in sentence


def test_a_batch_of_one_hot_rows_filled_up_with_zeros_is_read_without_them() -> None:
    batch = [one_hot("BTX", "BEPSTVX"), [*one_hot("BP", "BEPSTVX"), [0] * 7]]
    assert symbols(settled(str(batch), REBER)) == ["BTX", "BP"]


def test_a_row_of_several_ones_is_named() -> None:
    data = "B,E,P,S,T,V,X\n1,0,0,0,0,0,0\n1,1,0,0,0,0,0\n0,0,0,0,0,0,1"
    assert "line 3, has 2 1 in" not in refused(data, REBER)
    assert "line 3, has 2 ones" in refused(data, REBER)


def test_zeros_and_ones_that_are_symbols_are_asked_about() -> None:
    few = embedding("0", "1", "2")
    found = read("1,0,0\n0,0,1", few)
    assert asked(found) == ["one-hot"]
    assert tokens(found) == [["0", "2"]]
    assert tokens(read("1,1,0\n0,0,1", few)) == [["1", "1", "0"], ["0", "0", "1"]]
    assert tokens(read("1,0,0\n0,0,1", IDS, {"padding": "No, it is read"})) == [
        ["1", "0", "0"],
        ["0", "0", "1"],
    ]
