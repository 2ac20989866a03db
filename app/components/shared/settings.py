"""Settings: values that are said once, in a table, and spelled as words in an address.

A table is a frozen dataclass. Each line is one setting: its name, its type, its default, the
range of its numbers, and whether a stage or a group of stages has it.

    @dataclass(frozen=True, kw_only=True)
    class Settings:
        speed: float = setting(4.0, low=0.5, high=60, stage=True)
        order: Literal["file", "similarity"] = setting("file", stage=True, group=True)

From the table follow how a value is spelled in an address and read from one (`spell_settings`,
`read_settings`), and what a browser begins with and reports (`stage_defaults`,
`group_defaults`).
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

LONGEST_NUMBER = 20  # letters
LARGEST_INDEX = 10**9


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One line of a table.

    `type` is bool, int, float, a Literal of words, or tuple[int, ...]. Numbers are from `low`
    to `high`, of a tuple each; a tuple has at most `most`.
    """

    name: str
    type: Any
    default: Any
    low: float
    high: float
    most: int
    stage: bool
    group: bool

    def read(self, text: str) -> Any:
        """Return the value that is spelled so; ValueError where it spells none."""
        if self.type is bool:
            return _one_of({"0": False, "1": True}, text)
        if self.type in (int, float):
            return self._number(self.type, text)
        if get_origin(self.type) is tuple:
            return self._numbers(text)
        return _one_of({word: word for word in get_args(self.type)}, text)

    def _number(self, kind: type, text: str) -> Any:
        if len(text) > LONGEST_NUMBER and kind is int:
            raise ValueError(text)
        number = kind(text)
        if not self.low <= number <= self.high:  # NaN is not, either
            raise ValueError(text)
        return number

    def _numbers(self, text: str) -> tuple[Any, ...]:
        parts = text.split(",", self.most)
        if len(parts) > self.most:
            raise ValueError(text)
        return tuple(self._number(get_args(self.type)[0], part) for part in parts)


def _one_of(choices: Mapping[str, Any], text: str) -> Any:
    if text not in choices:
        raise ValueError(text)
    return choices[text]


def setting(
    default: Any,
    *,
    low: float = -math.inf,
    high: float = LARGEST_INDEX,
    most: int = 0,
    stage: bool = False,
    group: bool = False,
) -> Any:
    """Return a field of a table of settings, see `Setting`.

    `stage` and `group` say whether a stage alone and a group of stages have the setting: whether
    they begin with it, follow it and report it.
    """
    line = {"low": low, "high": high, "most": most, "stage": stage, "group": group}
    return field(default=default, metadata={"setting": line})


@cache
def table(kind: type) -> dict[str, Setting]:
    """Return the lines of a table by name, in order; fields of another kind are left out."""
    types = get_type_hints(kind)
    return {
        f.name: Setting(name=f.name, type=types[f.name], default=f.default, **f.metadata["setting"])
        for f in fields(kind)
        if "setting" in f.metadata
    }


def spell_settings(settings: Any) -> dict[str, str]:
    """Return the settings as words by name; what has its default is left out."""
    kind: type = type(settings)
    values = [(line, getattr(settings, line.name)) for line in table(kind).values()]
    return {line.name: spell_value(value) for line, value in values if value != line.default}


def spell_value(value: Any) -> str:
    """Return a value as an address spells it: 1 for True, "3,-1" for (3, -1)."""
    if isinstance(value, list | tuple):
        return ",".join(map(spell_value, value))
    return str(int(value) if isinstance(value, bool) else value)


def read_settings(kind: type, words: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that these words spell, by name; nonsense is left out."""
    values = {}
    for name, line in table(kind).items():
        if name in words:
            with contextlib.suppress(ValueError):
                values[name] = line.read(words[name])
    return values


def stage_defaults(kind: type) -> dict[str, Any]:
    """Return what a stage alone begins with, and reports: its settings and their defaults."""
    return {name: line.default for name, line in table(kind).items() if line.stage}


def group_defaults(kind: type) -> dict[str, Any]:
    """Return what a group of stages begins with, and reports."""
    return {name: line.default for name, line in table(kind).items() if line.group}
