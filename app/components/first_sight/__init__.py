"""The first screen of a page, which its document holds: drawn before Streamlit has come.

Streamlit's scripts take a second or more to load and to start, and the reader would look at an
empty page. So the document brings what the page will show first: its heading, what is asked, and
the stage's own scene, which the stage's own script plays. Behind it, unseen, Streamlit builds the
page; once that stands down to its stage, the stage moves there as it is (`js/first_sight.js`).

What stands around the stage is a picture of the page's controls, which come with the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from lstm_core.record import record

from ... import theme
from ..shared.embedding import bytes_element
from ..shared.modules import join_modules
from ..shared.registration import CARD
from ..shared.stylesheets import join_stylesheets
from ..stage import Group, Scene, StageSettings
from ..stage.component import first_parcel
from ..stage.standalone import theme_variables

HERE = Path(__file__).parent
STAGE = HERE.parent / "stage"


@record
class Control:
    """A control of the row, as a picture: its texts, and the label above it.

    `kind` is its class in the stylesheet: "list", "segments" (each text is one), "door", "new",
    "copy", and what says how wide it is.
    """

    kind: str
    texts: tuple[str, ...]
    label: str = ""


@record
class FirstScreen:
    """What a page shows first: the stage of the key `key`, or a group of stages.

    `page` is the page's address, "" being Explore. All texts are plain: `beneath` stands directly
    below the heading, `question` above the stage.
    """

    page: str
    key: str
    shown: Scene | Group
    settings: StageSettings
    heading: str
    beneath: str = ""
    question: str
    row: tuple[Control, ...]


def first_screen_html(screen: FirstScreen, *, logo: str, pages: Mapping[str, str]) -> str:
    """Return the HTML of a first screen, to stand before the element that Streamlit fills.

    `logo` is the address of a picture, `pages` are the names in the bar above, by address.
    """
    names = [_name(title, "opened" if page == screen.page else "") for page, title in pages.items()]
    beneath = f'<p class="first-question">{escape(screen.beneath)}</p>' if screen.beneath else ""
    return f"""<style>{_style()}</style>
<div id="first-sight" data-key="{screen.key}">
<div class="first-pages" aria-hidden="true"><img src="{escape(logo)}" alt="">{"".join(names)}</div>
<main>
<div class="first-row" aria-hidden="true">{"".join(map(_control, screen.row))}</div>
<div>
<div class="first-heading" role="heading" aria-level="1">{escape(screen.heading)}</div>
{beneath}
</div>
<p class="first-question">{escape(screen.question)}</p>
{_place(screen)}
</main>
</div>
"""


def first_screen_data(screen: FirstScreen) -> str:
    """Return the HTML of the data that the screen's script plays, to end the document."""
    parcel = first_parcel(screen.shown, screen.settings, screen.key)
    scene = bytes_element("first-scene", screen.shown.payload)
    return scene + bytes_element("first-parcel", parcel)


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


def _control(control: Control) -> str:
    """A picture of a control, with its label above it."""
    if "segments" in control.kind:
        inner = "".join(_name(text) for text in control.texts)
        box = f'<span class="{control.kind}">{inner}</span>'
    else:
        box = _name("".join(control.texts), control.kind)
    if not control.label:
        return box
    return f'<span class="labelled">{_name(control.label, "label")}{box}</span>'


def _name(text: str, classes: str = "") -> str:
    """An element that shows a text as a picture does: nobody finds or hears it."""
    kind = f' class="{classes}"' if classes else ""
    return f'<span{kind} data-name="{escape(text)}"></span>'


@cache
def _stage_style() -> str:
    return join_stylesheets(STAGE / "css" / "stage.css")


@cache
def _style() -> str:
    """The screen's stylesheet, with the page's fonts and colours, for light and for dark."""
    light, dark = (f"#first-sight {{ {_variables(dark)} }}" for dark in (False, True))
    own = (HERE / "css" / "first_sight.css").read_text(encoding="utf-8")
    return f"{light}\n@media (prefers-color-scheme: dark) {{ {dark} }}\n{own}"


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
