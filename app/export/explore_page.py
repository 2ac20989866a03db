"""The static page of one demo: its sequences, each in every cell that was trained for its task."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from lstm_core.demo import Demo
from lstm_core.record import record

from ..session import demos
from ..session.cells import cells_of, in_cell
from ..session.opened_view import OpenedView, open_view
from ..session.run_facts import first_moment
from ..session.subjects import title_of
from ..session.view import Cell, Source, View
from ..words import common as words
from ..words import train as train_words
from ..words.phrases import said
from .document import document, stage_place
from .runs import Runs, settings_table

FOLDER = "explore"


@record
class DemoRun:
    """One sequence of a demo in one cell, where it begins, and the name of its file."""

    opened: OpenedView
    note: str  # what its certificate says of the sequence
    file: str

    @property
    def sequence(self) -> str:
        """The name of the sequence."""
        return self.opened.sequence.name

    @property
    def cell(self) -> Cell:
        """Its cell, as the address says it."""
        return self.opened.view.cell

    @property
    def about(self) -> str:
        """What is asked, and of which network; a note is true of the demo's own alone."""
        subject, is_twin = self.opened.subject, self.cell != View.cell
        more = words.twin(title_of(subject)) if is_twin else said(self.note)
        return " ".join([said(subject.question), more])


def explore_page(name: str, runs: Runs) -> str:
    """Return the page of a demo; its scenes go to `runs`."""
    demo = demos.demo(name)
    shown = demo_runs(demo, runs)
    data = {
        "kind": "explore",
        "settings": settings_table(),
        "runs": [
            {
                "sequence": run.sequence,
                "cell": run.cell,
                "scene": f"../{run.file}",
                "t": run.opened.view.t,
                "unit": run.opened.view.unit,
            }
            for run in shown
        ],
    }
    content = "\n".join(
        [f"<h1>{escape(title_of(demo))}</h1>", _choices(shown), *_texts(shown), stage_place()]
    )
    return document(title_of(demo), content, up="../", data=data)


def demo_runs(demo: Demo, runs: Runs) -> tuple[DemoRun, ...]:
    """Return the runs of a demo's sequences in its cells, by sequence, its own cell first."""
    return tuple(
        _run(demo, example.sequence.name, example.note, cell, runs)
        for example in demo.examples
        for cell in cells_of(demo.name)
    )


def _run(demo: Demo, sequence: str, note: str, cell: Cell, runs: Runs) -> DemoRun:
    view = View(demo=demo.name, cell=cell, source=Source(value=sequence))
    opened = in_cell(open_view(view), view)
    moment = first_moment(opened)
    there = opened.view.replace(t=moment.t, unit=moment.unit, cell=cell)
    return DemoRun(opened=replace(opened, view=there), note=note, file=runs.add(opened))


def _choices(shown: Sequence[DemoRun]) -> str:
    """The sequence as a list, the cell as buttons of which one is pressed."""
    sequences = dict.fromkeys(run.sequence for run in shown)
    options = "".join(
        f'<option value="{escape(name)}">{escape(said(name))}</option>' for name in sequences
    )
    listed = f'<select name="sequence" aria-label="{escape(words.SEQUENCE)}">{options}</select>'
    cells = dict.fromkeys(run.cell for run in shown)
    radios = "".join(
        f'<label><input type="radio" name="cell" value="{cell}"> {train_words.SHORT[cell]}</label>'
        for cell in cells
    )
    legend = f"<legend>{escape(words.CELL)}</legend>"
    chosen = f"<fieldset>{legend}{radios}</fieldset>" if len(cells) > 1 else ""
    return f'<form id="choices" autocomplete="off">{listed}{chosen}</form>'


def _texts(shown: Sequence[DemoRun]) -> list[str]:
    """What is asked in each run; the script shows that of the one that plays."""
    return [
        f'<p class="about" id="about-{k}"{" hidden" if k else ""}>{escape(run.about)}</p>'
        for k, run in enumerate(shown)
    ]
