"""The fonts of the pages: Streamlit's, cut to what is shown here (`assets/fonts/README.md`).

Streamlit names its fonts in its main stylesheet. Of that a page gets a copy, in which each font of
text has two faces: the cut one, and Streamlit's whole one for the characters that were left out,
which a browser fetches only where one of them is shown. Icons are ligatures of letters, so that no
browser can tell which of them a font lacks: they are cut where the cut font has every icon that
Streamlit's front end names, and Streamlit's own else. What is not found in another version of
Streamlit stays as that version has it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from streamlit import file_util

from ..session.assets import assets_folder
from .asgi import Message, Receive, Send, Server, path_below_base
from .sending import FOREVER, send_body, send_whole

FOLDER = assets_folder() / "fonts"
PRELOAD = re.compile(r'<link\b[^>]*\brel="preload"[^>]*\bas="font"[^>]*>')
STYLESHEET = re.compile(r'(?<=href="\./)static/css/index\.[\w.-]+\.css(?=")')
FACE = re.compile(r"@font-face\s*\{[^}]*\}")
SOURCE = re.compile(r"url\([^)]*\)")
ICON = re.compile(rb":material/(\w+):")


def with_fonts(server: Server) -> Server:
    """Return a server (ASGI) that sends these fonts and that stylesheet, too."""

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        path = (path_below_base(scope) or "") if asked else ""
        if path in _served():
            await send_whole(_served()[path], FOREVER | {"content-type": "font/woff2"}, scope, send)
        elif path and path == stylesheet()[0]:
            headers = FOREVER | {"content-type": "text/css; charset=utf-8"}
            await send_body(stylesheet()[1].encode(), headers, scope, send)
        else:
            await server(scope, receive, send)

    return answer


def with_our_fonts(html: str) -> str:
    """Return Streamlit's document with our copy of its stylesheet, and with our font of text early.

    It stays as it is where its stylesheet is not found.
    """
    name, text = stylesheet()
    early = address("sans.woff2")
    if Path(early).name in text:
        ours = f'<link rel="preload" href="./{early}" as="font" type="font/woff2" crossorigin>'
        html = PRELOAD.sub(ours, html, count=1)
    return STYLESHEET.sub(name, html, count=1) if name else html


@cache
def stylesheet() -> tuple[str, str]:
    """Return where our copy of Streamlit's stylesheet is, and its text; "" where there is none."""
    folder = Path(file_util.get_static_dir())
    found = STYLESHEET.search((folder / "index.html").read_text(encoding="utf-8"))
    if found is None:
        return "", ""
    text = (folder / found[0]).read_text(encoding="utf-8")
    text = FACE.sub(lambda face: _faces(face[0]), text).replace("../media/", "../static/media/")
    return _named("streamlit.css", text.encode()), text


def has_all_icons(names: set[str]) -> bool:
    """Return whether these are all icons that the installed front end of Streamlit can show."""
    scripts = Path(file_util.get_static_dir(), "static", "js").glob("*.js")
    named = {icon.decode() for script in scripts for icon in ICON.findall(script.read_bytes())}
    return bool(named) and named <= names


@cache
def address(file: str) -> str:
    """Return where a font is, below the address of the app: its name holds its fingerprint."""
    return _named(file, (FOLDER / file).read_bytes())


def _faces(rule: str) -> str:
    """What stands in our copy for a font of Streamlit's."""
    content = _content()
    for face in content["text"]:
        if f"/{face['from']}." in rule:
            whole = f"{rule[:-1]};font-display:swap;unicode-range:"
            cut = SOURCE.sub(f"url({Path(address(face['file'])).name})", whole, count=1)
            return f"{cut}{face['cut']}}}{whole}{face['rest']}}}"
    icons = content["icons"]
    if f"/{icons['from']}." in rule and has_all_icons({*icons["names"], *icons["no_icons"]}):
        return SOURCE.sub(f"url({Path(address(icons['file'])).name})", rule, count=1)
    return rule


def _named(file: str, content: bytes) -> str:
    stem, _, suffix = file.rpartition(".")
    return f"fonts/{stem}.{sha256(content).hexdigest()[:12]}.{suffix}"


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / "fonts.json").read_text(encoding="utf-8"))
    return content


@cache
def _served() -> Mapping[str, bytes]:
    return {address(file.name): file.read_bytes() for file in FOLDER.glob("*.woff2")}
