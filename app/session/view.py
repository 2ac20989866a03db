"""View: what the reader is looking at, as one value, and its spelling in the URL.

A link is the whole screen: `read(spell(view)) == view`. A URL is input: what is missing or
nonsense takes its default, and nothing that stands there can raise an error.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

Order = Literal["file", "time_scale", "similarity"]
Scale = Literal["asinh", "linear", "per_unit"]
Direction = Literal["forward", "backward"]
SourceKind = Literal["sequence", "seed", "text", "upload"]
Details = Literal["arithmetic", "prediction", "values", "reading", "training"]
Alike = Literal["size", "count"]

INLINE_LIMIT = 500
"""The longest text that a link carries; a longer one is kept in the reader's session."""

MEAN_OF_UNITS = -1
LIKELIEST, OWN_UNITS = -1, -2  # in place of an output's number
MOST_UNITS = 8  # of as many stages that play in step
SLOWEST, FASTEST = 0.5, 60.0  # timesteps per second
LARGEST_SEED = 2**32 - 1
LARGEST_INDEX = 10**9
LONGEST_WORD = 80
LONGEST_NETWORK = 400  # a trained one is named by its whole recipe


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the sequence comes from.

    `sequence`: one of the demo's own, by name ("" is its first). `seed`: a random one, by its
    seed in digits. `text`: what the reader typed, word for word. `upload`: what is held in the
    reader's session under the name of its file; a link cannot carry it.
    """

    kind: SourceKind = "sequence"
    value: str = ""

    @property
    def in_link(self) -> bool:
        """Whether a link carries the sequence itself."""
        return self.kind != "upload"


@dataclass(frozen=True, kw_only=True)
class View:
    """Everything that decides what the screen shows. `t`, `unit` and `output` count from 0.

    Of networks beside each other: `alike` says in what they are (hidden size, or how many numbers
    were trained), `third` whether a third one is there, `units` which unit of each is chosen.
    `output` is whose derivatives are drawn: that which the first network expects most at `t`
    (LIKELIEST), the chosen unit of each (OWN_UNITS), or one output by its number.
    """

    demo: str = ""  # the folder's name, or the recipe of a trained one; "" is the first demo
    source: Source = field(default_factory=Source)
    t: int = 0
    unit: int = 0  # MEAN_OF_UNITS is the mean over all units
    order: Order = "file"
    speed: float = 4.0  # timesteps per second, SLOWEST..FASTEST
    veil: bool = True
    slow: bool = False
    scale: Scale = "asinh"
    layer: int = 0
    direction: Direction = "forward"
    details: Details = "arithmetic"
    alike: Alike = "count"
    third: bool = False
    units: tuple[int, ...] = ()
    output: int = LIKELIEST

    def replace(self, **changes: Any) -> View:
        """Return a copy with some fields replaced."""
        return replace(self, **changes)

    def within(self, *, timesteps: int, units: int) -> View:
        """Return the view with `t` and `unit` inside a run of this size.

        A timestep past the end is the last; a unit that isn't there takes the default.
        """
        t = min(self.t, max(timesteps - 1, 0))
        unit = self.unit if self.unit < units else View.unit
        return self if (t, unit) == (self.t, self.unit) else replace(self, t=t, unit=unit)


def spell(view: View) -> dict[str, str]:
    """Return the view as URL parameters; what has its default value is left out."""
    plain = View()
    spelled = {"demo": view.demo} if view.demo else {}
    if view.source != plain.source:
        spelled[view.source.kind] = view.source.value
    for name, (_, write) in _FIELDS.items():
        value = getattr(view, name)
        if value != getattr(plain, name):
            spelled[name] = write(value)
    return spelled


def read(parameters: Mapping[str, str]) -> View:
    """Return the view that these URL parameters spell; nonsense takes its default."""
    found: dict[str, Any] = {"source": _source(parameters)}
    if _is_word(parameters.get("demo", ""), LONGEST_NETWORK):
        found["demo"] = parameters["demo"]
    for name, (parse, _) in _FIELDS.items():
        if name in parameters:
            with contextlib.suppress(ValueError):
                found[name] = parse(parameters[name])
    return View(**found)


def _source(parameters: Mapping[str, str]) -> Source:
    """The first kind of source that is spelled and makes sense."""
    for kind in get_args(SourceKind):
        value = parameters.get(kind, "")
        if value and _SENSIBLE[kind](value):
            return Source(kind=kind, value=value)
    return Source()


def _is_word(text: str, longest: int = LONGEST_WORD) -> bool:
    return 0 < len(text) <= longest and text.isprintable()


def _is_seed(text: str) -> bool:
    """Digits without leading zeros, as `str` writes them, not above LARGEST_SEED."""
    plain = text.isascii() and text.isdigit() and len(text) <= 10
    return plain and str(int(text)) == text and int(text) <= LARGEST_SEED


def _is_text(text: str) -> bool:
    """Short enough for a link, and letters that a URL can carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return bool(text.strip()) and len(text) <= INLINE_LIMIT and "\0" not in text


_SENSIBLE: dict[str, Callable[[str], bool]] = {
    "sequence": _is_word,
    "seed": _is_seed,
    "text": _is_text,
    "upload": _is_word,
}


def _index(low: int) -> Callable[[str], int]:
    """A parser of whole numbers from `low` on."""

    def parse(text: str) -> int:
        if len(text) > 20 or not low <= int(text) <= LARGEST_INDEX:
            raise ValueError(text)
        return int(text)

    return parse


def _choice(words: Any) -> Callable[[str], Any]:
    """A parser of one of these words."""

    def parse(text: str) -> Any:
        if text not in get_args(words):
            raise ValueError(text)
        return text

    return parse


def _units(text: str) -> tuple[int, ...]:
    """Units as "3,-1,12"."""
    units = tuple(_index(MEAN_OF_UNITS)(part) for part in text.split(",", MOST_UNITS))
    if len(units) > MOST_UNITS:
        raise ValueError(text)
    return units


def _write_units(units: tuple[int, ...]) -> str:
    return ",".join(map(str, units))


def _speed(text: str) -> float:
    number = float(text)
    if not SLOWEST <= number <= FASTEST:  # NaN is not, either
        raise ValueError(text)
    return number


def _switch(text: str) -> bool:
    if text not in ("0", "1"):
        raise ValueError(text)
    return text == "1"


def _write_switch(on: bool) -> str:
    return str(int(on))


_FIELDS: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "t": (_index(0), str),
    "unit": (_index(MEAN_OF_UNITS), str),
    "order": (_choice(Order), str),
    "speed": (_speed, repr),
    "veil": (_switch, _write_switch),
    "slow": (_switch, _write_switch),
    "scale": (_choice(Scale), str),
    "layer": (_index(0), str),
    "direction": (_choice(Direction), str),
    "details": (_choice(Details), str),
    "alike": (_choice(Alike), str),
    "third": (_switch, _write_switch),
    "units": (_units, _write_units),
    "output": (_index(OWN_UNITS), str),
}
"""Each simple field of the view: how its spelling is read, and how it is written."""
