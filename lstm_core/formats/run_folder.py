"""What the settings beside a model say of its inputs: the run folders of neuralhydrology.

    config.yml                       dynamic_inputs, static_attributes, target_variables, model
    train_data/train_data_scaler.yml xarray_feature_center and _scale, attribute_means and _stds
    model_epoch030.pt                the state dict

The network reads the dynamic inputs in the order of the settings, then the static attributes by
their names in the alphabet, each as (value - center) / scale; its head predicts the targets, scaled
alike. Units stand in the names, "prcp(mm/day)".

Source: neuralhydrology's `basedataset.py`, `inputlayer.py` and `config.py`, read as a description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from ..model import Findings, Model, NumericEncoder, Readout
from ..record import record
from .errors import ModelFileError, shown
from .plain_yaml import parsed
from .source import Readable, Source

CONFIG, SCALER = "config.yml", "train_data_scaler.yml"
MODELS = ("cudalstm", "lstm", "gru")
MAX_SETTINGS = 4 << 20  # bytes of one file
EMBEDDINGS = ("statics_embedding", "dynamics_embedding")
MORE_INPUTS = (
    *("evolving_attributes", "use_basin_id_encoding", "mass_inputs", "nan_handling_method"),
    *("timestep_counter", *EMBEDDINGS),
)


@record
class Scaling:
    """The center and the scale of each variable that the scaler knows."""

    centers: Mapping[str, float]
    scales: Mapping[str, float]

    def knows(self, names: tuple[str, ...]) -> bool:
        """Whether all of these have a center and a scale that one can divide by."""
        return all(name in self.centers and self.scales.get(name) for name in names)


def with_settings(model: Model, name: str, files: Mapping[str, Readable]) -> Model:
    """Return a model with what the run folder that it lies in says of its inputs and outputs.

    `name` is the model's own among `files`. Where there are no such settings nothing is changed;
    where they cannot be used, a note says why.
    """
    config = _nearest(CONFIG, name, files)
    if config is None or model.encoder is not None or len(model.layers) != 1:
        return model
    try:
        settings = _settings(config, files)
        if not isinstance(settings, dict) or "dynamic_inputs" not in settings:
            return model
        columns = _columns(settings, model.layers[0].input_size)
        scaler = next((f for f in files if PurePosixPath(f).name == SCALER), None)
        scaling = _scaling(_settings(scaler, files)) if scaler else None
    except ModelFileError as problem:
        return _with_note(model, f"{shown(config)} beside the model was not used. {problem}")
    return _described(model, settings, columns, scaling, config)


def _nearest(wanted: str, name: str, files: Mapping[str, Readable]) -> str | None:
    """The file of this name in the folder of the model, or in one above it."""
    above = (str(folder / wanted) for folder in PurePosixPath(name).parents)
    return next((path for path in above if path in files), None)


def _settings(name: str, files: Mapping[str, Readable]) -> Any:
    source = Source(files[name], PurePosixPath(name).name)
    if source.size > MAX_SETTINGS:
        raise ModelFileError(f"{shown(name)} holds {source.size} bytes: too many for settings.")
    try:
        return parsed(source.content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ModelFileError(f"{shown(name)} is not text.") from None


def _names(settings: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of names in the settings; () where there is none."""
    names = settings.get(key) or []
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise ModelFileError(f"Its {key} are {shown(names)}: expected a list of names.")
    return tuple(names)


def _columns(settings: Mapping[str, Any], size: int) -> tuple[str, ...]:
    """The network's inputs by name, or ModelFileError that says why they are not known."""
    if settings.get("model") not in MODELS:
        raise ModelFileError(f"Its model is {shown(settings.get('model'))}, not known here.")
    more = [key for key in MORE_INPUTS if settings.get(key)]
    if more:
        raise ModelFileError(f"Its {more[0]} changes what the network reads.")
    static = _names(settings, "static_attributes") + _names(settings, "hydroatlas_attributes")
    columns = (
        *_names(settings, "dynamic_inputs"),
        *sorted(static),
        *_names(settings, "autoregressive_inputs"),
    )
    if len(columns) != size or len(set(columns)) != size:
        raise ModelFileError(f"It names {len(columns)} inputs, and the network reads {size}.")
    return columns


def _scaling(content: Any) -> Scaling:
    """What a scaler says; ModelFileError where it is no scaler of numbers."""
    known = content if isinstance(content, dict) else {}

    def numbers(feature: str, attribute: str) -> dict[str, float]:
        variables = (known.get(feature) or {}).get("data_vars") or {}
        both = {**{n: v.get("data") for n, v in variables.items()}, **(known.get(attribute) or {})}
        return {str(name): float(value) for name, value in both.items() if value is not None}

    try:
        return Scaling(
            centers=numbers("xarray_feature_center", "attribute_means"),
            scales=numbers("xarray_feature_scale", "attribute_stds"),
        )
    except (AttributeError, TypeError, ValueError) as problem:
        raise ModelFileError("The scaler beside the model holds no numbers by name.") from problem


def _described(
    model: Model,
    settings: Mapping[str, Any],
    columns: tuple[str, ...],
    scaling: Scaling | None,
    config: str,
) -> Model:
    scaled = scaling is not None and scaling.knows(columns)
    offset, scale = _ends(scaling if scaled else None, columns)
    encoder = NumericEncoder(columns=columns, offset=offset, scale=scale)
    note = f"{shown(config)} names the {len(columns)} inputs"
    note += (
        ", and the scaler beside it says how they are scaled."
        if scaled
        else ("; how they are scaled is not there: give numbers as the network reads them.")
    )
    targets = _names(settings, "target_variables")
    readout = _readout(model.readout, targets, scaling)
    return _with_note(replace(model, encoder=encoder, readout=readout), note)


def _ends(scaling: Scaling | None, names: tuple[str, ...]) -> tuple[Any, Any]:
    """Center and scale of each name; 0 and 1 without a scaler."""
    if scaling is None:
        return np.zeros(len(names)), np.ones(len(names))
    return (
        np.array([scaling.centers[name] for name in names]),
        np.array([scaling.scales[name] for name in names]),
    )


def _readout(
    readout: Readout | None, targets: tuple[str, ...], scaling: Scaling | None
) -> Readout | None:
    """The readout with the names and the scaling of what it predicts, where they fit."""
    if readout is None or len(readout.labels) != len(targets):
        return readout
    named = replace(readout, labels=targets, activation="linear")
    if scaling is None or not scaling.knows(targets):
        return named
    offset, scale = _ends(scaling, targets)
    return replace(named, offset=offset, scale=scale)


def _with_note(model: Model, note: str) -> Model:
    findings = model.findings or Findings(format="", places=())
    return replace(model, findings=replace(findings, notes=(*findings.notes, note)))
