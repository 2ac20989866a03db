"""What is code in a JavaScript text, and what of it stands at the top level.

No parser: only as much as tells code from comments, strings, templates and regular expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

QUOTED = re.compile(
    r"""
      (?P<comment> //[^\n]* | /\*.*?\*/ )
    | (?P<string> "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' )
    | (?P<template> ` )
    | (?P<slash> / )
    """,
    re.VERBOSE | re.DOTALL,
)
BRACKET = re.compile(r"[(){}\[\]]")
BRACKET_OR_QUOTED = re.compile(r"[{}] | " + QUOTED.pattern, QUOTED.flags)
REGEXP = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*")
BEFORE_REGEXP = re.compile(r"(?:^|[(,=:\[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of))\s*$")
TEMPLATE_PART = re.compile(r"\\.|`|\$\{", re.DOTALL)


def stretches(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield what is no code, in order: "comment" or "quoted", where it begins and where it ends.

    A regular expression is quoted, too; it is told from a division by what stands before it.
    """
    done = 0
    while opening := QUOTED.search(source, done):
        done = _end(source, opening)
        if opening.lastgroup != "slash" or done > opening.end():
            kind = "comment" if opening.lastgroup == "comment" else "quoted"
            yield kind, opening.start(), done


def scan(source: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the code with all else blanked, every character in its place, and the comments.

    Of each comment it says where it begins and ends, with the space or the lines that only it
    needs.
    """
    parts, comments, done = [], [], 0
    for kind, start, end in stretches(source):
        parts += [source[done:start], _blank(source[start:end])]
        done = end
        if kind == "comment":
            comments.append(_with_space(source, start, end))
    return "".join([*parts, source[done:]]), comments


def _with_space(source: str, start: int, end: int) -> tuple[int, int]:
    """The stretch: with its lines where it is alone on them, with the space before at their end."""
    first = source.rfind("\n", 0, start) + 1
    last = source.find("\n", end) + 1 or len(source)
    before = source[first:start].rstrip()
    if source[end:last].strip():
        return start, end
    return (first + len(before), end) if before else (first, last)


def top_level(code: str) -> str:
    """Return what `scan` left with everything inside brackets of any kind blanked, too."""
    parts, done, depth = [], 0, 0
    for bracket in BRACKET.finditer(code):
        opens = bracket.group() in "([{"
        depth -= not opens
        if depth == 0 and opens:
            parts.append(code[done : bracket.end()])
            done = bracket.end()
        elif depth == 0:
            parts.append(_blank(code[done : bracket.start()]))
            done = bracket.start()
        depth += opens
    return "".join([*parts, code[done:]])


def _end(source: str, opening: re.Match[str]) -> int:
    """Where the quoted stretch ends that begins at `found`; a plain division is one character."""
    if opening.lastgroup == "template":
        return _template_end(source, opening.end())
    if opening.lastgroup != "slash":
        return opening.end()
    line = source[source.rfind("\n", 0, opening.start()) + 1 : opening.start()]
    regexp = BEFORE_REGEXP.search(line) and REGEXP.match(source, opening.start())
    return regexp.end() if regexp else opening.end()


def _template_end(source: str, at: int) -> int:
    """Where a template literal ends whose text begins at `at`."""
    while part := TEMPLATE_PART.search(source, at):
        if part.group() == "`":
            return part.end()
        at = _substitution_end(source, part.end()) if part.group() == "${" else part.end()
    return len(source)


def _substitution_end(source: str, at: int) -> int:
    """Where the code ends that a template literal holds from `at` on: behind its bracket."""
    depth = 1
    while depth:
        mark = BRACKET_OR_QUOTED.search(source, at)
        if not mark:
            return len(source)
        depth += {"{": 1, "}": -1}.get(mark.group(), 0)
        at = mark.end() if mark.group() in "{}" else _end(source, mark)
    return at


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
