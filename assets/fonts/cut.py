"""Cut the fonts that Streamlit ships to what our pages show: `python -m assets.fonts.cut`.

Needs fonttools and brotli, which nothing else here needs. Writes beside itself a WOFF2 file for
each font and `fonts.json`, which says what is in them; see README.md for names and licences.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import streamlit
from fontTools import subset
from fontTools.ttLib import TTFont
from streamlit import file_util

HERE = Path(__file__).parent
APP = HERE.parents[1] / "app"
STATIC = Path(file_util.get_static_dir(), "static")
TEXT_FONTS = {  # Streamlit's file, without its fingerprint: our family, its style, our file
    "SourceSansVF-Upright": ("Gatescope Sans", "normal", "sans.woff2"),
    "SourceSansVF-Italic": ("Gatescope Sans", "italic", "sans-italic.woff2"),
    "SourceCodeVF-Upright": ("Gatescope Code", "normal", "code.woff2"),
    "SourceCodeVF-Italic": ("Gatescope Code", "italic", "code-italic.woff2"),
}
SHOWN = (
    *((0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DA, 0x2DC)),
    *((0x300, 0x304), (0x307, 0x308), (0x37E, 0x3CE), (0x3D1, 0x3F6), (0x2007, 0x2016)),
    *((0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)),
    *((0x2070, 0x209C), (0x20AC, 0x20AC), (0x2113, 0x2113)),
    *((0x2122, 0x2122), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0x2713, 0x2717)),
    (0xFB00, 0xFB04),
)
"""English and Spanish, Greek, what stands above and below, arrows, mathematical signs, shapes."""
FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]  # what a browser applies unasked
SMALL = ["ordn", "sinf", "subs", "sups"]
"""By these FreeType knows which letters are small, and fits them to pixels as such."""
ICONS, ICON_FAMILY = "MaterialSymbols-Rounded", "Material Symbols Rounded"
ICON = re.compile(r":material/(\w+):")


def main() -> None:
    """Write the fonts and `fonts.json`, and print what they weigh."""
    text = [_cut_text(source, *names) for source, names in TEXT_FONTS.items()]
    content = {"text": text, "icons": _cut_icons(sorted(_wanted_icons()))}
    (HERE / "fonts.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    for file in sorted(HERE.glob("*.woff2")):
        print(f"{file.name}: {file.stat().st_size:,} bytes")


def _cut_text(source: str, family: str, style: str, file: str) -> dict[str, Any]:
    font = _opened(source)
    all_of_it = set(font.getBestCmap())
    shown = {code for first, last in SHOWN for code in range(first, last + 1)}
    kept = shown & all_of_it
    first = _subset(_opened(source), subset.Options(layout_features=FEATURES), unicodes=kept)
    options = subset.Options(layout_features=[*FEATURES, *SMALL], layout_closure=False)
    font = _subset(font, options, unicodes=kept, glyphs=first.getGlyphOrder())
    _rename(font, family, style)
    _write(font, file)
    return {
        "family": family,
        "style": style,
        "file": file,
        "from": source,
        "cut": unicode_range(kept),
        "rest": unicode_range(_bridged(all_of_it - kept, shown)),
    }


def _rename(font: TTFont, family: str, style: str) -> None:
    """Give a font our name: a modified one must not have the reserved name of its original."""
    font["fvar"].instances = []  # they have its name, too
    shape = "Italic" if style == "italic" else "Regular"
    postscript = f"{family.replace(' ', '')}-{shape}"
    ours = {1: family, 2: shape, 3: postscript, 4: f"{family} {shape}", 6: postscript}
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (16, 17, 25):
            names.removeNames(nameID=record.nameID)
        elif record.nameID in ours:
            record.string = ours[record.nameID]


def _cut_icons(wanted: list[str]) -> dict[str, Any]:
    """Keep the letters and, of the ligatures that are icons, those that are wanted."""
    font = _opened(ICONS)
    glyphs = _icon_glyphs(font)
    known = [name for name in wanted if name in glyphs]
    letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
    options = subset.Options(layout_features=["*"], layout_closure=False)
    font = _subset(font, options, text=letters, glyphs=[glyphs[name] for name in known])
    _write(font, "icons.woff2")
    unknown = [name for name in wanted if name not in glyphs]
    codes = unicode_range(map(ord, letters))
    return {
        "family": ICON_FAMILY,
        "file": "icons.woff2",
        "from": ICONS,
        "cut": codes,
        "names": known,
        "no_icons": unknown,
    }


def _icon_glyphs(font: TTFont) -> dict[str, str]:
    """The glyph of each icon, by the letters that it stands for."""
    letters = {glyph: chr(code).lower() for code, glyph in font.getBestCmap().items()}
    tables = (table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable)
    found = {}
    for table in (getattr(table, "ExtSubTable", table) for table in tables):
        for first, ligatures in getattr(table, "ligatures", {}).items():
            for ligature in ligatures:
                parts = [first, *ligature.Component]
                found["".join(letters[part] for part in parts)] = ligature.LigGlyph
    return found


def _wanted_icons() -> set[str]:
    """The icons that Streamlit's front end, its Python and our pages name."""
    bundle = " ".join(path.read_text(encoding="utf-8") for path in STATIC.glob("js/*.js"))
    python = [*Path(streamlit.__file__).parent.rglob("*.py"), *APP.rglob("*.py")]
    texts = (text for path in python for text in _texts(path))
    return {*ICON.findall(bundle), *(m[1] for m in map(ICON.fullmatch, texts) if m)}


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _subset(font: TTFont, options: subset.Options, **kept: Any) -> TTFont:
    cutter = subset.Subsetter(options)
    cutter.populate(**kept)
    cutter.subset(font)
    return font


def _opened(source: str) -> TTFont:
    (file,) = STATIC.glob(f"media/{source}*.woff2")
    return TTFont(file)


def _write(font: TTFont, file: str) -> None:
    font.flavor = "woff2"
    font["head"].modified = font["head"].created  # the same bytes whenever it is cut
    font.recalcTimestamp = False
    font.save(HERE / file)


def _bridged(codes: set[int], shown: set[int]) -> set[int]:
    """Codes with the gaps of the alphabets filled, which spells them in a third of the length.

    A character that no font of theirs has then loads one for nothing; of alphabets these are rare.
    """
    between = set(range(min(codes), min(max(codes), 0x2000)))
    return codes | (between - shown)


def unicode_range(codes: Iterable[int]) -> str:
    """Return code points as CSS spells them, such as "U+20-7E,U+A0"."""
    ordered = sorted(codes)
    breaks = [0, *(k for k, (a, b) in enumerate(pairwise(ordered), 1) if b != a + 1), len(ordered)]
    runs = [(ordered[first], ordered[last - 1]) for first, last in pairwise(breaks)]
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


if __name__ == "__main__":
    main()
