"""The same task in another cell."""

from __future__ import annotations

from app.session.cells import in_cell, twin_results
from app.session.opened_view import open_view
from app.session.view import View


def test_what_both_twins_reached_is_known_where_one_of_them_is_on_the_stage():
    view = View(demo="first_letter", cell="rnn")
    opened = in_cell(open_view(view), view)
    first, second = twin_results(opened)
    assert first == (opened.subject.title, 2560, 2560)
    assert second == ("Standard RNN, 1 unit", 0, 2560)


def test_nothing_is_said_of_twins_while_the_demos_own_network_is_on_the_stage():
    assert twin_results(open_view(View(demo="first_letter"))) == ()
