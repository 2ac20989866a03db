"""The stage as a widget that a live kernel follows and drives: for Jupyter, VS Code, Colab, marimo.

    stage = gatescope.show(trace)  # where anywidget is installed
    stage.t, stage.unit            # where the reader is
    stage.t = 30                   # go there

It needs the package anywidget: `pip install "gatescope[notebook]"`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import anywidget
import traitlets

from .components import stage
from .components.shared.modules import join_modules
from .components.shared.settings import table
from .components.shared.stylesheets import join_stylesheets
from .components.stage import MEAN_OF_UNITS, Scene, StageSettings
from .components.stage.scene import cut_details
from .components.stage.standalone import theme_variables

HERE = Path(stage.__file__).parent
LINES = table(StageSettings)


def _word(name: str) -> Any:
    """A trait of a setting that is one of some words."""
    return traitlets.Enum(get_args(LINES[name].type), LINES[name].default).tag(sync=True)


class StageWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """A stage whose settings are traits: they follow the reader, and the stage follows them.

    `t` and `unit` are where the reader is, counted from 0; unit -1 is the mean over all units.
    The others are as in `StageSettings`. `observe` hears of each change, at rest: not while the
    stage plays. A timestep or a unit that the run does not have raises TraitError.
    """

    t = traitlets.Int(0).tag(sync=True)
    unit = traitlets.Int(0).tag(sync=True)
    speed = traitlets.Float(LINES["speed"].default).tag(sync=True)
    veil = traitlets.Bool(True).tag(sync=True)
    slow = traitlets.Bool(False).tag(sync=True)
    all_units = traitlets.Bool(False).tag(sync=True)
    order, scale, notation = _word("order"), _word("scale"), _word("notation")

    _scene = traitlets.Bytes().tag(sync=True)
    _settings = traitlets.List().tag(sync=True)  # the names of the traits that are settings
    _style = traitlets.Unicode().tag(sync=True)
    _themes = traitlets.Dict().tag(sync=True)

    def __init__(self, scene: Scene, settings: StageSettings, frame: str):
        """Show a scene, beginning as the settings say; `frame` is the same as HTML."""
        names = [name for name in LINES if self.has_trait(name)]
        self._shown, self._frame = scene, frame
        begins = {name: getattr(settings, name) for name in names}
        begins["t"] = min(settings.t, scene.timesteps - 1)
        if settings.unit >= scene.trace.parameters.hidden_size:
            begins["unit"] = MEAN_OF_UNITS
        super().__init__(
            _esm=join_modules(HERE / "js" / "widget.js"),
            _style=join_stylesheets(HERE / "css" / "stage.css"),
            _themes={"light": theme_variables(dark=False), "dark": theme_variables(dark=True)},
            _scene=scene.payload,
            _settings=names,
            **begins,
        )
        self.on_msg(self._answer)

    @traitlets.validate("t", "unit")  # type: ignore[untyped-decorator]
    def _expect_inside(self, proposal: dict[str, Any]) -> int:
        """Return a timestep or a unit that the run has; TraitError for any other."""
        name, value = proposal["trait"].name, int(proposal["value"])
        low, count = {
            "t": (0, self._shown.timesteps),
            "unit": (MEAN_OF_UNITS, self._shown.trace.parameters.hidden_size),
        }[name]
        if not low <= value < count:
            raise traitlets.TraitError(f"{name} is {value}: expected {low} to {count - 1}")
        return value

    def _answer(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        """Send the exact numbers of a long run that the stage asks for."""
        wanted = message.get("details")
        if wanted and wanted["id"] == self._shown.id:
            extra = {"stage": "", "wanted": {}}
            windows = wanted["view"], wanted["exact"]
            cut = cut_details(self._shown, *windows, extra, wanted["signals"], wanted.get("bars"))
            self.send({"details": self._shown.id}, buffers=[cut])

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Return the widget and, for an exported notebook, which has no kernel, the HTML."""
        data, metadata = super()._repr_mimebundle_(**options)
        return {**data, "text/html": self._frame}, metadata
