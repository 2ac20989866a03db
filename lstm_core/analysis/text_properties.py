"""What is true of each character of a program or a text: quotes, brackets, indentation, classes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .probes import Property

OPENING, CLOSING = "([{", ")]}"
QUOTES = "\"'"


def text_properties(symbols: Sequence[str]) -> tuple[Property, ...]:
    """Return what is true of each character of a text, (T,) each.

    Inside quotes is from the opening quotation mark to before the closing one, also of three; a
    comment goes from # to the end of its line. Brackets inside either do not count. Indentation
    is the number of spaces with which the line begins, as far as it was read.
    """
    quoted, comment, depth, indentation, position = _scanned(symbols)
    letters = np.array([symbol.isalpha() or symbol == "_" for symbol in symbols])
    return tuple(
        Property(name=name, values=np.asarray(values, np.float32))
        for name, values in {
            "inside quotes": quoted,
            "inside a comment": comment,
            "inside brackets": np.asarray(depth) > 0,
            "depth of brackets": depth,
            "indentation": indentation,
            "position in the line": position,
            "a letter": letters,
            "a digit": [symbol.isdigit() for symbol in symbols],
            "a space": [symbol == " " for symbol in symbols],
            "a line break": [symbol == "\n" for symbol in symbols],
        }.items()
    )


def _scanned(
    symbols: Sequence[str],
) -> tuple[list[bool], list[bool], list[int], list[int], list[int]]:
    """Quotes, comments, depth, indentation and position in the line of each character."""
    quoted, comment, depth, indentation, position = [], [], [], [], []
    text = "".join(symbol if len(symbol) == 1 else " " for symbol in symbols)
    mark, skip, in_comment, level, indent, column, at_start = "", 0, False, 0, 0, 0, True
    for t, symbol in enumerate(text):
        if skip:
            skip -= 1
        elif mark:
            if text.startswith(mark, t):
                skip, mark = len(mark) - 1, ""
            elif symbol == "\n" and len(mark) == 1:
                mark = ""
        elif in_comment:
            in_comment = symbol != "\n"
        elif symbol in QUOTES:
            mark = symbol * 3 if text.startswith(symbol * 3, t) else symbol
            skip = len(mark) - 1
        elif symbol == "#":
            in_comment = True
        elif symbol in OPENING:
            level += 1
        elif symbol in CLOSING:
            level = max(0, level - 1)
        if symbol == "\n":
            indent, column, at_start = 0, 0, True
        else:
            column += 1
            at_start = at_start and symbol == " "
            indent += at_start
        quoted.append(bool(mark))
        comment.append(in_comment)
        depth.append(level)
        indentation.append(indent)
        position.append(column)
    return quoted, comment, depth, indentation, position
