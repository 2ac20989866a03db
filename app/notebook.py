"""The stage outside the app: `html(trace)` is a page in one file, `show(trace)` for a notebook.

import gatescope
from lstm_core import load_model

run = load_model("model.pt").run("BTXSE")
stage = gatescope.show(run.layers[0].forward, symbols="BTXSE")
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from importlib.util import find_spec
from numbers import Integral
from typing import TYPE_CHECKING, Any

from lstm_core import Trace, load_model
from lstm_core.capture import Recorder
from lstm_core.demo import Demo
from lstm_core.record import record

from .components.stage import (
    MEAN_OF_UNITS,
    NumberStrip,
    Scene,
    StageSettings,
    SymbolStrip,
    build_scene,
)
from .components.stage.standalone import stage_html
from .session import demos
from .words import take_along as words

if TYPE_CHECKING:
    from .widget import StageWidget

MOST_LINES = 8  # inputs that are drawn as lines above the stage


@record
class StagePage:
    """A stage as a page in one file. A notebook shows it, and keeps it when it is exported."""

    html: str
    height: int = 860  # pixels in a notebook

    def _repr_html_(self) -> str:
        """Return the page in a frame of its own, which may run scripts and save pictures."""
        return (
            f'<iframe sandbox="allow-scripts allow-downloads" title="{escape(words.FRAME)}" '
            f'style="width: 100%; height: {self.height}px; border: 0" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )


@record
class _Shown:
    """What a stage is to show, and how it begins."""

    scene: Scene
    settings: StageSettings
    title: str
    text: str

    def html(self) -> str:
        """The page in one file."""
        return stage_html(self.scene, self.settings, title=self.title, text=self.text)


def demo(name: str, twin: str = "") -> Demo:
    """Return a network that comes with Gatescope, by the name of its folder; or a twin of it.

    `demo.model` runs sequences, `demo.examples` has some. Raises ValueError, which names those
    that there are, for another name.
    """
    names = demos.demo_names()
    if name not in names:
        raise ValueError(f"demo is {name!r}: expected one of {', '.join(names)}")
    if not twin:
        return demos.demo(name)
    twins = demos.twin_names(name)
    if twin not in twins:
        raise ValueError(f"twin is {twin!r}: expected one of {', '.join(twins) or 'none'}")
    return demos.twin(name, twin)


def html(
    trace: Trace,
    *,
    symbols: Sequence[str] = (),
    columns: Sequence[str] = (),
    title: str = "",
    text: str = "",
    t: int = 0,
    unit: int = 0,
    all_units: bool = True,
) -> str:
    """Return a page that plays a trace, as the text of one HTML file that needs no network.

    `trace` is that of one sequence, (T, ·). `symbols` (T,) are what was read, or `columns` the
    names of the D numbers that were; without either, up to 8 inputs are drawn as x0, x1, …
    `title` and `text` stand above the stage, `t` and `unit` are where it begins (unit -1 is the
    mean over all units), and `all_units` says whether all heatmaps are unfolded.

    A run of more than 1,200 timesteps or 6 MB is pooled: each column stands for several timesteps
    and shows their extremes, as the page says, and exact numbers are those around `t`.

    Raises ValueError for a batch, for symbols or columns that are not as many as the timesteps or
    inputs, for both of them, and for a `t` or `unit` that the run does not have.

    >>> import numpy as np
    >>> from lstm_core import unroll
    >>> from lstm_core.experiment import model_of, recommended
    >>> layer = model_of(recommended("adding")).layers[0]
    >>> page = html(unroll(layer.forward, np.zeros((5, 2))), columns=("value", "mark"))
    >>> page[:15]
    '<!DOCTYPE html>'
    """
    opened = _opened(trace, symbols, columns, title, text, t=t, unit=unit, all_units=all_units)
    return opened.html()


def show(
    given: Trace | Recorder,
    *,
    layer: int = 0,
    sequence: int = 0,
    live: bool | None = None,
    **options: Any,
) -> StagePage | StageWidget:
    """Return the stage as a value that a notebook shows; options and errors are those of `html`.

    `given` is a trace, or a captured run: then it is the trace of its recurrent layer `layer` over
    the layer's recorded sequence `sequence`, both counted from 0. Raises ValueError where there is
    no such layer or sequence.

    Where anywidget is installed it is a widget: `stage.t` and `stage.unit` are where the reader
    is, can be set, and are observed as traits are; an exported notebook plays it as HTML. Without
    anywidget, and with `live=False`, it is the HTML alone; `live=True` raises ImportError where
    there is no anywidget.
    """
    trace = recorded_trace(given, layer, sequence) if isinstance(given, Recorder) else given
    if live is None:
        live = find_spec("anywidget") is not None
    opened = _opened(trace, **options)
    page = StagePage(html=opened.html())
    if not live:
        return page
    from .widget import StageWidget

    return StageWidget(opened.scene, opened.settings, page._repr_html_())


def _opened(
    trace: Trace,
    symbols: Sequence[str] = (),
    columns: Sequence[str] = (),
    title: str = "",
    text: str = "",
    *,
    t: int = 0,
    unit: int = 0,
    all_units: bool = True,
) -> _Shown:
    """Pack a trace for the stage; options and errors are those of `html`."""
    if trace.input.ndim != 2:
        raise ValueError(f"inputs are {trace.input.shape}: expected (timesteps, input_size)")
    if len(symbols) and len(columns):
        raise ValueError("symbols and columns are both given: expected what was read, one of them")
    _check_among("t", t, 0, len(trace))
    _check_among("unit", unit, MEAN_OF_UNITS, trace.parameters.hidden_size)
    scene = build_scene(trace, _strip(trace, tuple(symbols), tuple(columns)))
    settings = StageSettings(t=t, unit=unit, all_units=all_units)
    return _Shown(scene=scene, settings=settings, title=title or trace.vocabulary.title, text=text)


def _check_among(name: str, value: int, low: int, count: int) -> None:
    """Raise ValueError for anything but a whole number from `low` to `count` - 1."""
    if not (isinstance(value, Integral) and low <= value < count):
        raise ValueError(f"{name} is {value!r}: expected a whole number from {low} to {count - 1}")


def recorded_trace(run: Recorder, layer: int, sequence: int) -> Trace:
    """Return what a layer of a captured run computes over a sequence that it was recorded with.

    Raises ValueError where there is no such layer or sequence.
    """
    content = io.BytesIO()
    run.save(content)
    model = load_model(content.getvalue(), name="run.npz")
    if not 0 <= layer < len(model.layers):
        raise ValueError(f"layer is {layer}: expected 0..{len(model.layers) - 1}")
    first = max(k for k in range(layer + 1) if k == 0 or not model.layers[k].follows)
    chain = model.chain(layer)
    if not 0 <= sequence < len(chain.recorded):
        raise ValueError(f"sequence is {sequence}: expected 0..{len(chain.recorded) - 1}")
    recorded = chain.recorded[sequence]
    ran = chain.starting(recorded.start).run_inputs(recorded.inputs)
    return ran.layers[layer - first].forward


def _strip(
    trace: Trace, symbols: tuple[str, ...], columns: tuple[str, ...]
) -> SymbolStrip | NumberStrip:
    """What stands above the stage: the symbols, the numbers, or the timesteps alone."""
    if symbols:
        return SymbolStrip(tokens=symbols)
    size = trace.input.shape[-1]
    if columns or size <= MOST_LINES:
        names = columns or tuple(f"x{k}" for k in range(size))
        return NumberStrip(columns=names, values=trace.input)
    return SymbolStrip(tokens=tuple(str(t) for t in range(len(trace))), tokens_title=words.TIMESTEP)
