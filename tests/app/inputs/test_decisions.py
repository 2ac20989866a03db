"""A page shows every decision about a file in one place, and each column with its use."""

from __future__ import annotations

import numpy as np
import pytest

from app.inputs import Understanding, UploadError, understand
from app.inputs.decisions import (
    chosen,
    confirmed,
    decisions_of,
    is_correctable,
    is_ready,
    roles_of,
    without_later,
)
from lstm_core import NumericEncoder, OneHotEncoder

LETTERS = OneHotEncoder(alphabet=tuple("BEPSTVX"))
ONE = NumericEncoder(columns=("sunspots",), offset=np.array([50.0]), scale=np.array([40.0]))
TWO = NumericEncoder(columns=("value", "mark"), offset=np.zeros(2), scale=np.ones(2))

GAP = "year,activity\n1700,5\n1701,\n1702,16\n1703,17\n"
CASES = [
    (GAP, ONE),
    ("1.234\n2.345\n", ONE),
    ("rain,temp\n1.5,20\n0.5,21\n0.2,23\n", TWO),
    (".5 1\n.25 0\n.75 1\n", TWO),
    ("BTX\nBPV\n", LETTERS),
]


def seen(data: str, encoder, **answers: str) -> Understanding:
    return understand("a.csv", data, encoder, answers)


@pytest.mark.parametrize(("data", "encoder"), CASES)
def test_every_choice_stands_in_one_place_and_questions_among_the_questions(data, encoder):
    understanding = seen(data, encoder)
    sorted_ = decisions_of(understanding)
    placed = [*sorted_.questions, *sorted_.settings, *sorted_.inputs, *sorted_.otherwise]
    assert len({question.id for question in placed}) == len(placed)
    assert {q.id for q in understanding.questions} <= {q.id for q in sorted_.questions}
    left = [q for q in understanding.choices if q.id not in {p.id for p in placed}]
    assert all(len(question.options) == 1 for question in left)


def test_a_question_that_was_answered_stays_where_it_was():
    before = decisions_of(seen(GAP, ONE)).questions
    after = decisions_of(seen(GAP, ONE, gaps="Interpolate")).questions
    assert [question.id for question in after] == [question.id for question in before]
    assert (chosen(before[0]), chosen(after[0])) == (None, "Interpolate")


def test_run_waits_for_answers_that_are_not_preselected_and_takes_those_that_are():
    open_, preselected = seen(GAP, ONE), seen("1.234\n2.345\n", ONE)
    assert (is_ready(open_), is_ready(preselected)) == (False, True)
    answers = confirmed(preselected, {})
    assert seen("1.234\n2.345\n", ONE, **answers).questions == ()
    assert confirmed(preselected, {"decimal": "mine"}) == {"decimal": "mine"}


def test_only_answers_to_what_is_decided_before_a_change_are_kept():
    answers = {"delimiter": "Cells are apart by commas", "gaps": "Interpolate"}
    understanding = seen(GAP, ONE, **answers)
    assert without_later(understanding, answers, "header") == {
        "delimiter": "Cells are apart by commas"
    }
    assert without_later(understanding, answers, "gaps") == {
        "delimiter": "Cells are apart by commas"
    }


@pytest.mark.parametrize(
    ("data", "encoder", "answers", "kinds"),
    [
        (GAP, ONE, {"gaps": "Interpolate"}, ["time", "input"]),
        ("id,time,value\na,1,10\na,2,11\nb,1,20\nb,2,21\n", ONE, {}, ["label", "time", "input"]),
        ("sunspots,flow\n3,5.5\n1,2.5\n7,1.5\n", ONE, {}, ["input", "number"]),
        ("sunspots,flow\n3,5.5\n1,2.5\n7,1.5\n", ONE, {"truth": "flow"}, ["input", "truth"]),
        ("string,label\nBTX,yes\nBPV,no\n", LETTERS, {}, ["input", "label"]),
        ("BTX\nBPV\n", LETTERS, {}, ["input"]),
        (
            "name,s1,s2,s3\nx,5,6,7\ny,5,6,9\n",
            ONE,
            {"layout": "A row is a sequence"},
            ["label", "input", "input", "input"],
        ),
    ],
)
def test_each_column_is_told_what_it_is_used_for(data, encoder, answers, kinds):
    assert [role.kind for role in roles_of(seen(data, encoder, **answers))] == kinds


def test_a_column_names_the_inputs_that_it_feeds():
    roles = roles_of(seen("mark,value\n1,.5\n0,.25\n1,.75\n", TWO))
    assert [role.inputs for role in roles] == [("mark",), ("value",)]


def test_a_refusal_says_which_other_columns_could_be_read():
    data = "year,sunspots,flow\n1700,5,1.5\n1701,many,2.5\n1702,7,0.5\n"
    with pytest.raises(UploadError, match="line 3, column 'sunspots', is 'many'") as caught:
        seen(data, ONE)
    assert is_correctable(caught.value)
    (column,) = decisions_of(caught.value).inputs
    assert (chosen(column), column.options) == ("sunspots", ("year", "sunspots", "flow"))
    assert seen(data, ONE, **{column.id: "flow"}).inputs == {"sunspots": "flow"}
    with pytest.raises(UploadError) as alone:
        seen("sunspots\n5\nmany\n6\n", ONE)
    assert not is_correctable(alone.value)
