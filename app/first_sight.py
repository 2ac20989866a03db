"""The first screen of an address: what its page will show first, put into its document.

Only where that follows from the address alone: of Explore and Memory, with a network of ours and
one of its sequences, or one drawn by a seed. Everything else, a reader's own files among it, is
shown when Streamlit has come.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from .components.first_sight import FirstScreen
from .components.shared.settings import table
from .components.teaching import ROOM
from .screens.explore import first as explore
from .screens.memory import first as memory
from .session.state import LANGUAGE
from .session.view import View

PAGES = {"": explore.first_screen, "memory": memory.first_screen}
KNOWN = frozenset({"demo", "sequence", "seed", LANGUAGE, ROOM, *table(View)})
LARGEST = 256_000  # bytes of a scene: one that is larger would keep the document waiting

log = logging.getLogger(__name__)


def first_screen(page: str, address: Mapping[str, str]) -> FirstScreen | None:
    """Return what a page with these parameters shows first; None where that is not known yet.

    What fails here is written to the log: the page will say it to the reader.
    """
    if page not in PAGES or not address.keys() <= KNOWN:
        return None
    try:
        screen = PAGES[page](address)
    except Exception:
        log.exception("the first screen of an address could not be drawn")
        return None
    return screen if screen and len(screen.shown.payload) <= LARGEST else None
