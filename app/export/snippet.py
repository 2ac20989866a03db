"""The lines of Python that make what is on the stage again, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator

from lstm_core import Clamp
from lstm_core.demo import Demo
from lstm_core.subject import Subject

from ..session.opened_view import OpenedView
from ..session.subjects import Trained, Uploaded
from ..session.what_if import Start, StartAfter, of_kind
from ..words import take_along as words
from .training_snippet import training_lines

FILE = "model.npz"


def snippet(opened: OpenedView, trace_name: str) -> str:
    """Return Python that runs the network of a view over its sequence and shows the trace.

    `trace_name` is what the file of the run is called that the page hands out: it is read where
    the sequence is neither the network's own nor drawn from a seed, and where what is read was
    changed. A network that was trained here is trained again; any other that is no demo's is read
    from a file of a name that the reader fills in.
    """
    return "\n".join(_lines(opened, trace_name))


def _lines(opened: OpenedView, trace_name: str) -> Iterator[str]:
    view, changes = opened.view, opened.view.changes
    own = isinstance(opened.subject, Demo) and view.source.kind in {"sequence", "seed"}
    saved, clamps = not own or bool(changes), of_kind(changes, Clamp)
    yield from ["import numpy as np", ""] if saved else []
    yield "import gatescope"
    yield from ["from lstm_core import Clamp"] if clamps else []
    yield from network_lines(opened.subject)
    yield f"saved = np.load({trace_name!r})" if saved else sequence_line(opened)
    yield from start_lines(opened)
    yield from run_line(opened, clamps, "saved['inputs']" if saved else "")
    yield f"trace = run.layers[{view.layer}].{view.direction}"
    unit = view.unit if view.unit >= 0 else ":"
    yield f"print(trace.series({opened.trace.vocabulary.memory!r})[{view.t}, {unit}])"
    read = "saved['symbols']" if saved else "sequence.symbols"
    symbols = "" if opened.sequence.symbols is None else f", symbols={read}"
    yield f"gatescope.show(trace{symbols}, t={view.t}, unit={view.unit})"


def network_lines(subject: Subject) -> Iterator[str]:
    """Yield the lines of the network `model`.

    A demo has its name, what was trained here its recipe, and any other is read from its file.
    """
    if isinstance(subject, Demo):
        names = ", ".join(map(repr, subject.name.split("/")))
        yield from ["", f"network = gatescope.demo({names})", "model = network.model"]
        return
    if isinstance(subject, Trained):
        yield "from itertools import islice"
        yield "from lstm_core.experiment import batches, model_of, read, recipe_of"
        yield from ["from lstm_core.training import training", ""]
        yield from training_lines(subject.experiment, subject.update)
        return
    chain = f".chain({subject.first})" if isinstance(subject, Uploaded) and subject.first else ""
    yield "from lstm_core import load_model"
    yield from ["", f"model = load_model({FILE!r}){chain}  # {words.SNIPPET_FILE}"]


def sequence_line(opened: OpenedView) -> str:
    """Return the line of a sequence of the network's own, or of one drawn from a seed."""
    source, name = opened.view.source, opened.sequence.name
    if source.kind == "seed":
        return f"sequence = network.random_sequence({source.value})"
    return f"sequence = next(e.sequence for e in network.examples if e.sequence.name == {name!r})"


def start_lines(opened: OpenedView) -> Iterator[str]:
    """Yield what is said of other states to begin with, where there are some."""
    if any(isinstance(change, Start | StartAfter) for change in opened.view.changes):
        yield f"# {words.SNIPPET_START}"


def run_line(
    opened: OpenedView,
    clamps: tuple[Clamp, ...],
    inputs: str = "",
    *,
    name: str = "run",
    model: str = "model",
    read: str = "sequence",
) -> Iterator[str]:
    """Yield the lines of a run over `inputs`, or what is `read`, with the signals that are held."""
    view = opened.view
    run = f"{model}.run_inputs({inputs}" if inputs else f"{model}.run({read}"
    if clamps:
        yield f"clamps = {clamps!r}"
        run += f", interventions={{{view.layer}: {{{view.direction!r}: clamps}}}}"
    yield f"{name} = {run})"
