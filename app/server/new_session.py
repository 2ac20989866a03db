"""The message that begins each run of the script says the theme's options, which do not change.

Streamlit reads all its options six times for it, in the thread that answers everybody: a fifth of
what that thread did while twenty readers stepped beside ten visitors who open pages.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

NAME = "_populate_theme_msg"
"""Streamlit's own name of what writes a section of the options into a message."""

Populate = Callable[..., None]

log = logging.getLogger("gatescope")


def remembered(
    populate: Populate, options: Callable[[], Mapping[str, Any]] = config.get_config_options
) -> Populate:
    """Return a function that does what `populate` does, once for each section and set of options.

    Streamlit makes another set where it reads its options anew.
    """
    known: dict[str, tuple[Mapping[str, Any], CustomThemeConfig]] = {}

    def populate_once(message: CustomThemeConfig, section: str = "theme") -> None:
        now = options()
        of_options, theme = known.get(section, (None, None))
        if theme is None or of_options is not now:
            theme = CustomThemeConfig()
            populate(theme, section)
            known[section] = now, theme
        if theme.ByteSize():  # what is empty would make the section of the message exist
            message.MergeFrom(theme)

    return populate_once


def remember_theme() -> None:
    """Read the theme's options once in this process. Log where Streamlit has changed."""
    populate: Any = getattr(app_session, NAME, None)
    if populate is None:
        log.warning("the theme is read for each run: Streamlit has another name for it")
    elif populate.__name__ == NAME:
        setattr(app_session, NAME, remembered(populate))
