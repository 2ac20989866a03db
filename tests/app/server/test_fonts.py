"""The fonts of the pages: what they have, where they are, and when Streamlit's own are used."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import file_util

from app import document
from app.server import fonts

from ..test_document import run

APP = Path(fonts.__file__).parents[1]
CONTENT = json.loads((fonts.FOLDER / "fonts.json").read_text(encoding="utf-8"))
UPRIGHT = [face for face in CONTENT["text"] if face["style"] == "normal"]
SHEET = "index.ab12.css"
TEXT = "@font-face{font-family:Source Sans;src:url(../media/SourceSansVF-Upright.ttf.x.woff2)}"
ICONS = "@font-face{font-family:Icons;src:url(../media/MaterialSymbols-Rounded.x.woff2)}"
WITH_TEXTS = ["app/words/english", "app/words/spanish", "app/lessons", "lstm_core/vocabulary.py"]
ICON = re.compile(r":material/(\w+):")


def answer(path: str, method: str = "GET", kind: str = "http") -> list[dict[str, Any]]:
    """What is sent where this is asked for."""
    sent: list[dict[str, Any]] = []

    async def server(scope, receive, send) -> None:
        await send({"headers": (), "body": b"the server's own answer"})

    async def send(message) -> None:
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "headers": ()}
    run(fonts.with_fonts(server)(scope, None, send))
    return sent


def codes(ranges: str) -> set[int]:
    """The code points that a unicode-range means."""
    bounds = (part.removeprefix("U+").split("-") for part in ranges.split(","))
    return {code for b in bounds for code in range(int(b[0], 16), int(b[-1], 16) + 1)}


def texts(folder: Path) -> set[str]:
    """All texts in the modules of a folder, or in one module, and whole files of other kinds."""
    files = [folder] if folder.is_file() else [p for p in folder.rglob("*") if p.is_file()]
    found = {
        p.read_text("utf-8") for p in files if p.suffix == ".toml" and "chinese" not in p.parts
    }
    for path in (p for p in files if p.suffix == ".py"):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        constants = (node.value for node in nodes if isinstance(node, ast.Constant))
        found |= {value for value in constants if isinstance(value, str)}
    return found


@pytest.mark.parametrize("face", UPRIGHT, ids=lambda face: face["family"])
def test_whatever_english_and_spanish_pages_say_is_in_the_cut_font_where_streamlits_has_it(
    face: dict[str, str],
) -> None:
    said = {ord(c) for place in WITH_TEXTS for text in texts(APP.parent / place) for c in text}
    assert {chr(code) for code in said & codes(face["rest"])} == set()
    assert codes(face["cut"]) >= {ord(c) for c in "AZaz09áéíóúüñÁÑ¿¡σφδΣ·−×≥→…—"}


def test_no_character_is_in_both_faces_of_a_font() -> None:
    assert all(codes(face["cut"]).isdisjoint(codes(face["rest"])) for face in CONTENT["text"])


def test_every_icon_of_our_pages_is_in_the_cut_font() -> None:
    named = {m[1] for text in texts(APP) for m in [ICON.fullmatch(text)] if m}
    assert "casino" in named
    assert named - set(CONTENT["icons"]["names"]) == set(), "run python -m assets.fonts.cut"


def test_every_icon_of_the_installed_front_end_is_in_the_cut_font() -> None:
    icons = CONTENT["icons"]
    have = {*icons["names"], *icons["no_icons"]}
    assert fonts.has_all_icons(have), "run python -m assets.fonts.cut"
    assert not fonts.has_all_icons(have - {"check"})


def test_a_front_end_with_an_icon_that_we_lack_keeps_its_own_icons(tmp_path, monkeypatch) -> None:
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (scripts / "index.js").write_text("icon=`:material/check:`,other=`:material/of_tomorrow:`")
    text = copied(tmp_path, TEXT + ICONS, monkeypatch)
    assert ICONS.replace("../media", "../static/media") in text
    assert fonts.address("sans.woff2").removeprefix("fonts/") in text


def test_a_document_of_fonts_that_nobody_knows_stays_as_it_is(tmp_path, monkeypatch) -> None:
    early = '<link rel="preload" href="x" as="font">'
    other = "@font-face{font-family:New;src:url(../static/media/New.woff2)}"
    assert copied(tmp_path, other.replace("static/", ""), monkeypatch) == other
    assert fonts.with_our_fonts(early) == early
    copied(tmp_path, TEXT, monkeypatch)
    assert fonts.address("sans.woff2") in fonts.with_our_fonts(early)
    (tmp_path / "index.html").write_text("<link href='elsewhere.css'>")
    fonts.stylesheet.cache_clear()
    assert fonts.with_our_fonts(early) == early


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    yield
    fonts.stylesheet.cache_clear()


def copied(static: Path, rules: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Our copy of this stylesheet, of a front end in this folder."""
    (static / "static" / "css").mkdir(parents=True, exist_ok=True)
    (static / "static" / "css" / SHEET).write_text(rules)
    (static / "index.html").write_text(f'<link href="./static/css/{SHEET}">')
    monkeypatch.setattr(file_util, "get_static_dir", lambda: str(static))
    fonts.stylesheet.cache_clear()
    return fonts.stylesheet()[1]


def test_a_document_names_a_stylesheet_that_is_there_and_it_names_fonts_that_are_there() -> None:
    html = document.document("")
    (early,) = re.findall(r'<link [^>]*as="font"[^>]*>', html)
    assert fonts.address("sans.woff2") in early
    (sheet,) = re.findall(r'href="\./(fonts/streamlit\.\w+\.css)"', html)
    start, body = answer(f"/{sheet}")
    assert dict(start["headers"])[b"content-type"].startswith(b"text/css")
    static = Path(file_util.get_static_dir())
    sources = set(re.findall(r"url\(([^):]+)\)", body["body"].decode()))
    theirs = {source for source in sources if source.startswith("../static/media/")}
    assert all((static / source.removeprefix("../")).is_file() for source in theirs)
    for source in sources - theirs:
        start, body = answer(f"/fonts/{source}")
        headers = dict(start["headers"])
        assert body["body"][:4] == b"wOF2"
        assert headers[b"content-type"] == b"font/woff2"
        assert b"immutable" in headers[b"cache-control"]
        assert answer(f"/fonts/{source}", "HEAD")[-1]["body"] == b""
    assert len(sources - theirs) == len(list(fonts.FOLDER.glob("*.woff2")))


def test_the_copy_of_the_stylesheet_says_of_all_else_what_streamlit_says() -> None:
    folder = Path(file_util.get_static_dir())
    found = fonts.STYLESHEET.search((folder / "index.html").read_text("utf-8"))
    assert found is not None
    theirs, ours = (folder / found[0]).read_text("utf-8"), fonts.stylesheet()[1]
    without = [re.sub(r"@font-face\s*\{[^}]*\}", "", text) for text in (theirs, ours)]
    assert without[0] == without[1]
    families = [set(re.findall(r"font-family:([^;}]+)", text)) for text in (theirs, ours)]
    assert families[0] == families[1]


def test_all_else_is_the_servers_below_a_base_path_too(monkeypatch) -> None:
    font = fonts.address("sans.woff2")
    for request in (("/fonts/nothing.woff2",), (f"/{font}", "POST"), (f"/{font}", "", "lifespan")):
        assert answer(*request)[-1]["body"] == b"the server's own answer"
    monkeypatch.setattr(st, "get_option", lambda _: "course")
    assert answer(f"/course/{font}")[-1]["body"][:4] == b"wOF2"
    assert answer(f"/{font}")[-1]["body"] == b"the server's own answer"
