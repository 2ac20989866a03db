"""View: what the reader is looking at, as one value, and its spelling in the URL.

A link is the whole screen: `read(spell(view)) == view`. A URL is input: what is missing or
nonsense takes its default, and nothing that stands there can raise an error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from lstm_core.analysis.alignment import How

from ..components.shared.settings import read_settings, setting, spell_settings
from ..components.stage import StageSettings
from .beside import Beside, read_beside, spell_beside
from .corpus_names import is_spelled
from .what_if import Changes, read_changes, spell_changes

Direction = Literal["forward", "backward"]
SourceKind = Literal["sequence", "seed", "text", "upload"]
Details = Literal[
    "",
    "highlights",
    "arithmetic",
    "prediction",
    "why",
    "what_if",
    "pair",
    "units",
    "unit_page",
    "values",
    "reading",
    "exercises",
    "teach",
    "training",
]
Alike = Literal["size", "count"]
Cell = Literal["lstm", "rnn", "gru"]
HeldIn = Literal["both", "first"]
"""Which of two runs side by side have what is held in the first."""

Control = Literal["network", "cell", "sequence", "own", "new", "layer", "details", "pages", "link"]
"""What a lesson link can leave out: a list or a button, all of one's own sequences, the tabs below
the stage, the links to the other pages, or the buttons that make links."""

INLINE_LIMIT = 500
"""The longest text that a link carries; a longer one is kept in the reader's session."""

PART = "part"
"""The parameter that says which sequence of an upload is shown, counted from 1."""

HIDE = "hide"
"""The parameter that says which controls are left out, see `Control`."""

WHAT_IF = "whatif"
"""The parameter that says what is changed in the run, see `what_if`."""

BESIDE = "beside"
"""The parameter that says what stands beside the run on the stage, see `beside`."""

CORPUS = "corpus"
"""The parameter that says which sequences are surveyed and searched, see `corpus_names`."""

CHOICES = frozenset(
    {"demo", *get_args(SourceKind), PART, "cell", "lesson", "step", BESIDE, "how", "held", CORPUS}
    | {"stretch"}
)
"""The parameters that a reader chooses: each choice is an entry in the browser's history."""

PLACE = frozenset({"t", "unit", *get_args(SourceKind)})
"""The parameters that say which sequence, timestep or unit to see."""

LIKELIEST, OWN_UNITS = -1, -2  # in place of an output's number
LARGEST_SEED = 2**32 - 1
LARGEST_PART = 10**6
LARGEST_EXERCISE = 9999  # short enough to read aloud
LONGEST_WORD = 80
LONGEST_NETWORK = 400  # a trained one is named by its whole recipe


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the sequence comes from.

    `sequence`: one of the demo's own, by name ("" is its first). `seed`: a random one, by its
    seed in digits. `text`: what the reader typed, word for word. `upload`: what the reader's
    session keeps under the name of its file; a link cannot carry it. `place` counts the
    sequences of an upload from 0.
    """

    kind: SourceKind = "sequence"
    value: str = ""
    place: int = 0

    @property
    def in_link(self) -> bool:
        """Whether a link carries the sequence itself."""
        return self.kind != "upload"


@dataclass(frozen=True, kw_only=True)
class View(StageSettings):
    """Everything that decides what the screen shows; `output` counts from 0.

    `details` is the open tab below the stage; "" is the one with which the page opens.
    `cell` is that of the network of a demo which is shown: its own, or that of a twin.
    Of networks beside each other: `alike` says in what they are (hidden size, or how many numbers
    were trained), `third` whether a third one is there, `units` which unit of each is chosen.
    `output` is whose derivatives are drawn: that which the first network expects most at `t`
    (LIKELIEST), the chosen unit of each (OWN_UNITS), or one output by its number. `specialists`
    is whether what is meant for them is unfolded.
    Of two runs side by side: `beside` is what stands beside that on the stage, `how` how their
    timesteps do, `held` whether both have what is held, and `place` where in the alignment the
    reader is, where `t` leaves it open.
    Of many sequences: `stretch` is the first and the last timestep of what is searched for in
    `corpus`; () is where the unit is on around `t`.
    """

    demo: str = ""  # the folder's name, or the recipe of a trained one; "" is the first demo
    source: Source = field(default_factory=Source)
    layer: int = setting(0, low=0)
    direction: Direction = setting("forward")
    cell: Cell = setting("lstm")
    details: Details = setting("")
    exercise: int = setting(1, low=0, high=LARGEST_EXERCISE)  # the seed of the exercises
    alike: Alike = setting("count")
    third: bool = setting(False)
    output: int = setting(LIKELIEST, low=OWN_UNITS)
    specialists: bool = setting(False)
    beside: Beside = field(default_factory=Beside)
    how: How = setting("edits")
    held: HeldIn = setting("both")
    place: int = setting(0, low=0)
    changes: Changes = ()  # what is changed in the run, see `what_if`
    corpus: str = ""  # what is surveyed, see `corpus_names`; "" is nothing
    stretch: tuple[int, ...] = setting((), low=0, most=2)
    hidden: tuple[Control, ...] = ()  # what a lesson link leaves out, in this order
    lesson: str = ""  # the file's name; "" is the first lesson
    step: int = setting(0, low=0)

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
    named = {"demo": view.demo, "lesson": view.lesson, WHAT_IF: spell_changes(view.changes)}
    named[HIDE] = ".".join(view.hidden)
    named[CORPUS] = view.corpus
    spelled = {name: value for name, value in named.items() if value}
    if beside := spell_beside(view.beside):
        spelled[BESIDE] = beside
    if view.source != Source():
        spelled[view.source.kind] = view.source.value
    if view.source.place:
        spelled[PART] = str(view.source.place + 1)
    return spelled | spell_settings(view)


def read(parameters: Mapping[str, str]) -> View:
    """Return the view that these URL parameters spell; nonsense takes its default."""
    demo, lesson = parameters.get("demo", ""), parameters.get("lesson", "")
    corpus = parameters.get(CORPUS, "")
    return View(
        demo=demo if _is_word(demo, LONGEST_NETWORK) else "",
        lesson=lesson if _is_word(lesson) else "",
        beside=read_beside(parameters.get(BESIDE, "")),
        changes=read_changes(parameters.get(WHAT_IF, "")),
        corpus=corpus if is_spelled(corpus) else "",
        hidden=_hidden(parameters.get(HIDE, "")),
        source=_source(parameters),
        **read_settings(View, parameters),
    )


def names_place(parameters: Mapping[str, str]) -> bool:
    """Return whether these URL parameters say which sequence, timestep or unit to see."""
    return not PLACE.isdisjoint(parameters)


def _hidden(text: str) -> tuple[Control, ...]:
    """The controls that are named, each once and in order; what is none is left out."""
    named = text[:LONGEST_NETWORK].split(".")
    return tuple(control for control in get_args(Control) if control in named)


def _source(parameters: Mapping[str, str]) -> Source:
    """The first kind of source that is spelled and makes sense."""
    for kind in get_args(SourceKind):
        value = parameters.get(kind, "")
        if value and _SENSIBLE[kind](value):
            place = _place(parameters.get(PART, "")) if kind == "upload" else 0
            return Source(kind=kind, value=value, place=place)
    return Source()


def _place(text: str) -> int:
    """The place of a sequence that an address counts from 1; nonsense is the first."""
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_PART))
    return min(max(int(text), 1), LARGEST_PART) - 1 if plain else 0


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
