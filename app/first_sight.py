"""The first screen of an address: what its page will show first, put into its document.

Only where that follows from the address alone: Explore, with a network of ours and one of its
sequences, or one drawn by a seed. Everything else, a reader's own files among it, is shown when
Streamlit has come.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from .components.first_sight import FirstScreen
from .components.shared.settings import table
from .screens.shared.toolbar import introduction, sequence_title
from .session import demos
from .session.cells import cells_of, in_cell
from .session.opened_view import OpenedView, open_view
from .session.run_facts import at_first_moment
from .session.scenes import scene
from .session.state import LANGUAGE
from .session.subjects import title_of
from .session.view import View, names_place, read
from .words import common as words
from .words import pages
from .words import train as train_words

HERE = Path(__file__).parent
KNOWN = frozenset({"demo", "sequence", "seed", LANGUAGE, *table(View)})
LARGEST = 256_000  # bytes of a scene: one that is larger would keep the document waiting

log = logging.getLogger(__name__)


def first_screen(page: str, address: Mapping[str, str]) -> FirstScreen | None:
    """Return what a page with these parameters shows first; None where that is not known yet.

    What fails here is written to the log: the page will say it to the reader.
    """
    if page or not address.keys() <= KNOWN:
        return None
    try:
        opened = open_address(address)
        return None if opened is None else _screen(opened)
    except Exception:
        log.exception("the first screen of an address could not be drawn")
        return None


def open_address(address: Mapping[str, str]) -> OpenedView | None:
    """Return what Explore opens at an address; None where that depends on more than the address."""
    asked = read(address)
    if asked.demo not in ("", *demos.demo_names()):
        return None
    opened = in_cell(open_view(asked), asked)
    layers = opened.subject.model.layers
    if len(layers) > 1 or layers[0].bidirectional:
        return None  # the page has one more row of controls
    return opened if names_place(address) else at_first_moment(opened)


def _screen(opened: OpenedView) -> FirstScreen | None:
    """The first screen of a view; None where its scene is too large."""
    shown, view = scene(opened, pulls=True), opened.view
    if len(shown.payload) > LARGEST:
        return None
    return FirstScreen(
        scene=shown,
        settings=view,
        heading=words.HEADLINES[opened.trace.kind],
        question=introduction(opened),
        logo=_logo(),
        pages=tuple(pages.TITLES.values()),
        network=title_of(demos.demo(view.demo)),
        cells=tuple(train_words.SHORT[cell] for cell in cells_of(view.demo)),
        sequence=sequence_title(view.source),
        doors=(words.TYPE, words.UPLOAD),
        new=words.NEW,
        copy=words.COPY,
    )


@cache
def _logo() -> str:
    """The logo as an address that holds all of it."""
    return f"data:image/svg+xml;base64,{b64encode((HERE / 'logo.svg').read_bytes()).decode()}"
