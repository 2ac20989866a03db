"""The embedded Reber grammar: what may follow, when the end must match the beginning.

    inner   B → T S* X … | P T* V … → E          a small automaton, drawn at even odds
    string  B, T or P, inner, the same T or P, E

Guessing the inner grammar takes a memory of one or two symbols. The last but one symbol repeats
the second: it must be remembered across the whole inner string, which is as long as it likes.

Source: Reber 1967; Smith & Zipser 1989 (embedded); Hochreiter & Schmidhuber 1997, experiment 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import ClassVar

import numpy as np

from ..model import Model, ReadoutActivation
from ..model.encoders import OneHotEncoder
from ..record import Array, record
from ..sequence import Sequence
from ..training import Batch, Loss
from .common import Cue, Settings, string_of
from .events import Event, first_illegal, in_order, to_remember
from .sets import asked, set_batch, sets_right

ALPHABET = ("B", "E", "P", "S", "T", "V", "X")

THRESHOLD = 0.25
"""A symbol that may follow has a probability above this, another one below."""

INNER: dict[int, dict[str, int]] = {
    0: {"B": 1},
    1: {"T": 2, "P": 3},
    2: {"S": 2, "X": 4},
    3: {"T": 3, "V": 5},
    4: {"X": 3, "S": 6},
    5: {"P": 4, "V": 6},
    6: {"E": 7},
}
"""The inner automaton: state to the symbols that may follow, each with the next state."""

INNER_END = 7


def embedded_reber(rng: np.random.Generator) -> str:
    """Return one string of the embedded Reber grammar, every choice at even odds.

    At least 9 symbols; 12 on average, and no longest.
    """
    outer = "TP"[rng.integers(2)]
    state, inner = 0, ""
    while state != INNER_END:
        choices = INNER[state]
        symbol = tuple(choices)[rng.integers(len(choices))]
        inner += symbol
        state = choices[symbol]
    return f"B{outer}{inner}{outer}E"


def distinct_strings(
    rng: np.random.Generator, count: int, unlike: Collection[str] = ()
) -> tuple[str, ...]:
    """Return `count` strings, no two alike and none of them in `unlike`."""
    strings: dict[str, None] = {}
    while len(strings) < count:
        string = embedded_reber(rng)
        if string not in unlike:
            strings[string] = None
    return tuple(strings)


def legal_next(string: str, *, endless: bool = False) -> list[frozenset[str]]:
    """Return for each position the symbols that may follow it, for a string or its beginning.

    After the closing E nothing follows: the set is empty, as it is from the first symbol on
    that the grammar does not allow. In an `endless` stream the next string follows instead.
    """
    legal = []
    allowed: frozenset[str] = frozenset("B")
    state: tuple[str, str | int] | None = ("", "start")
    for symbol in string:
        state = _after(state, symbol) if symbol in allowed else None
        if endless and state is not None and state[1] == "end":
            state = ("", "start")
        allowed = _allowed(state)
        legal.append(allowed)
    return legal


def _after(state: tuple[str, str | int] | None, symbol: str) -> tuple[str, str | int] | None:
    """The state after a legal symbol: the outer symbol to remember, and the place."""
    if state is None:
        return None
    outer, place = state
    if isinstance(place, int):
        after = INNER[place][symbol]
        return outer, "repeat" if after == INNER_END else after
    if place == "choose":
        return symbol, 0
    return outer, {"start": "choose", "repeat": "close", "close": "end"}[place]


def _allowed(state: tuple[str, str | int] | None) -> frozenset[str]:
    if state is None:
        return frozenset()
    outer, place = state
    if isinstance(place, int):
        return frozenset(INNER[place])
    following = {"start": "B", "choose": "TP", "repeat": outer, "close": "E"}
    return frozenset(following.get(place, ""))


def repetitions(string: str, legal: list[frozenset[str]]) -> list[Event]:
    """Return the events of a legal string at which its outer symbol comes again.

    Only there does T or P alone follow an E.
    """
    return [
        Event(timestep=t, label=f"{string[t]} again")
        for t in range(1, len(string))
        if string[t - 1] == "E" and legal[t - 1] == {string[t]} and string[t] in "TP"
    ]


def one_hot(strings: tuple[str, ...], dtype: type = np.float32) -> tuple[Array, Array, Array]:
    """Return strings as inputs (N, T, 7), the symbols' places (N, T) and lengths (N,)."""
    lengths = np.array([len(string) for string in strings])
    places = np.zeros((len(strings), int(lengths.max())), np.int64)
    for row, string in zip(places, strings, strict=True):
        row[: len(string)] = [ALPHABET.index(symbol) for symbol in string]
    inputs: Array = np.eye(len(ALPHABET), dtype=dtype)[places]
    return inputs, places, lengths


