"""What the networks were measured to do, and what tasks and cells reached: tables, escaped."""

from __future__ import annotations

from html import escape

import numpy as np

from app import memory_words
from app.studies import Row, Table, Trials
from lstm_core.demo import Provenance


def certified(networks: tuple[tuple[str, Provenance], ...]) -> str:
    """Return HTML: a row per network with its own success on fresh sequences.

    How each was trained, as its certificate says, folds out below.
    """
    rows = "".join(
        f"<tr><th>{escape(title)}</th><td>{escape(success(provenance.reached))}</td></tr>"
        for title, provenance in networks
    )
    criterion = escape(networks[0][1].criterion)
    training = "".join(
        f"<dt>{escape(title)}</dt><dd>{escape(p.training)}</dd>" for title, p in networks
    )
    return (
        f'<div class="certified"><table><caption>{memory_words.CERTIFIED}</caption>{rows}</table>'
        f'<p class="note">{criterion}</p>'
        f"<details><summary>{memory_words.TRAINED}</summary><dl>{training}</dl></details></div>"
    )


def success(reached: dict[str, float]) -> str:
    """Say how many were right, where the certificate counts them; else all that it measured."""
    for name, count in reached.items():
        right = reached.get(f"{name}_right", count - reached.get(f"{name}_wrong", np.nan))
        if np.isfinite(right):
            return memory_words.right_of(int(right), int(count), name.replace("_", " "))
    return "; ".join(f"{k.replace('_', ' ')} {v:.4g}" for k, v in reached.items())


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
    return f"<tr><th>{escape(row.title)}</th>{cells}{published}</tr>"


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
