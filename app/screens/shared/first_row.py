"""The row of controls as a picture, for the first screen of a page."""

from __future__ import annotations

from ...components.first_sight import Control
from ...session.view import Source
from ...words import common as words
from .toolbar import sequence_title


def sequence(source: Source) -> tuple[Control, ...]:
    """Return what chooses a sequence, and the button that copies the link."""
    return (
        Control(kind="list sequence", texts=(sequence_title(source),)),
        Control(kind="door", texts=(words.TYPE,)),
        Control(kind="door", texts=(words.UPLOAD,)),
        Control(kind="new", texts=(words.NEW,)),
        Control(kind="copy", texts=(words.COPY,)),
    )
