"""The lines of Python that set two runs side by side again, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_core import Clamp
from lstm_core.demo import Demo

from ..session.beside import Beside
from ..session.opened_view import OpenedView
from ..session.pairs import Pair, place_of
from ..session.what_if import of_kind
from ..words import take_along as words
from .snippet import network_lines, run_line, sequence_line, start_lines

OTHER_FILE = "other.npz"


def pair_snippet(pair: Pair, opened: OpenedView, beside: Beside, file_name: str) -> str:
    """Return Python that makes both runs again and says where they part.

    `file_name` is what the file of both runs is called that the page hands out: what they read is
    taken from it where it is neither the network's own nor drawn from a seed.
    """
    return "\n".join(_lines(pair, opened, beside, file_name))


def _lines(pair: Pair, opened: OpenedView, beside: Beside, file_name: str) -> Iterator[str]:
    demo, kind = isinstance(opened.subject, Demo), opened.view.source.kind
    networks = beside.kind == "network"
    changed = bool(opened.view.changes) and not networks
    saved = changed or not (demo and kind in {"sequence", "seed"})
    yield from _imports(pair, beside, saved, clamped=changed)
    yield from network_lines(opened.subject)
    yield from _other_network(pair) if networks else []
    yield from [f"saved = np.load({file_name!r})"] if saved else [sequence_line(opened)]
    yield from _runs(pair, opened, beside, saved, changed)
    yield from _compared(pair, opened, saved, networks)


def _imports(pair: Pair, beside: Beside, saved: bool, *, clamped: bool) -> Iterator[str]:
    yield from ["import numpy as np", ""]
    yield "import gatescope"
    names = ["Clamp"] if clamped else []
    if not saved and beside.kind in {"symbol", "exchange"}:
        names += ["ReplaceInput", "edited"]
    yield from [f"from lstm_core import {', '.join(names)}"] if names else []
    functions = ["aligned", *(["difference_along", "parting"] if pair.alike else ["memory_along"])]
    yield f"from lstm_core.analysis.alignment import {', '.join(functions)}"


def _other_network(pair: Pair) -> Iterator[str]:
    subject = pair.second.subject
    if isinstance(subject, Demo):
        names = ", ".join(map(repr, subject.name.split("/")))
        yield f"other = gatescope.demo({names}).model"
    else:
        yield f"other = load_model({OTHER_FILE!r})  # {words.SNIPPET_FILE}"


def _runs(
    pair: Pair, opened: OpenedView, beside: Beside, saved: bool, changed: bool
) -> Iterator[str]:
    """Both runs: of one network over two sequences, or of two over one."""
    clamps = of_kind(opened.view.changes, Clamp) if changed else ()
    networks = beside.kind == "network"
    yield from start_lines(opened) if changed else []
    yield from run_line(opened, clamps, "saved['first.inputs']" if saved else "", name="first")
    model = "other" if networks else "model"
    held, inputs = pair.second.trace.interventions, "saved['second.inputs']" if saved else ""
    if not saved:
        yield "beside = sequence" if networks else f"beside = {_read(opened, beside)}"
    yield from run_line(opened, held, inputs, name="second", model=model, read="beside")


def _read(opened: OpenedView, beside: Beside) -> str:
    """The sequence that stands beside the first."""
    if beside.kind == "sequence":
        return f"next(e.sequence for e in network.examples if e.sequence.name == {beside.value!r})"
    symbols, times = opened.sequence.symbols or (), beside.timesteps
    values = [beside.value] if beside.kind == "symbol" else [symbols[t] for t in times[::-1]]
    edits = [f"ReplaceInput(timestep={t}, value={v!r})" for t, v in zip(times, values, strict=True)]
    return f"edited(sequence, [{', '.join(edits)}]).sequence"


def _compared(pair: Pair, opened: OpenedView, saved: bool, networks: bool) -> Iterator[str]:
    """The alignment, where the runs part, and the number at the cursor."""
    view, memory = opened.view, pair.first.trace.vocabulary.memory
    symbols = pair.first.sequence.symbols is not None and not networks
    lengths = "np.arange(first.timesteps), np.arange(second.timesteps)"
    texts = "sequence.symbols, beside.symbols"
    texts = "saved['first.symbols'], saved['second.symbols']" if saved else texts
    yield f"alignment = aligned({texts if symbols else lengths}, {pair.how!r})"
    layer = f"layers[{view.layer}].{view.direction}"
    yield f"a, b = first.{layer}, second.{layer}"
    place, unit = place_of(pair, view), view.unit if view.unit >= 0 else ":"
    if pair.alike:
        yield f"print(parting(a, b, alignment, {memory!r}))"
        yield "difference = difference_along(a, b, alignment)"
        yield f"print(difference[{place}, {unit}])"
    else:
        yield f"print(memory_along(a, alignment.first)[{place}, {unit}])"
        yield f"print(memory_along(b, alignment.second)[{place}])"
    read = "saved['first.symbols']" if saved else "sequence.symbols"
    shown = "" if pair.first.sequence.symbols is None else f", symbols={read}"
    yield f"gatescope.show(a{shown}, t={view.t}, unit={view.unit})"
