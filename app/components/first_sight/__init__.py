"""The first screen of a page, which its document holds: drawn before Streamlit has come.

Streamlit's scripts take a second or more to load and to start, and the reader would look at an
empty page. So the document brings what the page will show first: its heading, what is asked, and
the stage's own scene, which the stage's own script plays. Behind it, unseen, Streamlit builds the
page; once that stands down to its stage, the stage moves there as it is (`js/first_sight.js`).

What stands around the stage is a picture of the page's controls, which come with the page.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

import streamlit as st
from streamlit import file_util

from lstm_core.record import record

from ... import theme
from ..shared.embedding import bytes_element
from ..shared.modules import join_modules
from ..shared.registration import CARD
from ..shared.stylesheets import join_stylesheets
from ..stage import Scene, StageSettings
from ..stage.component import first_parcel
from ..stage.standalone import theme_variables

HERE = Path(__file__).parent
STAGE = HERE.parent / "stage"
FONTS = {"Source Sans": "SourceSansVF-Upright*.woff2", "Source Code Pro": "SourceCodeVF-Upright*"}


@record
class FirstScreen:
    """What a page shows first. All texts are plain; `logo` is the address of a picture.

    `pages` are the names in the bar above; of the row of controls `network` and `sequence` are what
    is chosen, `cells` the names of those to choose from, and `doors`, `new` and `copy` what the
    buttons are called.
    """

    scene: Scene
    settings: StageSettings
    heading: str
    question: str
    logo: str
    pages: tuple[str, ...]
    network: str
    cells: tuple[str, ...]
    sequence: str
    doors: tuple[str, ...]
    new: str
    copy: str


def first_screen_html(screen: FirstScreen) -> str:
    """Return the HTML of a first screen, to stand before the element that Streamlit fills."""
    names = "".join(map(_name, screen.pages))
    return f"""<style>{_style()}</style>
<div id="first-sight">
<div class="first-pages" aria-hidden="true"><img src="{escape(screen.logo)}" alt="">{names}</div>
<main>
{_row(screen)}
<div class="first-heading" role="heading" aria-level="1">{escape(screen.heading)}</div>
<p class="first-question">{escape(screen.question)}</p>
{_place(screen)}
</main>
</div>
"""


def first_screen_data(screen: FirstScreen) -> str:
    """Return the HTML of the data that the screen's script plays, to end the document."""
    parcel = first_parcel(screen.scene, screen.settings)
    return bytes_element("first-scene", screen.scene.payload) + bytes_element(
        "first-parcel", parcel
    )


@cache
def first_sight_script() -> str:
    """Return the text of the module that plays a first screen and hands it over."""
    return join_modules(HERE / "js" / "first_sight.js")


def _place(screen: FirstScreen) -> str:
    """Where the stage plays, with its style; it says at once where it is presented alone."""
    presented = " data-presented" if screen.settings.present else ""
    inside = f"<style>{_stage_style()}</style>{CARD}"
    shadow = f'<template shadowrootmode="open">{inside}</template>'
    return f'<div class="st-key-first-sight"{presented}>{shadow}</div>'


def _row(screen: FirstScreen) -> str:
    """A picture of the row of controls."""
    cells = f'<div class="cells">{"".join(map(_name, screen.cells))}</div>'
    parts = [
        _name(screen.network, "list network"),
        cells if len(screen.cells) > 1 else "",
        _name(screen.sequence, "list sequence"),
        *(_name(door, "door") for door in screen.doors),
        _name(screen.new, "new"),
        _name(screen.copy, "copy"),
    ]
    return f'<div class="first-row" aria-hidden="true">{"".join(parts)}</div>'


def _name(text: str, classes: str = "") -> str:
    """An element that shows a text as a picture does: nobody finds or hears it."""
    kind = f' class="{classes}"' if classes else ""
    return f'<span{kind} data-name="{escape(text)}"></span>'


@cache
def _stage_style() -> str:
    return join_stylesheets(STAGE / "css" / "stage.css")


@cache
def _style() -> str:
    """The screen's stylesheet, with the page's own fonts and colours, for light and for dark."""
    light, dark = (f"#first-sight {{ {_variables(dark)} }}" for dark in (False, True))
    own = (HERE / "css" / "first_sight.css").read_text(encoding="utf-8")
    return f"{_fonts()}\n{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n{own}"


def _variables(dark: bool) -> str:
    fonts = f"--st-font: {_family('font', 'Source Sans')}; "
    fonts += f"--st-code-font: {_family('codeFont', 'Source Code Pro')};"
    panel = f"--first-panel: {theme.palette(dark)['panel']};"
    return f"{theme_variables(dark)} {fonts} {panel}"


def _family(option: str, own: str) -> str:
    """The fonts that Streamlit's theme names, as it spells them."""
    fallback = "monospace" if option == "codeFont" else "sans-serif"
    named = st.get_option(f"theme.{option}") or f'"{own}", {fallback}'
    return ",".join([*(part.strip() for part in named.split(",")), f'"{own}"', fallback])


def _fonts() -> str:
    """Streamlit's fonts, which its own script names only later."""
    media = Path(file_util.get_static_dir(), "static", "media")
    files = {family: sorted(media.glob(pattern)) for family, pattern in FONTS.items()}
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: 200 900; font-display: swap; '
        f'src: url("./static/media/{found[0].name}") format("woff2"); }}'
        for family, found in files.items()
        if found
    )
