"""The numbers that texts spell: decimal marks, thousands, percent, currencies, units.

    1234.5   1,234.5   1.234,5   1 234,5   1'234.5   -1234.5   (12)   12-   12 %   $ 12   1.5e3

A mark that may be either (1.234; 1,234) is `Evidence`: the whole file decides, else the reader.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lstm_core.record import Array, record

from .multiples import Multiples, multiples_of, without_letters

Mark = Literal[".", ","]

MISSING = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "nil", "?", "-", "--", "---", "–", "—", "..", "...")
) | frozenset(
    (".", "*", "#n/a", "#na", "#null!", "missing", "<na>", "nat", "-nan", "n.a.", "n.a", "k.a.")
)
MISSING |= {"#n/v", "#nv", "(null)", "\\n", "1.#qnan", "-1.#ind", "1.#ind", "nd", "n.d.", ":", "_"}
"""What stands in a cell where a value is missing, in lower case."""

EXPONENT = r"(?:[eEdD][-+]?\d{1,4})?"
SPACED = r"\d{1,3}(?: \d{3})+|\d{1,3}(?:['’´`]\d{3})+"  # thousands that can be nothing else
GROUPED = {
    ".": rf"\d{{1,3}}(?:,\d{{3}})+|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}|{SPACED}",
    ",": rf"\d{{1,3}}(?:\.\d{{3}})+|{SPACED}",
}
LEAST = {".": r"\d*", ",": r"\d+"}  # digits behind the mark: "5." is a number, "5," is a cell
SPELLED = {
    mark: rf"[-+]?(?:(?:\d+|{GROUPED[mark]})(?:\{mark}{LEAST[mark]})?|\{mark}\d+){EXPONENT}"
    for mark in (".", ",")
}
"""A number whose decimal mark is the key."""

CURRENCIES = r"[$€£¥₹₽₩₪]|USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|Fr\.|kr"
UNIT = r"[A-Za-zµμΩ°º][A-Za-z0-9µμΩ°º²³/·^-]*"

UNSURE = {
    ".": r"[-+]?[1-9]\d{0,2}\.\d{3}",
    ",": r"[-+]?[1-9]\d{0,2},\d{3}",
}
"""Either a decimal mark or one that separates thousands."""

THOUSANDS = {
    ",": rf"[-+]?(?:\d{{1,3}}(?:\.\d{{3}}){{2,}}(?:,\d*)?|\d{{1,3}}(?:\.\d{{3}})+,\d*){EXPONENT}",
    ".": (
        rf"[-+]?(?:\d{{1,3}}(?:,\d{{3}}){{2,}}(?:\.\d*)?|\d{{1,3}}(?:,\d{{3}})+\.\d*"
        rf"|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?:\.\d*)?){EXPONENT}"
    ),
}
"""Thousands that prove the decimal mark to be the key."""

SAMPLE = 1000
SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
MARKED = re.compile(r"[0-9][.,]|[.,][0-9]")
SHORT = re.compile(r"[-+]?[0-9]{1,3}")
BARE = re.compile(rf"^\(|\)$|[ \u00a0\u202f]?(?:{CURRENCIES}|[%‰])[ \u00a0\u202f]?|-$")
EITHER = f"{UNSURE['.']}|{UNSURE[',']}"
_UNSURE = {mark: re.compile(pattern) for mark, pattern in UNSURE.items()}
_SPELLED = {mark: re.compile(pattern) for mark, pattern in SPELLED.items()}
_THOUSANDS = {mark: re.compile(pattern) for mark, pattern in THOUSANDS.items()}
TYPED = re.compile(
    rf"[-+−–(]?\s*(?:{CURRENCIES})?\s*[-+−–]?(?:{SPELLED['.'][5:]}|{SPELLED[','][5:]})"
    rf"\s*(?:%|‰|{CURRENCIES})?-?\)?"
)


NUMBERISH = re.compile(
    r"[-+]?(?:inf(?:inity)?|0x[0-9a-f]+|[0-9][0-9_.,']*(?:e[-+]?[0-9]+)?)|true|false", re.IGNORECASE
)
WITH_UNIT = re.compile(rf"(?:{SPELLED['.']}|{SPELLED[',']}) ?({UNIT})")
TRUTH = {"true": "1", "false": "0"}


@record
class Numbers:
    """The numbers of a column's texts, (n,) float64: NaN where missing or not a number.

    `missing` (n,) marks the cells that say that a value is missing, `faults` those that spell
    no number. `decorations` are what stood around the digits, such as "%" or "€", `multiples`
    the letters that multiply some of them.
    """

    values: Array
    missing: Array
    faults: Array
    decorations: tuple[str, ...] = ()
    multiples: Multiples | None = None


@record
class Signs:
    """What the reader says of signs beside numbers: 12 % is 0.12, and K a unit, for instance."""

    shares: bool = False
    units: frozenset[str] = frozenset()


@record
class Evidence:
    """How many cells prove a decimal mark to be a point, or a comma, and how many may be either.

    `whole` counts numbers without any mark, of those that may be either.
    """

    point: int = 0
    comma: int = 0
    unsure_point: int = 0
    unsure_comma: int = 0
    whole: int = 0
    example: str = ""

    @property
    def decided(self) -> Mark | None:
        """The mark that the cells prove; None where they prove nothing, or both."""
        if bool(self.point) == bool(self.comma):
            return None
        return "." if self.point else ","


def is_number(text: str) -> bool:
    """Whether a text spells a number in one convention or another."""
    return TYPED.fullmatch(text) is not None


def is_numberish(text: str) -> bool:
    """Whether a text is a number, or would be one in some program: inf, 0x1F, 1_000, True."""
    return is_number(text) or NUMBERISH.fullmatch(text) is not None


def is_missing(text: str) -> bool:
    """Whether a cell says that its value is missing."""
    return text.strip().lower() in MISSING


def cells(texts: list[str]) -> Any:
    """Return texts as an Arrow array of strings, without the white space around them."""
    return trimmed(pa.array([clean(text) for text in texts], pa.string()))


def clean(text: str) -> str:
    """Return a text that can be written as UTF-8: lone surrogates become a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def trimmed(texts: Any) -> Any:
    """Return an Arrow array of strings without nulls and without the white space around them."""
    return pc.fill_null(pc.utf8_trim_whitespace(texts), "")


