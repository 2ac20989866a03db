"""The cut fonts in a browser: a first visit loads them alone, and they look like Streamlit's."""

from __future__ import annotations

import json
import re
from pathlib import Path

from streamlit import file_util

from app.server.fonts import FOLDER
from app.words import common as words

from .test_explore import at_rest, explore

CONTENT = json.loads((FOLDER / "fonts.json").read_text(encoding="utf-8"))
FAMILIES = {"Gatescope Sans": "Source Sans", "Gatescope Code": "Source Code Pro"}  # Streamlit's
SMALL = "ªº¹²³\u2070-\u209c"  # FreeType fits these to pixels by their neighbours in the font
FONTS = """() => performance.getEntriesByType("resource")
  .map((entry) => new URL(entry.name).pathname)
  .filter((path) => path.endsWith(".woff2"))"""
DIFFERENT = """async ({ pairs, whole, small }) => {
  const SMALL = new RegExp(`[${small}]`, "u");
  for (const [family, style, url] of whole) {
    const face = new FontFace(family, `url(${url})`, { style, weight: "100 900" });
    document.fonts.add(await face.load());
  }
  const pen = new OffscreenCanvas(900, 40).getContext("2d", { willReadFrequently: true });
  const drawn = (font, text) => {
    pen.font = font;
    pen.clearRect(0, 0, 900, 40);
    pen.fillText(text, 4, 28);
    const size = pen.measureText(text);
    const box = [size.width, size.fontBoundingBoxAscent, size.fontBoundingBoxDescent];
    const pixels = SMALL.test(text) ? [] : pen.getImageData(0, 0, 900, 40).data;
    return [...box, pixels].join();
  };
  const different = [];
  for (const [ours, theirs, texts] of pairs) {
    for (const text of texts) {
      await Promise.all([ours, theirs].map((font) => document.fonts.load(font, text)));
      if (drawn(ours, text) !== drawn(theirs, text)) different.push([ours, text]);
    }
  }
  return different;
}"""


def lines(ranges: str, length: int = 24) -> list[str]:
    """The characters of a unicode-range in short lines, small ones apart; none that combine."""
    bounds = (part.removeprefix("U+").split("-") for part in ranges.split(","))
    codes = [code for b in bounds for code in range(int(b[0], 16), int(b[-1], 16) + 1)]
    shown = [chr(code) for code in codes if not 0x300 <= code < 0x370]
    small = {c for c in shown if re.match(f"[{SMALL}]", c)}
    apart = ("".join(c for c in shown if (c in small) == is_small) for is_small in (False, True))
    return [part[k : k + length] for part in apart for k in range(0, len(part), length)]


def test_a_first_visit_loads_the_cut_fonts_alone_and_they_look_like_streamlits(page, app_url):
    explore(page, app_url, "?demo=reber")
    at_rest(page)
    loaded = page.evaluate(FONTS)
    assert loaded
    assert all("/fonts/" in path for path in loaded)
    spoken = ["AVATAR Tó “Wá” ffi fl Toda la línea.", words.NEW]
    pairs = [
        [f'{how} 17px "{FAMILIES[face["family"]]}"', f'{how} 17px "{face["from"]}"', texts]
        for face in CONTENT["text"]
        for texts in [[*spoken, *lines(face["cut"])]]
        for how in (f"{face['style']} 400", f"{face['style']} 650")
    ]
    icons = CONTENT["icons"]
    pairs.append([f'24px "{icons["family"]}"', f'24px "{icons["from"]}"', icons["names"]])
    whole = [
        [kind["from"], kind.get("style", "normal"), f"{app_url}/{path_of(kind['from'])}"]
        for kind in (*CONTENT["text"], icons)
    ]
    assert page.evaluate(DIFFERENT, {"pairs": pairs, "whole": whole, "small": SMALL}) == []


def path_of(font: str) -> str:
    """Where Streamlit has a font of its own."""
    static = Path(file_util.get_static_dir())
    return next(static.glob(f"static/media/{font}.*")).relative_to(static).as_posix()
