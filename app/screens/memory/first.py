"""What Memory shows first at an address, where that follows from the address alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...components.first_sight import Control, FirstScreen
from ...components.stage import build_group
from ...session import demos
from ...session.view import read
from ...words import memory as words
from ...words.phrases import said
from ..shared import first_row, toolbar
from . import networks, question, results

KEY = "memory-stage"


def first_screen(address: Mapping[str, str]) -> FirstScreen | None:
    """Return the first screen; None where the page would show another network than is named."""
    asked = read(address)
    if not results.compared_demos() or asked.demo not in ("", *results.compared_demos()):
        return None
    shown = networks.open_address(address)
    return FirstScreen(
        page="memory",
        key=KEY,
        shown=build_group(networks.members(shown)),
        settings=shown.opened.view,
        heading=words.FORGETS,
        beneath=question.comparison(shown),
        question=toolbar.introduction(shown.opened, question.must_keep(shown)),
        row=(*_choices(shown), *first_row.sequence(shown.opened.view.source)),
    )


def _choices(shown: networks.Comparison) -> tuple[Control, ...]:
    """A picture of the pickers of task, size and third network."""
    name = shown.demo.name
    alike = tuple(words.ALIKES[alike] for alike in networks.alikes(name))
    return (
        Control(kind="list task", label=words.TASK, texts=(said(demos.demo(name).title),)),
        Control(kind="segments alike", label=words.ALIKE, texts=alike),
        Control(kind="third", texts=(words.THIRD,)),
    )
