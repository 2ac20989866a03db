"""From the arrays of a captured run to a model with recorded sequences.

Each recurrent module is a chain of its own: what it read was recorded, so nothing has to be known
of what stands between modules. What the file holds is in `lstm_core/capture/recording.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...model import Layer, Model
from ...model.findings import Findings
from ...model.recorded import RecordedSequence
from ...record import Array
from ..door import Options
from ..errors import ModelFileError, shown
from .layers import PlacedLayer, layers_of
from .sequences import sequences_of

CAPTURE = "gatescope.capture"
VERSION = 1
TITLES = {"torch": "PyTorch", "keras": "Keras"}


def model_of_capture(arrays: Mapping[str, Array], options: Options) -> Model:
    """Return the layers that were captured, each module a chain, with the sequences they read.

    Raises ModelFileError where the description or a module's arrays do not fit.
    """
    about = _described(arrays)
    layers: list[Layer] = []
    places: list[str] = []
    notes: list[str] = []
    recorded: list[RecordedSequence] = []
    for module in about["modules"]:
        own = _under(f"{module['number']}.", arrays)
        placed = _layers(about, module, own, options)
        chain = tuple(one.layer for one in placed)
        joined, left = sequences_of(len(layers), chain, own, module["sequences"], module["name"])
        notes += _notes(module, joined, left)
        recorded += joined
        chain = (replace(chain[0], follows=not layers), *chain[1:])
        layers += chain
        places += [one.place for one in placed]
    notes += [
        f"{count:,} calls were left out: {reason}." for reason, count in about["left_out"].items()
    ]
    return Model(
        layers=tuple(layers),
        recorded=tuple(recorded),
        findings=Findings(format=_title(about), places=tuple(places), notes=tuple(notes)),
    )


def _described(arrays: Mapping[str, Array]) -> dict[str, Any]:
    """The description in the file, as far as the rest relies on it."""
    try:
        about = json.loads(str(arrays[CAPTURE]))
        version, framework = about["version"], about["framework"]
        fits = bool(about["modules"]) and all(
            isinstance(module["name"], str)
            and isinstance(module["class"], str)
            and isinstance(module["settings"], dict)
            and isinstance(module["number"], int)
            and all(type(count) is int and count >= 0 for count in module["sequences"])
            for module in about["modules"]
        )
        counts = all(type(count) is int for count in about["left_out"].values())
        fits = fits and counts and isinstance(about["versions"], dict)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ModelFileError(
            f"The description of the captured run is damaged ({type(error).__name__})."
        ) from error
    if version != VERSION:
        raise ModelFileError(f"The captured run is of version {shown(version)}: expected 1.")
    if framework not in TITLES:
        raise ModelFileError(f"The captured run is of {shown(framework)}: expected torch or keras.")
    if not fits:
        raise ModelFileError("The description of the captured run is incomplete.")
    return dict(about)


def _under(prefix: str, arrays: Mapping[str, Array]) -> dict[str, Array]:
    return {n.removeprefix(prefix): array for n, array in arrays.items() if n.startswith(prefix)}


def _layers(
    about: Mapping[str, Any], module: Mapping[str, Any], own: Mapping[str, Array], options: Options
) -> tuple[PlacedLayer, ...]:
    version = str(about["versions"].get(about["framework"], ""))
    return layers_of(about["framework"], version, module, _under("weights.", own), options)


def _title(about: Mapping[str, Any]) -> str:
    versions, framework = about["versions"], about["framework"]
    return f"captured run ({TITLES[framework]} {str(versions.get(framework, ''))[:40]})".replace(
        " )", ")"
    )


def _notes(module: Mapping[str, Any], joined: tuple[RecordedSequence, ...], left: int) -> list[str]:
    """What is to be said of a module's recording."""
    name, calls = shown(module["name"] or "the module"), len(module["sequences"])
    timesteps = sum(map(len, joined))
    notes = [
        f"{name} was called {calls:,} times: {len(joined):,} sequences, {timesteps:,} timesteps. "
        "A call that began with the very states that another one had left continues its sequence."
    ]
    if left:
        notes.append(f"{left:,} sequences of {name} hold no finite numbers, and were left out.")
    settings = module["settings"]
    if settings.get("training") and settings.get("dropout"):
        notes.append(
            f"{name} was in training with dropout {settings['dropout']:g}, which is drawn at "
            "random: its outputs cannot be the same here. Call model.eval() before the capture."
        )
    return notes
