"""Stylesheets joined into one: each `@import "./other.css";` is replaced by the file it names."""

from __future__ import annotations

import re
from pathlib import Path

IMPORT = re.compile(r'^@import "([^"\n]+)";\n?', re.MULTILINE)


def join_stylesheets(entry: Path) -> str:
    """Return the entry with all that it imports, each file once and in the order of the imports."""
    return "\n".join(_in_order(entry.resolve(), {}).values())


def _in_order(path: Path, known: dict[Path, str]) -> dict[Path, str]:
    """The texts of `known` and of what `path` imports, and then its own."""
    source = path.read_text(encoding="utf-8")
    for name in IMPORT.findall(source):
        imported = (path.parent / name).resolve()
        if imported not in known:
            known = _in_order(imported, known)
    return {**known, path: IMPORT.sub("", source)}
