"""The sentences of the three screens of Memory: the question, the answer, and why.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from math import floor, isfinite, log10

from ..formatting import percent, short
from .common import count, quoted

# 1. The question
MUST_KEEP = "Here {kept} has to be kept from timestep {read} on"
UNTIL = ", until it is asked for at timestep {asked}: {lag}"
SUM_FROM = ", and from timestep {second}, where the second number is read, their sum {sum}"
MARKED = "The triangles mark these moments."

# 2. The answer
ANSWER = "The answer"
LEADS = {"lost": "Yes.", "fading": "In part.", "kept": "No, not here."}
WORSE, AS_GOOD = "Its answers are worse.", "Its answers do not show it."
NO_CUE = (
    "This task has no single thing to keep that a probe could ask for, so what is compared is how "
    "good the answers are on sequences that no network was trained on."
)
COLUMNS = ("Network", "This sequence", "Fresh sequences", "What its state still tells")
NOT_ASKED = "nothing here counts as right or wrong"
TELLS_NOTE = (
    "A linear probe on each network's state, fitted on half of {sequences:,} fresh sequences and "
    "scored on the other half. What it cannot read may still be there in another form."
)
MEASURED = {
    "right_up_to_n": "counts right up to n = {value:.0f}",
    "bits_per_character": "{value:.3f} bits per character (fewer are better)",
    "network_error": "error {value:.1f} (smaller is better)",
}

# 3. Why
WHY = "Why?"
LEFT_AXIS, LAG_AXIS = "left", "k, timesteps back from timestep {t}"
LEFT_HOVER = "%{y:.2e}"
LEFT_NOTE = (
    "The memory is the cell state of an LSTM and the hidden state of a standard RNN or a GRU. Each "
    "curve is the exact derivative of the memory now by the memory k timesteps ago, as a share of "
    "that at k = 0: what a gradient has left once it has gone back so far, and so what training "
    "can learn from. Dashed: what the gates alone keep of what was written."
)
SPECIALISTS = "For specialists"

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def must_keep(
    value: str | float, read: int, asked: int | None, then: tuple[int, float] | None = None
) -> str:
    """Say what the sequence asks to be kept: from when, until when, and what becomes of it.

    `then` is the timestep from which on a sum has to be kept in its place, and the sum.
    """
    said = MUST_KEEP.format(kept=named(value), read=read)
    if then is not None:
        said += SUM_FROM.format(second=then[0], sum=short(then[1]))
    if asked is not None and asked > read:
        said += UNTIL.format(asked=asked, lag=count(asked - read, "timestep"))
    return f"{said}. {MARKED}"


def the(title: str) -> str:
    """Name a kind of network within a sentence: "the LSTM", "the standard RNN"."""
    return f"the {title if title[:2].isupper() else title[0].lower() + title[1:]}"


def remembered(title: str, grade: str, asked: str, score: str, last: int, lost: int | None) -> str:
    """Say what a network's state still tells at the end; `score` is said already."""
    network, after = the(title), count(last, "timestep")
    if grade == "kept":
        return f"{network} still holds {asked} after {after}"
    if grade == "fading":
        return f"in {network} it fades ({score} after {after})"
    return f"{network} has lost it after {count(lost or 0, 'timestep')}"


def what_is_kept(labels: tuple[str | int, ...] | None, *, is_sum: bool) -> str:
    """Name what a probe asks for, in general: "A or B", "the sum", "the number"."""
    if labels is not None:
        return " or ".join(map(str, labels))
    return "the sum" if is_sum else "the number"


def score(measure: str, value: float, chance: float) -> str:
    """Say what a probe scores, and what a guess does."""
    if measure == "accuracy":
        return f"right in {percent(value)} of cases (guessing: {percent(chance)})"
    return f"R² {value:.3f} (1 is exact, a guess is 0)"


def verdict(lead: str, phrases: list[str]) -> str:
    """Join the lead and a phrase for each network into one verdict."""
    said = "; ".join(phrases)
    return f"{lead} {said[:1].upper()}{said[1:]}."


def answers(name: str, value: float, total: int) -> str:
    """Say how good a network's answers on fresh sequences are."""
    if total:
        return f"{value:,.0f} of {total:,} {name.replace('_', ' ')} right"
    return MEASURED[name].format(value=value)


def said(asked: int, right: int, answer: str) -> str:
    """Say what a network answers on the sequence shown."""
    if asked > 1:
        return f"right at {right} of {count(asked, 'timestep')}"
    return f"says {answer}: {'right' if right else 'wrong'}"


def expected(label: str, probability: float) -> str:
    """Say an answer with its probability."""
    return f"{quoted(label)} ({percent(probability)})"


def tells(what: str, score: str, last: int) -> str:
    """Say what a network's state tells at the greatest lag."""
    return f"{what} after {count(last, 'timestep')}: {score}"


def left(value: float) -> str:
    """Say how much of a change is left: "61 %", "1.7 times as much", "about 10⁻¹¹ of it"."""
    if not isfinite(value):
        return "more than can be counted"
    if value == 0:
        return "nothing"
    if value >= 1.05:
        return f"{value:,.1f} times as much"
    if value >= 0.001:
        return f"{100 * value:.3g} %"
    return f"about 10{str(floor(log10(value) + 0.5)).translate(SUPERSCRIPTS)} of it"


def why(lags: int, parts: list[tuple[str, str, float]], cue: str | float | None) -> str:
    """Say what is left after `lags` timesteps: for each network its name, memory and share.

    `cue` is what was read then, where that is what has to be kept.
    """
    when = f"{count(lags, 'timestep')} ago" if cue is None else f"when {named(cue)} was read"
    (title, memory, share), *others = parts
    first = f"Of a small change in {the(title)}'s {memory} {when}, {left(share)} is left now"
    rest = [f"in {the(title)}'s {memory} {left(share)}" for title, memory, share in others]
    return "; ".join([first, *rest]) + "."


def named(cue: str | float) -> str:
    """Name what has to be kept: a symbol in quotation marks, or a number."""
    return quoted(cue) if isinstance(cue, str) else short(cue)
