"""The document of a static page: what all of them have around their own content."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ..components.shared.embedding import json_element
from ..components.shared.registration import CARD
from ..words import common as common_words
from ..words import site as words
from ..words.language import spoken

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; "
    "connect-src 'self'; img-src 'self' data:"
)
"""A static page asks for nothing but the files beside it. Elements set their own style, and a
picture of the stage is made of data that the page itself holds."""

STYLE, SCRIPT, ICON = "gatescope.css", "gatescope.js", "icon.svg"


def document(
    title: str, content: str, *, up: str = "", data: Mapping[str, Any] | None = None
) -> str:
    """Return a static page. `content` is HTML, `title` a text.

    `up` leads from the page to the first one: "../" from a page in a folder. `data` is what the
    page's script is told; None: it has none.
    """
    script = "" if data is None else _script(data, up)
    return f"""<!DOCTYPE html>
<html lang="{spoken().code}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(common_words.page_title(title))}</title>
<link rel="icon" href="{up}{ICON}" type="image/svg+xml">
<link rel="stylesheet" href="{up}{STYLE}">
</head>
<body>
<nav class="site-head" aria-label="{escape(words.NAVIGATION)}">
<a href="{up}index.html">{escape(common_words.TITLE)}</a>
<a href="{up}index.html#networks">{escape(words.NETWORKS)}</a>
<a href="{up}index.html#lessons">{escape(words.LESSONS)}</a>
</nav>
<main>
{content}
</main>
{script}</body>
</html>
"""


def stage_place() -> str:
    """Return the HTML of the place where the stage plays, and of what is said where it cannot."""
    return (
        f'<p class="problem" id="problem" role="alert" hidden>{escape(words.NO_RUN)}</p>'
        f'<noscript><p class="problem">{escape(words.NO_SCRIPT)}</p></noscript>'
        f'<div class="st-key-stage">{CARD}</div>'
        f"<footer>{escape(words.NEEDS_PYTHON)}</footer>"
    )


def _script(data: Mapping[str, Any], up: str) -> str:
    """What the page's script is told, and the script that all pages share."""
    return f'{json_element("page", data)}\n<script type="module" src="{up}{SCRIPT}"></script>\n'
