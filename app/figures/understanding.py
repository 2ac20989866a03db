"""What a file was understood as, as HTML: its table, what was noticed, what stays on the page.

Whatever comes from the file is escaped.
"""

from __future__ import annotations

from html import escape

from lstm_core.record import record

from ..inputs import Column, Understanding
from ..inputs.decisions import Role, roles_of
from ..words import uploads as words
from ..words.formatting import cut

MOST_COLUMNS = 40
MOST_SEQUENCES = 12
LONGEST_CELL = 40  # characters
USED = ("input", "truth", "time", "label", "index")


def preview(understanding: Understanding) -> str:
    """Return HTML: how the file is written, its first rows, its sequences, and all remarks."""
    noticed = _sequences(understanding) + remarks(understanding.remarks)
    return (
        f'{_facts(understanding)}<div class="understood">{first_rows(understanding)}'
        f"<div>{noticed}</div></div>"
    )


def _facts(understanding: Understanding) -> str:
    table = understanding.table
    size = words.size(table.rows, len(table)) if len(table) else ""
    facts = ". ".join(fact for fact in (size, understanding.dialect) if fact)
    return f'<p class="hint">{escape(facts)}.</p>'


def first_rows(understanding: Understanding) -> str:
    """Return HTML: the first rows, each column headed by its name and by what it is used for."""
    shown = _shown_columns(understanding)
    if not shown:
        return ""
    decided = bool(understanding.sequences)
    heads = "".join(_head(column, role, decided) for column, role in shown)
    rows = max(len(column.first) for column, _ in shown)
    body = "".join(
        "<tr>" + "".join(_cell(column, role, row) for column, role in shown) + "</tr>"
        for row in range(rows)
    )
    left = len(understanding.table) - len(shown)
    note = f'<p class="hint">{escape(words.more_columns(left))}</p>' if left else ""
    return (
        f'<div class="first-rows" tabindex="0" role="region" aria-label="{words.FIRST_ROWS}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{note}</div>"
    )


def _shown_columns(understanding: Understanding) -> list[tuple[Column, Role]]:
    """The columns that are shown: of many, those that are used before those that are not."""
    pairs = list(zip(understanding.table, roles_of(understanding), strict=True))
    used = [k for k, (_, role) in enumerate(pairs) if role.kind in USED]
    unused = [k for k, (_, role) in enumerate(pairs) if role.kind not in USED]
    return [pairs[k] for k in sorted((used + unused)[:MOST_COLUMNS])]


def _head(column: Column, role: Role, decided: bool) -> str:
    name = escape(cut(column.name, LONGEST_CELL))
    unit = f" <small>{escape(cut(column.unit, 20))}</small>" if column.unit else ""
    said = escape(words.use(role.kind, role.inputs, decided))
    gaps = f"<i>{escape(words.gaps(column.gaps))}</i>" if column.gaps else ""
    return f'<th class="{role.kind}" scope="col">{name}{unit}<span>{said}</span>{gaps}</th>'


def _cell(column: Column, role: Role, row: int) -> str:
    text = column.first[row] if row < len(column.first) else ""
    return f'<td class="{role.kind}">{escape(cut(text, LONGEST_CELL))}</td>'


def _sequences(understanding: Understanding) -> str:
    """The names, labels and lengths of several sequences."""
    sequences = understanding.sequences
    if len(sequences) < 2:
        return ""
    lines = "".join(
        f"<li>{escape(words.sequence_line(s.name, s.label, len(s)))}</li>"
        for s in sequences[:MOST_SEQUENCES]
    )
    left = len(sequences) - MOST_SEQUENCES
    more = f"<li>{escape(words.more_sequences(left))}</li>" if left > 0 else ""
    head = escape(words.sequences_head(len(sequences)))
    return f'<div class="remarks"><h3>{head}</h3><ul>{lines}{more}</ul></div>'


def remarks(sentences: tuple[str, ...]) -> str:
    """Return HTML: a list of what was noticed; "" where nothing was."""
    if not sentences:
        return ""
    lines = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<div class="remarks"><h3>{words.NOTICED}</h3><ul>{lines}</ul></div>'


def given_together(sentences: tuple[str, ...]) -> str:
    """Return HTML: a list of the files that were given with this one; "" where there are none."""
    if not sentences:
        return ""
    lines = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences[:MOST_SEQUENCES])
    left = len(sentences) - MOST_SEQUENCES
    more = f"<li>{escape(words.more_sequences(left))}</li>" if left > 0 else ""
    return f'<div class="remarks"><h3>{words.TOGETHER}</h3><ul>{lines}{more}</ul></div>'


@record
class WhatWasRead:
    """One sequence on the stage: its file, its own name and label, and what it was read from."""

    file: str
    name: str
    label: str | None
    understanding: Understanding


def what_was_read(read: WhatWasRead) -> str:
    """Return HTML: one line that opens into table and remarks."""
    understanding = read.understanding
    parts = [read.file]
    if read.name not in {"", read.file}:
        parts.append(words.named(read.name, read.label))
    pairs = {k: v for k, v in understanding.inputs.items() if k != v}
    if understanding.inputs:
        parts.append(words.fed_by(pairs or understanding.inputs))
    if understanding.truth_column:
        parts.append(words.held_against(understanding.truth_column, understanding.truth_scaling))
    if understanding.remarks:
        parts.append(words.remark_count(len(understanding.remarks)))
    line = escape(" · ".join(parts))
    return (
        f'<details class="read"><summary><b>{words.READ}</b> {line}</summary>'
        f"{preview(understanding)}</details>"
    )