def missing_mask(texts: Any) -> Array:
    """Return which cells say that their value is missing, (n,) bool."""
    short = pc.less_equal(pc.utf8_length(texts), 9)
    if not pc.any(short).as_py():
        return np.zeros(len(texts), bool)
    known = pc.is_in(pc.utf8_lower(texts), value_set=pa.array(sorted(MISSING)))
    return np.asarray(known.to_numpy(zero_copy_only=False), bool)


def numbers(texts: Any, mark: Mark = ".", signs: Signs = Signs()) -> Numbers:  # noqa: B008
    """Return the numbers that trimmed texts spell where `mark` is the decimal mark.

    Plain numbers take the short way; all others are first brought into that form. A column
    whose first cells hold no number at all is not searched for one.
    """
    none = np.zeros(len(texts), bool)
    values = _plain(texts, mark)
    if values is not None and not np.isnan(values).any():
        return Numbers(values=values, missing=none, faults=np.isinf(values))
    missing = missing_mask(texts)
    present = pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), texts)
    values = _plain(present, mark)
    if values is not None:
        return Numbers(values=values, missing=missing, faults=np.isinf(values))
    first = [text for text in present.slice(0, SAMPLE).to_pylist() if text is not None]
    if all(text.lower() in TRUTH for text in first):
        truth = _truth_values(present)
        if truth is not None:
            return Numbers(
                values=_cast(truth), missing=missing, faults=none, decorations=("True and False",)
            )
    if first and not any(is_number(text) or is_measure(text) for text in first):
        return Numbers(values=np.full(len(texts), np.nan), missing=missing, faults=~missing)
    return _decorated(present, missing, mark, signs)


def _decorated(present: Any, missing: Array, mark: Mark, signs: Signs) -> Numbers:
    """The numbers of texts with signs around them; null where one is missing."""
    body, decorations = bare(present)
    multiples = multiples_of(body, bool(set(decorations) - {"%", "‰"}), signs.units)
    body, unit = _without_unit(multiples.texts)
    fits = pc.fill_null(pc.match_substring_regex(body, f"^(?:{SPELLED[mark]})$"), False)
    values = _cast(_canonical(pc.if_else(fits, body, pa.scalar(None, pa.string())), mark))
    faults = ~missing & ~np.asarray(fits.to_numpy(zero_copy_only=False), bool) | np.isinf(values)
    if signs.shares and "%" in decorations:
        shares = pc.fill_null(pc.match_substring(present, "%"), False)
        values = np.where(shares.to_numpy(zero_copy_only=False), values / 100, values)
    return Numbers(
        values=values,
        missing=missing,
        faults=faults,
        decorations=(*decorations, *unit),
        multiples=multiples if multiples.letters else None,
    )


def is_measure(text: str) -> bool:
    """Whether a text is a number with a unit, or with letters that multiply it, behind it."""
    return has_unit(text) or (not is_number(text) and is_number(without_letters(text)))


def has_unit(text: str) -> bool:
    """Whether a text is a number with a unit behind it."""
    return WITH_UNIT.fullmatch(text) is not None


def _truth_values(texts: Any) -> Any | None:
    """Texts of ones and zeros for a column of True and False; None for another."""
    lower = pc.utf8_lower(texts)
    if not {text for text in pc.unique(lower).to_pylist() if text is not None} <= TRUTH.keys():
        return None
    return pc.if_else(pc.equal(lower, "true"), "1", pc.if_else(pc.is_valid(lower), "0", None))


def _plain(texts: Any, mark: Mark) -> Array | None:
    """The numbers of texts without thousands and decorations; None where there are others."""
    if mark == ",":
        if pc.any(pc.match_substring(texts, ".")).as_py():
            return None
        texts = pc.replace_substring(texts, ",", ".")
    try:
        _cast(texts.slice(0, SAMPLE))  # where these are no numbers the others need no look
        return _cast(texts)
    except pa.ArrowInvalid:
        return None


