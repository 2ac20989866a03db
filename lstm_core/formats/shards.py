"""Models that are saved in numbered parts: `model-00001-of-00002.safetensors` and its like.

A part names some of the model's tensors and says nothing of the others, so that half a model
looks whole. Parts are read together: those that were given together, lie in one archive or in
the folder of the file. Numbers have leading zeros: `fold-1-of-5.pt` is a model of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from .errors import ModelFileError, shown
from .source import Source

PART = re.compile(
    r"(?P<stem>.*?)(?P<number>\d{4,6})(?P<of>[-_]of[-_])(?P<count>\d{4,6})(?P<suffix>\.\w+)",
    re.DOTALL,
)
MAX_PARTS = 1000


class Together(Source):
    """All parts of a model as one file, as far as its size matters."""

    def __init__(self, parts: list[Source]):
        """Take the parts; their contents stay with them."""
        super().__init__(b"", parts[0].name)
        self.size = sum(part.size for part in parts)


def parts_of(source: Source) -> list[Source]:
    """Return the parts of the model that a file is a part of, in order; a whole file alone.

    Raises ModelFileError where a part is missing.
    """
    names = _names(source.name)
    if len(names) < 2:
        return [source]
    parts = [source if name == source.name else _sibling(source, name) for name in names]
    missing = [k + 1 for k, part in enumerate(parts) if part is None]
    if missing:
        number = names.index(source.name) + 1
        raise ModelFileError(
            f"{shown(source.name)} is part {number} of {len(names)} of a model, and part "
            f"{missing[0]} is not beside it: open all parts together."
        )
    return [part for part in parts if part is not None]


def merged(parts: Iterable[tuple[Source, Mapping[Any, Any]]]) -> dict[Any, Any]:
    """Return what all parts name. Raises ModelFileError where two of them name the same."""
    whole: dict[Any, Any] = {}
    for part, names in parts:
        twice = next((name for name in names if name in whole), None)
        if twice is not None:
            raise ModelFileError(
                f"{shown(part.name)} holds {shown(twice)}, as a file before it does: they are no "
                "parts of one model but models of their own; give them names without a count."
            )
        whole |= names
    return whole


def is_later_part(name: str, files: Collection[str]) -> bool:
    """Whether an earlier part of the same model is among some files."""
    folder, slash, last = name.rpartition("/")
    earlier = _names(last)
    earlier = earlier[: earlier.index(last)] if last in earlier else []
    return any(f"{folder}{slash}{one}" in files for one in earlier)


def _names(name: str) -> list[str]:
    """The names of all parts of a model by that of one; empty where it is none."""
    match = PART.fullmatch(name)
    if match is None:
        return []
    number, count = int(match["number"]), int(match["count"])
    alike = len(match["number"]) == len(match["count"])
    if not alike or not 1 <= number <= count <= MAX_PARTS:
        return []
    width, end = len(match["number"]), f"{match['of']}{match['count']}{match['suffix']}"
    return [f"{match['stem']}{k + 1:0{width}}{end}" for k in range(count)]


def _sibling(source: Source, name: str) -> Source | None:
    if name in source.beside:
        return Source(source.beside[name], name)
    path = source.folder / name if source.folder else None
    return Source(path) if path is not None and path.is_file() else None
