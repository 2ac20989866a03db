"""The tab with exercises."""

from __future__ import annotations

import pytest

from app.screens.shared.exercises_tab import read_number
from app.words import teaching as words
from tests.app.pages import link, opened, press_key, ran, texts, whole_app


def test_an_answer_that_is_typed_is_checked_and_the_answers_are_shown_on_demand():
    app = opened(whole_app(), {"demo": "reber", "details": "exercises", "exercise": "7"})
    assert link(app)["exercise"] == "7"
    fields = [field for field in app.text_input if field.key.startswith("exercise-reber-lstm-7")]
    assert len(fields) == 3
    assert "f = " in fields[1].label or "c₋ = " in fields[1].label
    ran(fields[1].set_value("99").run())
    assert words.exercise_wrong("c = f·c₋ + i·g").partition("{")[0] in texts(app)
    ran(fields[1].set_value("much").run())
    assert words.NO_NUMBER in texts(app)
    ran(app.toggle(key="answers-7").set_value(True).run())
    (right,) = [t for t in texts(app).split('<p class="answer">') if t.startswith("c = f")]
    ran(fields[1].set_value(right.partition("</p>")[0].rpartition(" = ")[2]).run())
    assert words.exercise_right("c = f·c₋ + i·g") in texts(app)
    press_key(app, "other-exercises")
    assert link(app)["exercise"] != "7"


@pytest.mark.parametrize(
    ("text", "value"),
    [("0,73", 0.73), (" −1.5 ", -1.5), ("1e3", 1000.0), ("nan", None), ("x", None), ("1e9", None)],
)
def test_a_number_is_read_with_a_point_or_a_comma(text: str, value: float | None):
    assert read_number(text) == value
