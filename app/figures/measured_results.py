"""Tables of measured results: of each network, and of each task by cell; HTML, escaped."""

from __future__ import annotations

from collections.abc import Container
from html import escape

import numpy as np

from lstm_core.demo import Provenance
from lstm_core.studies import Row, Table, Trials

from ..words import memory as memory_words
from ..words.phrases import said


def measured_table(networks: tuple[tuple[str, Provenance], ...]) -> str:
    """Return HTML: a row per network with its own success on fresh sequences.

    How each was trained, as its certificate says, folds out below.
    """
    reached = [provenance.reached for _, provenance in networks]
    shared = {k: v for k, v in reached[0].items() if all(r.get(k) == v for r in reached)}
    texts = [success(each) or facts(each, leave_out=shared) for each in reached]
    rows = "".join(
        f"<tr><th>{escape(title)}</th><td>{escape(said)}</td></tr>"
        for (title, _), said in zip(networks, texts, strict=True)
    )
    criterion = escape(said(networks[0][1].criterion))
    if shared and not success(reached[0]):
        criterion += " " + escape(memory_words.FOR_ALL.format(facts=facts(shared)))
    training = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(p.training)}</dd>" for title, p in networks
    )
    return (
        f'<div class="certified"><table><caption>{memory_words.CERTIFIED}</caption>{rows}</table>'
        f'<p class="note">{criterion}</p>'
        f"<details><summary>{memory_words.TRAINED}</summary><dl>{training}</dl></details></div>"
    )


def success(reached: dict[str, float]) -> str:
    """Return how many sequences were right, where the certificate says so; else ""."""
    for name, count in reached.items():
        right = reached.get(f"{name}_right", count - reached.get(f"{name}_wrong", np.nan))
        if np.isfinite(right):
            return memory_words.right_of(int(right), int(count), said(name.replace("_", " ")))
    return ""


def facts(reached: dict[str, float], leave_out: Container[str] = ()) -> str:
    """Return what a certificate measured, as text, without the names in `leave_out`."""
    kept = {name: value for name, value in reached.items() if name not in leave_out}
    return "; ".join(memory_words.fact(name, value) for name, value in kept.items())


def task_table(table: Table) -> str:
    """Return HTML: a row per task, with what was published and what both cells of ours did."""
    head = "".join(f"<th>{escape(title)}</th>" for title in memory_words.TASK_COLUMNS)
    rows = "".join(_task_row(row) for row in table.rows)
    note = escape(memory_words.made(table.date, table.machine))
    return (
        f'<div class="tasks"><table><tr>{head}</tr>{rows}</table></div><p class="note">{note}</p>'
    )


def _task_row(row: Row) -> str:
    cells = "".join(_trials_cell(row.cells.get(kind)) for kind in ("lstm", "rnn"))
    published = f'<td class="published">{escape(row.published)}</td>'
    return f"<tr><th>{escape(said(row.title))}</th>{cells}{published}</tr>"


def _trials_cell(trials: Trials | None) -> str:
    if trials is None or not trials.runs:
        return "<td>–</td>"
    verdict = memory_words.seeds_succeeded(trials.succeeded, len(trials.runs))
    known = [r.sequences_to_success for r in trials.runs if r.sequences_to_success is not None]
    wrong = [run.wrong for run in trials.runs]
    facts = [
        memory_words.network_size(trials.units, trials.numbers),
        *([memory_words.sequences_range(known)] if known else []),
        memory_words.wrong_range(wrong, trials.runs[0].of),
    ]
    kind = "right" if trials.succeeded == len(trials.runs) else ""
    lines = "".join(f"<br><span>{escape(fact)}</span>" for fact in facts)
    return f'<td><b class="{kind}">{escape(verdict)}</b>{lines}</td>'
