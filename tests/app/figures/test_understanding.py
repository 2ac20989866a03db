"""The preview shows what each column is used for, and nothing of a file is ever markup."""

from __future__ import annotations

import numpy as np

from app.figures.understanding import MOST_COLUMNS, WhatWasRead, first_rows, preview, what_was_read
from app.inputs import Understanding, understand
from app.words import uploads as words
from lstm_core import NumericEncoder, OneHotEncoder

ONE = NumericEncoder(columns=("sunspots",), offset=np.array([50.0]), scale=np.array([40.0]))
LETTERS = OneHotEncoder(alphabet=tuple("BEPSTVX"))


def seen(data: str, encoder=ONE, **answers: str) -> Understanding:
    return understand("a.csv", data, encoder, answers)


def test_each_column_is_headed_by_its_name_its_use_and_its_missing_values():
    html = first_rows(seen("year,activity,flow\n1,5,2.5\n2,,1.5\n3,9,0.5\n4,8,4.5\n"))
    assert html.count("<th ") == 3
    assert words.gaps(1) in html
    assert "<td" in html
    assert 'class="time"' in html


def test_the_input_that_a_column_feeds_is_said():
    html = first_rows(seen("year,activity\n1700,5.5\n1701,7.5\n1702,2.5\n"))
    assert words.feeds(("sunspots",)) in html
    assert html.count('class="input"') == 4  # its head and three cells


def test_before_anything_is_decided_a_column_says_what_it_holds():
    html = first_rows(seen("rain,flow\n1.5,2.5\n0.5,1.5\n3.75,9.5\n"))
    assert words.HOLDS["number"] in html
    assert words.ROLES["number"] not in html


def test_of_many_columns_those_that_are_used_are_shown_and_the_rest_counted():
    head = ",".join([*(f"n{k}x" for k in range(60)), "sunspots"])
    rows = "\n".join(",".join(f"{(r * k) % 7 + 0.25}" for k in range(61)) for r in range(1, 6))
    html = first_rows(seen(f"{head}\n{rows}\n"))
    assert html.count("<th ") == MOST_COLUMNS
    assert words.feeds(("sunspots",)) in html
    assert words.more_columns(61 - MOST_COLUMNS) in html


def test_several_sequences_are_named_with_label_and_length():
    html = preview(seen("string,label\nBTX,yes\nBPVV,no\n", LETTERS))
    assert words.sequence_line("line 2", "yes", 3) in html
    assert words.sequence_line("line 3", "no", 4) in html


def test_nothing_of_a_file_is_markup():
    bad = "<img src=x onerror=alert(1)>"
    understanding = seen(f"{bad},sunspots\n{bad},2.5\n{bad},1.5\nx,7.5\n")
    line = WhatWasRead(file=bad, name=bad, label=bad, understanding=understanding)
    for html in (preview(understanding), what_was_read(line)):
        assert "<img" not in html
        assert "&lt;img" in html


def test_the_line_says_file_sequence_columns_and_truth():
    understanding = seen(
        "year,activity,flow\n1,5.5,2\n2,7.5,9\n3,2.5,4\n",
        **{"input:sunspots": "activity", "truth": "flow"},
    )
    line = WhatWasRead(file="a.csv", name="id 7", label="warm", understanding=understanding)
    html = what_was_read(line)
    for part in ("a.csv", "id 7 (warm)", "activity → sunspots", "held against flow"):
        assert part in html
