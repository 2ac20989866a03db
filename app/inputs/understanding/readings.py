"""From drafts to what is run: gaps, scaling, length and truth, for every layout alike."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from lstm_core.model.encoders import Encoder
from lstm_core.record import Array, record
from lstm_core.sequence import Sequence

from ..arrays import shown
from ..files import UploadError, counted
from .drafts import Draft
from .gaps import filled, without_sentinels
from .multiples import UNSURE
from .notes import Notes, Undecided
from .numerals import spelled
from .padding import unpadded
from .plausibility import fitted, scaled_encoder, typed_scaling
from .variables import SHARE, Variable, Variables, decimal_options
from .wishes import Wish

NONE = "Nothing"
STRETCH = re.compile(r"\s*([\d,.]+)\s*(?:to|-|–|:|\.\.)\s*([\d,.]+)\s*")


@record
class Truth:
    """What predictions are held against: a column, its values for each sequence, its scaling."""

    column: str | None = None
    values: tuple[Array, ...] = ()
    scaling: tuple[float, float] = (0.0, 1.0)


@record
class Reading:
    """What is run: sequences, the columns that feed the inputs, the encoder, the truth."""

    sequences: tuple[Sequence, ...] = ()
    inputs: dict[str, str]
    encoder: Encoder | None = None
    truth: Truth


def ask_marks(given: Variables, taken: tuple[Variable, ...], notes: Notes) -> None:
    """Ask what a decimal mark is where the numbers that are read hang on it."""
    if given.example and any(column.unsure for column in taken):
        options = decimal_options(given.example)
        likely = next(text for text, mark in options.items() if mark == given.mark)
        if "decimal" in notes.answers:
            likely = notes.answers["decimal"]
        where = ", ".join(shown(column.name) for column in taken if column.unsure)
        notes.choose(
            "decimal",
            f"{given.example!r} in {where} can be read in two ways. Which number is it?",
            options,
            likely if likely in options else None,
        )


def ask_decorations(taken: tuple[Variable, ...], notes: Notes) -> None:
    """Say which signs stood beside the numbers; ask whether 12 % is 12 or 0.12, and what K is."""
    for column in taken:
        if "True and False" in column.decorations:
            notes.remark(f"True and False in {shown(column.name)!r} are read as 1 and 0.")
        signs = [sign for sign in column.decorations if sign not in {"%", "True and False"}]
        if signs:
            notes.remark(
                f"{', '.join(signs)} beside the numbers of {shown(column.name)!r}: left out."
            )
        _ask_multiples(column, notes)
    percent = next((column for column in taken if "%" in column.decorations), None)
    if percent is not None:
        notes.choose(
            "percent",
            f"The numbers of {shown(percent.name)!r} are percentages. What is 12 %?",
            {"12": 1.0, SHARE: 0.01},
            "12",
        )


def _ask_multiples(column: Variable, notes: Notes) -> None:
    """Say which letters multiply the numbers; ask where a letter may be a unit of them all."""
    multiples = column.numbers.multiples if column.numbers else None
    if multiples is None or column.numbers is None:
        return
    letter = multiples.letters[0]
    row = next(k for k, text in enumerate(column.texts.to_pylist()) if letter in text)
    text, name = shown(column.texts[row].as_py()), shown(column.name)
    if multiples.unsure:
        options = dict.fromkeys(UNSURE[letter], True)
        question = f"The numbers of {name!r} end in {letter}, such as {text!r}. What is {letter}?"
        notes.require(letter, question, options)
    if not multiples.unsure or letter not in column.decorations:
        value = spelled(float(column.values[row]))
        verb = "multiplies" if len(multiples.letters) == 1 else "multiply"
        notes.remark(
            f"{', '.join(multiples.letters)} {verb} the numbers of {name!r}: {text!r} is read as "
            f"{value}."
        )


def reading_of(
    drafts: list[Draft],
    wish: Wish,
    columns: tuple[str, ...],
    notes: Notes,
    limit: int,
    table: Variables | None = None,
) -> Reading:
    """Return the sequences of numbers; raises Undecided while the reader must choose.

    `columns` name the D numbers of a timestep; `limit` is how many timesteps can be run.
    """
    drafts = filled(without_sentinels(unpadded(drafts, notes), notes), notes)
    drafts = within_limit(drafts, limit, notes)
    together = np.concatenate([draft.values for draft in drafts])
    scaled = scaled_encoder(wish, columns, together, notes)
    expect_finite(drafts, scaled.offset, scaled.scale, notes)
    sequences = tuple(
        Sequence(
            numbers=draft.values,
            name=draft.name or notes.name,
            columns=columns,
            label=draft.label,
            times=draft.times,
        )
        for draft in drafts
    )
    names = wish.names or columns
    return Reading(
        sequences=sequences,
        inputs=dict(zip(names, columns, strict=True)),
        encoder=scaled,
        truth=truth_of(table, drafts, columns, notes) if table else Truth(),
    )


def expect_finite(drafts: list[Draft], offset: Array, scale: Array, notes: Notes) -> None:
    """Raise UploadError that names a number which the network's float32 cannot hold."""
    for draft in drafts:
        with np.errstate(over="ignore"):
            scaled = ((draft.values - offset) / scale).astype(np.float32)
        strange = np.argwhere(~np.isfinite(scaled))
        if len(strange):
            t, k = (int(n) for n in strange[0])
            line, column = draft.place(t, k)
            raise UploadError(
                f"{shown(notes.name)}, line {line:,}, column {shown(column)!r}, is "
                f"{draft.values[t, k]:g}: too large for this network."
            )


