"""What Explore shows first at an address, where that follows from the address alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...components.first_sight import Control, FirstScreen
from ...session import demos
from ...session.cells import cells_of, in_cell
from ...session.opened_view import OpenedView, open_view
from ...session.run_facts import at_first_moment
from ...session.scenes import scene
from ...session.subjects import title_of
from ...session.view import names_place, read
from ...words import common as words
from ...words import train as train_words
from ..shared import first_row, toolbar

KEY = "stage"


def first_screen(address: Mapping[str, str]) -> FirstScreen | None:
    """Return the first screen; None where what is shown depends on more than the address."""
    opened = open_address(address)
    if opened is None:
        return None
    return FirstScreen(
        page="",
        key=KEY,
        shown=scene(opened, pulls=True),
        settings=opened.view,
        heading=words.HEADLINES[opened.trace.kind],
        question=toolbar.introduction(opened),
        row=(*_network(opened.view.demo), *first_row.sequence(opened.view.source)),
    )


def open_address(address: Mapping[str, str]) -> OpenedView | None:
    """Return what is opened at an address; None where that depends on more than the address."""
    asked = read(address)
    if asked.demo not in ("", *demos.demo_names()):
        return None
    opened = in_cell(open_view(asked), asked)
    layers = opened.subject.model.layers
    if len(layers) > 1 or layers[0].bidirectional:
        return None  # the page has one more row of controls
    return opened if names_place(address) else at_first_moment(opened)


def _network(demo: str) -> tuple[Control, ...]:
    """A picture of the pickers of network and cell."""
    cells = tuple(train_words.SHORT[cell] for cell in cells_of(demo))
    picker = Control(kind="list network", texts=(title_of(demos.demo(demo)),))
    return (picker, Control(kind="segments", texts=cells)) if len(cells) > 1 else (picker,)
