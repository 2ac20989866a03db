"""The same task in another cell: a demo's twins, on the sequence that its own network reads."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from lstm_core.demo import Demo

from ..words.phrases import said
from . import demos
from .opened_view import OpenedView, with_changes
from .runs import model_run
from .view import Alike, Cell, View


def cells_of(name: str) -> tuple[Cell, ...]:
    """Return the cells in which there is a network for the task of a demo, its own first.

    () for a name that is no demo's.
    """
    if name not in demos.demo_names():
        return ()
    own = demos.demo(name).model.layers[0].kind
    kinds = {own, *(twin.partition("_")[0] for twin in demos.twin_names(name))}
    return tuple(cell for cell in get_args(Cell) if cell in kinds)


def in_cell(opened: OpenedView, asked: View) -> OpenedView:
    """Return the same sequence and timestep, read by the network with the cell that is asked for.

    Of two twins with this cell it is the one that is alike as `asked` says. A demo's own network
    is left as it is, and so is any other where there is no such twin.
    """
    twin = _twin(opened, asked)
    if twin is None:
        return replace(opened, view=opened.view.replace(cell=View.cell))
    reader, sequence = opened.read_by(twin), opened.unchanged_sequence
    run = model_run(reader, sequence)
    units = run.layers[0].forward.parameters.hidden_size
    view = opened.view.replace(unit=asked.unit).within(timesteps=run.timesteps, units=units)
    plain = replace(
        opened,
        view=view,
        subject=reader,
        sequence=sequence,
        run=run,
        origin=None,
        before=None,
    )
    return with_changes(plain, asked)


def twin_results(opened: OpenedView) -> tuple[tuple[str, int, int], ...]:
    """Return what the twins with the cell on the stage reached: title, wrong sequences, and all.

    The one on the stage comes first. () where it is the demo's own network that is, or where its
    task does not count sequences.
    """
    name, cell, shown = opened.view.demo, opened.view.cell, opened.subject.title
    if cell == View.cell:
        return ()
    there = [t for t in demos.twin_names(name) if t.partition("_")[0] == cell]
    results = {
        twin.title: (int(reached["sequences_wrong"]), int(reached["sequences"]))
        for twin in (demos.twin(name, t) for t in there)
        if "sequences_wrong" in (reached := twin.provenance.reached)
    }
    titles = sorted(results, key=lambda title: title != shown)
    return tuple((said(title), *results[title]) for title in titles) if shown in results else ()


def _twin(opened: OpenedView, asked: View) -> Demo | None:
    """The twin that is asked for; None where it is the network that is open, or is not there."""
    name, there = opened.view.demo, cells_of(opened.view.demo)
    if asked.cell not in there or opened.subject.model.layers[0].kind == asked.cell:
        return None
    alikes: tuple[Alike, ...] = (asked.alike, *get_args(Alike))
    twins = [f"{asked.cell}_same_{alike}" for alike in alikes]
    return next(demos.twin(name, t) for t in twins if t in demos.twin_names(name))