def within_limit(drafts: list[Draft], limit: int, notes: Notes) -> list[Draft]:
    """Return the sequences, or the stretch of them that the reader chose where one is too long."""
    stretch = chosen_stretch([len(draft.values) for draft in drafts], limit, notes)
    if stretch is None:
        return drafts
    a, b = stretch
    cut = [draft.kept(np.arange(len(draft.values))[a:b]) for draft in drafts]
    return [draft for draft in cut if len(draft.values)]


def symbols_within_limit(
    sequences: tuple[Sequence, ...], limit: int, notes: Notes
) -> tuple[Sequence, ...]:
    """Return sequences of symbols as `within_limit` returns those of numbers."""
    stretch = chosen_stretch([len(sequence) for sequence in sequences], limit, notes)
    if stretch is None:
        return sequences
    cut = slice(*stretch)
    return tuple(
        replace(
            sequence,
            places=sequence.places[cut],
            times=None if sequence.times is None else sequence.times[cut],
        )
        for sequence in sequences
        if sequence.places is not None and len(sequence.places[cut])
    )


def chosen_stretch(lengths: list[int], limit: int, notes: Notes) -> tuple[int, int] | None:
    """Return the timesteps that the reader chose where a sequence is too long, else None.

    Raises Undecided while the reader must choose.
    """
    longest = max(lengths)
    if longest <= limit and "rows" not in notes.answers:
        return None
    first, last = f"The first {limit:,}", f"The last {limit:,}"
    stretch = notes.choose(
        "rows",
        f"{counted(longest, 'timestep')}: at most {limit:,} can be run at once. Which are read?",
        {first: (0, limit), last: (longest - limit, longest)},
        typed=lambda answer: _typed_stretch(answer, longest, limit),
        example="1001 to 2000",
        ask=longest > limit,
    )
    if stretch is None:
        if longest <= limit:
            return None
        raise Undecided
    a, b = max(stretch[0], 0), stretch[1]
    notes.remark(f"Timesteps {a + 1:,} to {b:,} are read, of {longest:,}.")
    return a, b


def _typed_stretch(answer: str, longest: int, limit: int) -> tuple[int, int]:
    match = STRETCH.fullmatch(answer)
    a, b = (int(re.sub("[.,]", "", part) or 0) for part in match.groups()) if match else (0, 0)
    if not 1 <= a <= b <= longest or b - a + 1 > limit:
        raise UploadError(
            f"The timesteps {shown(answer)!r} are not understood: write '1 to "
            f"{min(longest, limit)}', at most {limit:,} of {longest:,}."
        )
    return a - 1, b


def truth_of(
    table: Variables, drafts: list[Draft], columns: tuple[str, ...], notes: Notes
) -> Truth:
    """Return the column that predictions are held against, if the reader names one."""
    options: dict[str, Variable | None] = {NONE: None}
    options |= {column.name: column for column in table.of("number", "index") if column.numbers}
    chosen = notes.choose(
        "truth", "What are the predictions to be held against?", options, NONE, ask=False
    )
    if chosen is None:
        return Truth()
    values = tuple(np.where(chosen.missing, np.nan, chosen.values)[draft.rows] for draft in drafts)
    known = np.concatenate(values)
    known = known[np.isfinite(known)]
    mean, deviation = fitted(known[:, np.newaxis]) if len(known) else (np.zeros(1), np.ones(1))
    scaling = notes.choose(
        "truth scaling",
        f"With which scaling does the network predict {shown(chosen.name)!r}?",
        {"As it is": (0.0, 1.0), "Fitted on this file": (float(mean[0]), float(deviation[0]))},
        "As it is",
        ask=False,
        typed=_one_scaling,
        example="mean 12.5, deviation 3",
    )
    return Truth(column=chosen.name, values=values, scaling=scaling or (0.0, 1.0))


def _one_scaling(answer: str) -> tuple[float, float]:
    mean, deviation = typed_scaling(answer, 1)
    return float(mean[0]), float(deviation[0])
