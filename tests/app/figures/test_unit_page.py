"""One unit's colours: every level can be read, and every number is the run's own."""

from __future__ import annotations

import re
from base64 import b64decode
from html import unescape

import numpy as np
import pytest

from app import theme
from app.figures import unit_page as figures
from lstm_core.analysis import Drive
from tests.app.test_theme import contrast

MEMORIES = ("cell_state", "hidden_state")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("memory", MEMORIES)
def test_text_can_be_read_on_every_level(memory: str, dark: bool):
    colours = figures.level_colours(memory, dark)
    assert len(set(colours)) == 2 * figures.LEVELS + 1
    ink = "#f2f3f5" if dark else "#1a1b1f"  # of .unit-text in page.css
    assert min(contrast(ink, colour) for colour in colours) >= 4.5


def test_levels_go_from_one_end_of_the_reach_to_the_other():
    found = figures.levels(np.array([-2.0, -1, 0, 0.5, 2, 9, np.nan]), 2.0)
    assert found.tolist() == [-8, -4, 0, 2, 8, 8, 0]
    assert figures.levels(np.zeros(2), 0.0).tolist() == [0, 0]


def test_a_text_is_all_there_each_symbol_on_its_colour():
    html = figures.coloured_text("a <\nb", np.array([1.0, 1, -1, 0, 0]), 1.0, "cell_state")
    spans = re.findall(r'background:(#\w+)([^"]*)">([^<]*)</span>', html)
    colours = figures.level_colours("cell_state", dark=False)
    assert [unescape(text) for *_, text in spans] == ["a␣", "<", "↵\nb"]
    assert [colour for colour, *_ in spans] == [colours[16], colours[0], colours[8]]
    assert [line.rpartition(" ")[2] for _, line, _ in spans] == ["solid", "dotted", ""]


def test_a_strip_keeps_the_furthest_value_of_a_long_run():
    values = np.zeros(5000)
    values[1234] = -3.0
    html = figures.coloured_strip(np.arange(5000.0), values, 3.0, "cell_state", "<all>")
    assert 'alt="&lt;all&gt;"' in html
    html = b64decode(html.partition("base64,")[2].partition('"')[0]).decode()
    colours = figures.level_colours("cell_state", dark=False)
    rects = re.findall(r'width="(\d+)" height="1" fill="(#\w+)"', html)
    assert [int(width) for width, colour in rects if colour == colours[0]] == [1]
    assert sum(int(width) for width, _ in rects) <= figures.COLUMNS
    assert theme.palette(False)["ink"] in html


def test_of_many_symbols_those_at_both_ends_are_listed():
    found = [Drive(symbol=str(k), count=1, change=-k / 10) for k in range(40)]
    frame = figures.drive_table(found)
    assert frame.iloc[:, 0].tolist() == [str(k) for k in (*range(6), *range(34, 40))]
    assert len(figures.drive_table(found[:3])) == 3