def _cast(texts: Any) -> Array:
    values = pc.cast(texts, pa.float64())
    return np.array(values.to_numpy(zero_copy_only=False), np.float64)


def _canonical(body: Any, mark: Mark) -> Any:
    """Number texts as a computer writes them: no thousands, a decimal point, e for exponents."""
    body = pc.replace_substring_regex(body, r"[ ']", "")
    body = pc.replace_substring(body, "," if mark == "." else ".", "")
    if mark == ",":
        body = pc.replace_substring(body, ",", ".")
    return pc.replace_substring_regex(body, "[dD]", "e")


def bare(texts: Any) -> tuple[Any, tuple[str, ...]]:
    """Return texts without signs of accounts, currencies and percent, and what stood there."""
    body = pc.replace_substring_regex(texts, "[\u00a0\u2007\u2009\u202f]", " ")
    body = pc.replace_substring_regex(body, "[−–]", "-")
    body = pc.replace_substring_regex(body, "[’´`]", "'")
    body = pc.replace_substring_regex(body, r"^\((.*\d.*)\)$", r"-\1")
    body = pc.replace_substring_regex(body, r"^([^-+].*\d)-$", r"-\1")
    decorations: list[str] = []
    for pattern in (rf"^([-+]?) ?({CURRENCIES}) ?", rf" ?({CURRENCIES})$"):
        sign = r"\1" if pattern.startswith("^") else ""
        body = _without(body, pattern, sign, CURRENCIES, decorations)
    body = _without(body, r" ?([%‰])$", "", "[%‰]", decorations)
    return body, tuple(dict.fromkeys(decorations))


def _without(body: Any, pattern: str, kept: str, symbol: str, decorations: list[str]) -> Any:
    stripped = pc.replace_substring_regex(body, pattern, kept)
    changed = pc.fill_null(pc.not_equal(stripped, body), False)
    seen = pc.unique(pc.filter(body, changed)).to_pylist()[:50]
    decorations += [m[0] for text in seen if (m := re.search(symbol, text))]
    return stripped


def _without_unit(body: Any) -> tuple[Any, tuple[str, ...]]:
    """Texts without a unit, where every number carries the same one, and that unit."""
    first = next((t for t in body.slice(0, 50).to_pylist() if t), "")
    match = None if is_number(first) else WITH_UNIT.fullmatch(first)
    if match is None:
        return body, ()
    unit = match[1]
    carried = pc.fill_null(pc.ends_with(body, unit), True)
    if not pc.all(carried).as_py():
        return body, ()
    return pc.replace_substring_regex(body, f" ?{re.escape(unit)}$", ""), (unit,)


def evidence(texts: Any) -> Evidence:
    """Return what a column's cells prove about the decimal mark.

    Only where some cells prove nothing are all of them asked.
    """
    sample = texts.slice(0, SAMPLE).to_pylist()
    marked_evidence = _evidence([text for text in sample if MARKED.search(text)], sample)
    if marked_evidence.decided is not None or len(texts) <= SAMPLE:
        return marked_evidence
    marked = pc.filter(texts, pc.match_substring_regex(texts, r"[0-9][.,]|[.,][0-9]"))
    proofs = pc.filter(marked, pc.invert(pc.match_substring_regex(marked, f"^(?:{EITHER})$")))
    if len(proofs):
        return _evidence(proofs.slice(0, SAMPLE).to_pylist(), sample)
    return _evidence(marked.slice(0, SAMPLE).to_pylist(), sample)


def _evidence(marked: list[str], sample: list[str]) -> Evidence:
    plain = (SPACES.sub(" ", text.replace("\u2212", "-")) for text in marked)
    bodies = [_digits(BARE.sub("", without_letters(text))) for text in plain]
    kinds = [_kind_of_mark(body) for body in bodies]
    either = [body for body, kind in zip(bodies, kinds, strict=True) if kind.startswith("unsure")]
    return Evidence(
        point=kinds.count("point"),
        comma=kinds.count("comma"),
        unsure_point=kinds.count("unsure point"),
        unsure_comma=kinds.count("unsure comma"),
        whole=sum(bool(SHORT.fullmatch(text)) for text in sample) if either else 0,
        example=next(iter(either), ""),
    )


def _digits(body: str) -> str:
    """A number without the unit behind it."""
    unit = None if is_number(body) else WITH_UNIT.fullmatch(body)
    return body if unit is None else body[: unit.start(1)].rstrip()


def _kind_of_mark(body: str) -> str:
    """What a number says about decimal marks: "point", "comma", "unsure point", … or ""."""
    for mark, name in ((".", "point"), (",", "comma")):
        if _UNSURE[mark].fullmatch(body):
            return f"unsure {name}"
        with_mark = mark in body and _SPELLED[mark].fullmatch(body)
        if with_mark or _THOUSANDS[mark].fullmatch(body):
            return name
    return ""


def spelled(value: float) -> str:
    """Return a number as a sentence has it: the shortest digits that are this number."""
    return f"{value:.10g}" if abs(value) < 1e15 else f"{value:.4g}"
