"""What a picture says to those who do not see it."""

from __future__ import annotations

import re

import numpy as np
import plotly.graph_objects as go

from app.figures.picture_numbers import MOST_COLUMNS, MOST_ROWS, picture_numbers


def cells(html: str) -> list[list[str]]:
    """The texts of a table's cells, row by row."""
    rows = re.findall("<tr>(.*?)</tr>", html)
    return [re.findall("<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_lines_over_the_same_x_are_the_columns_of_one_table() -> None:
    figure = go.Figure([go.Scatter(x=[3, 4], y=[0.5, None], name="one & two")])
    figure.add_scatter(x=[3, 4], y=[-1.0, 2.0], name="three")
    html = picture_numbers(figure)
    assert cells(html) == [
        ["", "one &amp; two", "three"],
        ["3", "0.500", "−1.000"],
        ["4", "–", "2.000"],
    ]


def test_a_heatmap_is_a_table_and_a_large_one_is_thinned_and_says_so() -> None:
    values = np.arange(12.0).reshape(3, 4)
    small = picture_numbers(go.Figure(go.Heatmap(z=values, x=list("abcd"))))
    assert cells(small)[0] == ["", "a", "b", "c", "d"]
    assert cells(small)[2] == ["1", "4.000", "5.000", "6.000", "7.000"]
    assert "listed" not in small
    large = picture_numbers(go.Figure(go.Heatmap(z=np.zeros((300, 2000)))))
    assert len(cells(large)) <= MOST_ROWS + 1
    assert max(map(len, cells(large))) <= MOST_COLUMNS + 1
    assert "One row of 3 and one column of 84 is listed." in large
