"""What is code in a JavaScript text, and what of it stands at the top level.

No parser: only as much as tells code from comments, strings, templates and regular expressions.
"""

from __future__ import annotations

import re

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


def code_only(source: str) -> str:
    """Return the text with comments and all that is quoted blanked; every character's place stays.

    A regular expression is told from a division by what stands before the slash.
    """
    parts, done = [], 0
    while found := QUOTED.search(source, done):
        end = _end(source, found)
        parts += [source[done : found.start()], _blank(source[found.start() : end])]
        done = end
    return "".join([*parts, source[done:]])


def top_level(code: str) -> str:
    """Return what `code_only` left with everything inside brackets of any kind blanked, too."""
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


def _end(source: str, found: re.Match[str]) -> int:
    """Where the quoted stretch ends that begins at `found`; a plain division is one character."""
    if found.lastgroup == "template":
        return _template_end(source, found.end())
    if found.lastgroup != "slash":
        return found.end()
    line = source[source.rfind("\n", 0, found.start()) + 1 : found.start()]
    regexp = BEFORE_REGEXP.search(line) and REGEXP.match(source, found.start())
    return regexp.end() if regexp else found.end()


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
        found = BRACKET_OR_QUOTED.search(source, at)
        if not found:
            return len(source)
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        at = found.end() if found.group() in "{}" else _end(source, found)
    return at


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
