"""The prediction at one timestep beside the truth: HTML, escaped."""

from __future__ import annotations

from collections.abc import Set
from html import escape

import numpy as np

from lstm_core.record import Array

from ..words import common as words
from ..words.formatting import number, percent


def most_probable(
    probabilities: Array, labels: tuple[str, ...], count: int = 5
) -> tuple[tuple[str, float], ...]:
    """Return the `count` labels of highest probability, highest first; ties in their order."""
    order = np.argsort(-probabilities, kind="stable")[:count]
    return tuple((labels[k], float(probabilities[k])) for k in order)


def probability_table(
    rows: tuple[tuple[str, float], ...],
    true: Set[str] | None,
    *,
    head: str,
    note: str = "",
    mark: str | None = None,
) -> str:
    """Return HTML: a row per label with its probability as a bar.

    `true` are the labels that get the `mark`, where they are known (None: nobody knows).
    Without a mark of its own it is that of what may follow.
    """
    shown = words.MAY_FOLLOW if mark is None else mark
    body = "".join(_probability_row(label, share, true, shown) for label, share in rows)
    tail = f'<p class="note">{escape(note)}</p>' if note else ""
    table = f"<table><caption>{escape(head)}</caption>{body}</table>"
    return f'<div class="prediction">{table}{tail}</div>'


def _probability_row(label: str, share: float, true: Set[str] | None, mark: str) -> str:
    marked = ""
    if true is not None:
        known = label in true
        marked = f'<td class="{"right" if known else "wrong"}">{mark if known else ""}</td>'
    shown = words.quoted(label) if label.isspace() else label
    return (
        f"<tr><th>{escape(shown)}</th><td>{percent(share)}</td>"
        f'<td><span class="bar" aria-hidden="true"><span style="left:0;width:{100 * share:.2f}%">'
        f"</span></span></td>{marked}</tr>"
    )


def number_table(names: tuple[str, ...], predicted: Array, truth: Array, *, head: str) -> str:
    """Return HTML: a row per predicted number, with truth and error where they are known.

    `predicted` and `truth` are (K,); NaN where nothing is asked or nobody knows.
    """
    columns = "".join(f"<th>{title}</th>" for title in ("", *words.NUMBER_COLUMNS))
    rows = "".join(
        _number_row(name, float(p), float(t))
        for name, p, t in zip(names, predicted, truth, strict=True)
    )
    note = "" if np.isfinite(truth).any() else f'<p class="note">{words.NO_TRUTH}</p>'
    table = f"<caption>{escape(head)}</caption><tr>{columns}</tr>{rows}"
    return f'<div class="prediction"><table class="numbers">{table}</table>{note}</div>'


def _number_row(name: str, predicted: float, truth: float) -> str:
    numbers = (predicted, truth, predicted - truth)
    cells = "".join(f"<td>{number(n) if np.isfinite(n) else '–'}</td>" for n in numbers)
    return f"<tr><th>{escape(name)}</th>{cells}</tr>"
