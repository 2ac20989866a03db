"""The plain part of YAML: mappings, lists and scalars by indentation, as settings are written.

    model: cudalstm               text, numbers, true, false, null, quoted text
    dynamic_inputs:               mappings and lists, nested by indentation
    - prcp(mm/day)
    sizes: [20, 5]                lists of scalars and empty mappings in one line

Anchors, aliases, tags, text over several lines and other mappings in one line are not read: the
error names the line. Nothing is ever made of a file but dicts, lists, texts, numbers and None.
"""

from __future__ import annotations

import re
from typing import Any

from ..record import record
from .errors import ModelFileError, shown

MAX_LINES = 100_000
MAX_DEPTH = 32
_KEY = re.compile(
    r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#&*!|>%@`"'\[\]{},-][^#]*?|-\S[^#]*?)\s*:(?:\s+|$)"""
)
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*)?(?:\.\d*)?(?:[eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_SPECIAL = (".inf", "-.inf", ".nan")


@record
class Line:
    """A line that says something: its number from 1, its indentation and its text."""

    number: int
    indent: int
    text: str


def parsed(text: str) -> Any:
    """Return what a document says; None for an empty one.

    Raises ModelFileError that names the line for what is not in the plain part of YAML.
    """
    lines = list(_lines(text))
    if len(lines) > MAX_LINES:
        raise ModelFileError(f"The settings have more than {MAX_LINES:,} lines.")
    if not lines:
        return None
    value, rest = _block(lines, 0, 0)
    if rest < len(lines):
        raise _unread(lines[rest])
    return value


def _lines(text: str) -> list[Line]:
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        body = line.strip()
        if body and not body.startswith("#") and body not in ("---", "..."):
            lines.append(Line(number=number, indent=len(line) - len(line.lstrip(" ")), text=body))
    return lines


def _unread(line: Line) -> ModelFileError:
    return ModelFileError(f"Line {line.number} of the settings is not read: {shown(line.text)}.")


def _block(lines: list[Line], at: int, depth: int) -> tuple[Any, int]:
    """The mapping or list that begins at a line, and the line behind it."""
    if depth > MAX_DEPTH:
        raise _unread(lines[at])
    if lines[at].text == "-" or lines[at].text.startswith("- "):
        return _list(lines, at, depth)
    return _mapping(lines, at, depth)


def _mapping(lines: list[Line], at: int, depth: int) -> tuple[dict[str, Any], int]:
    indent, made = lines[at].indent, dict[str, Any]()
    while at < len(lines) and lines[at].indent == indent:
        match = _KEY.match(lines[at].text)
        if match is None:
            raise _unread(lines[at])
        key, value = str(_scalar(match[1], lines[at])), lines[at].text[match.end() :]
        at += 1
        if _without_comment(value):
            made[key] = _scalar(_without_comment(value), lines[at - 1])
        elif at < len(lines) and _belongs(lines[at], indent):
            made[key], at = _block(lines, at, depth + 1)
        else:
            made[key] = None
    return made, at


def _belongs(line: Line, indent: int) -> bool:
    """Whether a line is the value of a key above it: deeper, or a list that stands as deep."""
    is_item = line.text == "-" or line.text.startswith("- ")
    return line.indent > indent or (line.indent == indent and is_item)


def _list(lines: list[Line], at: int, depth: int) -> tuple[list[Any], int]:
    indent, made = lines[at].indent, list[Any]()
    while at < len(lines) and lines[at].indent == indent and lines[at].text.startswith("-"):
        line, item = lines[at], lines[at].text[1:].strip()
        if item and _KEY.match(item):
            inner = indent + len(line.text) - len(item)
            lines[at] = Line(number=line.number, indent=inner, text=item)
            value, at = _block(lines, at, depth + 1)
        elif item:
            value, at = _scalar(_without_comment(item), line), at + 1
        elif at + 1 < len(lines) and lines[at + 1].indent > indent:
            value, at = _block(lines, at + 1, depth + 1)
        else:
            value, at = None, at + 1
        made.append(value)
    return made, at


def _without_comment(value: str) -> str:
    return value.strip() if value[:1] in "\"'" else re.split(r"(?:^|\s)#", value)[0].strip()


def _scalar(text: str, line: Line) -> Any:
    """A text, a number, true, false or nothing; a list of those in one line."""
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if text[0] in "\"'":
        return _quoted(text, line)
    if text[0] == "[" and text[-1] == "]" and not set(text[1:-1]) & set("[]{}"):
        items = (item.strip() for item in text[1:-1].split(",") if item.strip())
        return [_scalar(item, line) for item in items]
    if text == "{}":
        return {}
    if text[0] in "&*!|>%@`[{":
        raise _unread(line)
    return _number(text)


def _number(text: str) -> float | int | str:
    """A number, or the text itself where it is none."""
    if text.lower() in _SPECIAL:
        return float(text.lower().replace(".", ""))
    if _NUMBER.fullmatch(text) and re.search(r"\d", text):
        plain = text.replace("_", "")
        return float(plain) if re.search(r"[.eE]", plain) else int(plain)
    return text


def _quoted(text: str, line: Line) -> str:
    quote = text[0]
    if len(text) < 2 or text[-1] != quote or "\\" in text:
        raise _unread(line)
    return text[1:-1].replace("''", "'") if quote == "'" else text[1:-1]