def next_symbol_batch(strings: tuple[str, ...]) -> Batch:
    """Return strings as a batch that asks at every position for the symbol that did follow."""
    inputs, places, lengths = one_hot(strings)
    return Batch(inputs=inputs[:, :-1], targets=places[:, 1:], lengths=lengths - 1)


def batches(rng: np.random.Generator, strings: tuple[str, ...], size: int) -> Iterator[Batch]:
    """Yield batches of `size` strings drawn from `strings`, without end."""
    while True:
        chosen = rng.integers(len(strings), size=size)
        yield next_symbol_batch(tuple(strings[k] for k in chosen))


def margins(predictions: Array, string: str) -> tuple[float, float]:
    """Return the lowest p of a symbol that may follow and the highest of one that may not.

    `predictions` (T, 7) are the probabilities at each position of a legal string; the last,
    after the closing E, is not asked. A threshold between the two separates them everywhere.
    """
    legal = legal_next(string)[:-1]
    allowed = np.array([[symbol in symbols for symbol in ALPHABET] for symbols in legal])
    asked = predictions[: len(legal)]
    return float(asked[allowed].min()), float(asked[~allowed].max())


@record
class EmbeddedReber:
    """The task: at every position, which symbols may follow."""

    name: ClassVar[str] = "embedded_reber"
    title: ClassVar[str] = "Embedded Reber grammar"
    question: ClassVar[str] = (
        "Which symbols may come next, and does the ending match the beginning?"
    )
    criterion: ClassVar[str] = (
        f"At every position but the last, each symbol that may follow has a probability above "
        f"{THRESHOLD}, and every other one below."
    )
    published: ClassVar[str] = (
        "Hochreiter & Schmidhuber 1997, experiment 1: all test strings right after 8,440 training "
        "sequences (276 weights); 148 of 150 trials succeed."
    )
    encoder: ClassVar[OneHotEncoder] = OneHotEncoder(alphabet=ALPHABET)
    labels: ClassVar[tuple[str, ...]] = ALPHABET
    readout: ClassVar[ReadoutActivation] = "softmax"
    loss: ClassVar[Loss] = "cross_entropy"
    lag: ClassVar[int] = 12  # from the outer symbol to its repetition, on average 9
    settings: ClassVar[Settings] = Settings(
        units=12, updates=4000, batch=32, learning_rate=0.02, forget_bias=2.0
    )
    legal_threshold: ClassVar[float | None] = THRESHOLD
    tolerance: ClassVar[float | None] = None

    def batch(self, rng: np.random.Generator, size: int) -> Batch:
        """Return `size` fresh strings; every symbol but the first is asked for."""
        return next_symbol_batch(tuple(embedded_reber(rng) for _ in range(size)))

    def right(self, model: Model, rng: np.random.Generator, count: int) -> Array:
        """Return whether `model` gets each of `count` fresh strings right, (count,) bool."""
        strings = [embedded_reber(rng)[:-1] for _ in range(count)]
        rows = [asked(ALPHABET, ALPHABET, one, legal_next(one)) for one in strings]
        return sets_right(model, set_batch(ALPHABET, rows), THRESHOLD)

    def random_sequence(self, rng: np.random.Generator) -> Sequence:
        """Return a new string of the grammar."""
        return self.encoder.sequence(embedded_reber(rng))

    def targets(self, sequence: Sequence) -> tuple[frozenset[str], ...]:
        """Return for each position the symbols that may follow."""
        return tuple(legal_next(string_of(sequence)))

    def cue(self, sequence: Sequence) -> Cue | None:
        """Return the outer symbol, T or P: the second of the string."""
        outer = string_of(sequence)[1:2]
        return Cue(timestep=1, value=outer) if outer and outer in "TP" else None

    def events(self, sequence: Sequence) -> tuple[Event, ...]:
        """Return the timesteps that matter: the outer symbol, its repetition, what is illegal."""
        string = string_of(sequence)
        legal, cue = legal_next(string), self.cue(sequence)
        return in_order(
            [
                to_remember(cue.timestep, str(cue.value)) if cue else None,
                *repetitions(string, legal),
                first_illegal(string, legal, frozenset("B")),
            ]
        )
