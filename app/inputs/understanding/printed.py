"""Lists as NumPy, PyTorch, Python and R print them, written as JSON; nothing is executed."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from ..arrays import shown
from ..files import UploadError

MAX_PRINTED = 2**24  # characters; what is larger is no print
MAX_DEPTH = 20  # brackets in brackets
BEGINS = re.compile(
    r"\s*(?:[\[{]|\(\s*[\[({'\"]|\([^()\n]*, [^()\n]*\)[,\s]*\("
    r"|(?:[A-Za-z_]+\.)*[A-Za-z_]\w{2,15}\()"
)
SCALAR = re.compile(r"\b(?:np|numpy)\.\w+\(([^()\[\]]*)\)|\bTimestamp\(('[^']*')[^()]*\)")
ARRAY = re.compile(
    r"\b(?:[A-Za-z_]+\.)*[A-Za-z_]{3,15}\(\s*(?:data\s*=\s*)?(\[[^()]*?\])"
    r"\s*(?:,\s*[a-z_]+\s*=(?:[^()]|\([^()]*\))*)?,?\s*\)"
)
VECTOR_OF_R = re.compile(r"\[(\d+)\] +([^\[\],]+)")
COLUMNS_OF_R = re.compile(r"(?:\[,\d+\] *)+")
ROW_OF_R = re.compile(r"\[(\d+),\] +([^\[\],]+)")
TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<open>[\[({])|(?P<close>[\])}])|(?P<comma>,)|(?P<colon>:)"""
    r"""|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?P<word>[^\s,:\[\](){}'"]+)|(?P<other>.)"""
)
NUMBER = re.compile(r"([-+]?)(\d*)(?:\.(\d*))?([eE][-+]?\d+)?")
WORDS = {
    **dict.fromkeys(("None", "null", "nan", "NaN", "-nan", "NA", "<NA>", "NaT", "--"), "null"),
    "True": "true",
    "true": "true",
    "False": "false",
    "false": "false",
    "inf": "Infinity",
    "+inf": "Infinity",
    "Infinity": "Infinity",
    "-inf": "-Infinity",
    "-Infinity": "-Infinity",
}
CLOSED = {"[": "]", "(": ")", "{": "}"}


def as_json(name: str, text: str) -> str | None:
    """Return what stands in the brackets of a printed list, as JSON; None for any other text.

    A dtype or a device behind an array is left out, and several lists become a list of them.
    Raises UploadError where the print leaves numbers out.
    """
    if len(text) > MAX_PRINTED or not BEGINS.match(text):
        return None
    text = _without_places(text)
    bare = ARRAY.sub(r"\1", SCALAR.sub(lambda match: match[1] or match[2] or "", text))
    if not bare.lstrip().startswith(("[", "{", "(")) or (bare == text and _is_plain_line(bare)):
        return None
    try:
        return "".join(_Translation(name, bare).parts())
    except _NotPrinted:
        return None


def _without_places(text: str) -> str:
    """A vector or a matrix as R prints it, as lists: "[1] 5 6", "[1,] 5 6"; others as they are."""
    lines = [line.strip() for line in text.strip().split("\n")]
    if COLUMNS_OF_R.fullmatch(lines[0]) and len(lines) > 1:
        rows = [ROW_OF_R.fullmatch(line) for line in lines[1:]]
        return f"[{' '.join(f'[{row[2]}]' for row in rows if row)}]" if all(rows) else text
    parts = [VECTOR_OF_R.fullmatch(line) for line in lines]
    place = 1
    for part in parts:
        if part is None or int(part[1]) != place:
            return text
        place += len(part[2].split())
    return f"[{' '.join(part[2] for part in parts if part)}\n]"


def _is_plain_line(text: str) -> bool:
    """Whether a text is one line of numbers in brackets, which is read as any such line is."""
    line = text.strip()
    special = "\n" in line or "..." in line or "--" in line or "'" in line or '"' in line
    return not special and sum(line.count(sign) for sign in "[({") < 2 and "{" not in line


class _NotPrinted(Exception):  # noqa: N818 - not an error: the text is of another kind
    """The text holds something that no printed list has."""


class _Translation:
    """The tokens of a printed text as those of JSON, with commas between all values."""

    def __init__(self, name: str, text: str):
        self.name = name
        self.text = text
        self.open: list[str] = []
        self.before = ""  # the kind of the last token: "", open, comma, colon or value

    def parts(self) -> Iterator[str]:
        """Yield JSON; raises _NotPrinted at what is none."""
        several = 0
        whole: list[str] = []
        for match in TOKEN.finditer(self.text):
            kind = str(match.lastgroup)
            if kind == "space":
                continue
            if not self.open and kind != "open" and not (kind == "comma" and several):
                raise _NotPrinted
            several += kind == "open" and not self.open
            whole += self._token(kind, match)
        if self.open or not several:
            raise _NotPrinted
        yield from ("[", *whole, "]") if several > 1 else whole

    def _token(self, kind: str, match: re.Match[str]) -> list[str]:
        if kind == "open":
            return self._opened(match[0])
        if kind == "close":
            return self._closed(match[0])
        if kind == "comma":
            return self._comma()
        if kind == "colon":
            if self.before != "value" or self.open[-1:] != ["{"]:
                raise _NotPrinted
            self.before = "colon"
            return [":"]
        return self._value(kind, match)

    def _comma(self) -> list[str]:
        """Nothing, as values bring their commas; an empty cell before it is a gap."""
        missing = bool(self.open) and self.open[-1] != "{" and self.before != "value"
        between = self._between() if missing else []
        self.before = "comma"
        return [*between, "null"] if missing else []

    def _opened(self, sign: str) -> list[str]:
        between = self._between()
        self.open.append(sign)
        self.before = "open"
        if len(self.open) > MAX_DEPTH:
            raise _NotPrinted
        return [*between, "{" if sign == "{" else "["]

    def _closed(self, sign: str) -> list[str]:
        if CLOSED[self.open.pop()] != sign:
            raise _NotPrinted
        self.before = "value"
        return ["}" if sign == "}" else "]"]

    def _value(self, kind: str, match: re.Match[str]) -> list[str]:
        if match[0] == "...":
            raise self._left_out(match.start())
        written = _text(match[0]) if kind == "text" else _word(match[0])
        is_key = self.open[-1] == "{" and self.before in {"open", "comma"}
        between = self._between()
        self.before = "value"
        return [*between, json.dumps(written) if is_key and kind == "word" else written]

    def _between(self) -> list[str]:
        """A comma where a value stands before."""
        if self.before == "comma" or (self.before == "value" and self.open[-1:] != ["{"]):
            return [","]
        if self.before == "value":
            raise _NotPrinted
        return []

    def _left_out(self, at: int) -> UploadError:
        line = self.text.count("\n", 0, at) + 1
        return UploadError(
            f"{shown(self.name)}, line {line:,}, has '...' where numbers were left out in "
            "printing: print the array after numpy.set_printoptions(threshold=10**9), or save it "
            "with numpy.save."
        )


def _text(token: str) -> str:
    try:
        return json.dumps(ast.literal_eval(token))
    except (ValueError, SyntaxError):
        raise _NotPrinted from None


def _word(token: str) -> str:
    """A number or a word such as nan as JSON has it."""
    if token in WORDS:
        return WORDS[token]
    match = NUMBER.fullmatch(token)
    if match is None or not (match[2] or match[3]):
        raise _NotPrinted
    sign, whole, part, power = match.groups()
    fraction = "" if part is None else f".{part or '0'}"
    return f"{sign.replace('+', '')}{whole.lstrip('0') or '0'}{fraction}{power or ''}"
