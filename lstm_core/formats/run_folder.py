"""What the settings beside a model say of its inputs: the run folders of neuralhydrology.

    config.yml            dynamic_inputs, static_attributes, target_variables, model, head
    train_data/…scaler…   the center and the scale of each of them: see `run_scalers`
    model_epoch030.pt     the state dict

The network reads the dynamic inputs in the order of the settings, then the static attributes: by
their names in the alphabet, or, since scalers are kept as NetCDF, as listed. Each is read as
(value - center) / scale; the head predicts the targets, scaled alike. Units stand in the names,
"prcp(mm/day)".

Source: neuralhydrology's `basedataset.py`, `forecast_dataset.py`, `inputlayer.py`, `head.py` and
`config.py`, read as a description.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from ..model import Dense, Findings, Model, NumericEncoder, Readout, Stage
from .answers import CAPTURE
from .errors import ModelFileError, shown
from .reading_over_time import EACH
from .residual_sums import NONE
from .run_scalers import Scaling, scaling_beside, settings_in
from .source import Readable, Source

CONFIG = "config.yml"
MODELS = ("cudalstm", "lstm", "gru")
EMBEDDINGS = ("statics_embedding", "dynamics_embedding")
MORE_INPUTS = (
    *("evolving_attributes", "static_inputs", "use_basin_id_encoding", "mass_inputs"),
    *("nan_handling_method", "timestep_counter", *EMBEDDINGS),
)


def with_settings(model: Model, name: str, files: Mapping[str, Readable]) -> Model:
    """Return a model with what the run folder that it lies in says of its inputs and outputs.

    `name` is the model's own among `files`. Where there are no such settings nothing is changed;
    where they cannot be used, a note says why.
    """
    config = _nearest(CONFIG, name, files)
    if config is None or model.encoder is not None or len(model.layers) != 1:
        return model
    try:
        settings = settings_in(Source(files[config], PurePosixPath(config).name))
        if not isinstance(settings, dict) or "dynamic_inputs" not in settings:
            return model
        found = scaling_beside({n: files[n] for n in files if n.startswith(_folder(config))})
        scaling = found[1] if found else None
        columns = _columns(settings, model.layers[0].input_size, scaling)
    except ModelFileError as problem:
        return _with_note(model, f"{shown(config)} beside the model was not used. {problem}")
    return _described(model, settings, columns, found, config)


def _nearest(wanted: str, name: str, files: Mapping[str, Readable]) -> str | None:
    """The file of this name in the folder of the model, or in one above it."""
    above = (str(folder / wanted) for folder in PurePosixPath(name).parents)
    return next((path for path in above if path in files), None)


def _folder(name: str) -> str:
    """The folder that a file lies in, with its slash; "" for none."""
    return name.rpartition("/")[0] + "/" * ("/" in name)


def _names(settings: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of names in the settings; () where there is none."""
    names = settings.get(key) or []
    if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
        raise ModelFileError(f"Its {key} are {shown(names)}: expected a list of names.")
    return tuple(names)


def _columns(settings: Mapping[str, Any], size: int, scaling: Scaling | None) -> tuple[str, ...]:
    """The network's inputs by name, or ModelFileError that says why they are not known."""
    if settings.get("model") not in MODELS:
        raise ModelFileError(f"Its model is {shown(settings.get('model'))}, not known here.")
    more = [key for key in MORE_INPUTS if settings.get(key)]
    if more:
        raise ModelFileError(f"Its {more[0]} changes what the network reads.")
    columns = (
        *_dynamic(settings),
        *_static(settings, scaling),
        *_names(settings, "autoregressive_inputs"),
    )
    if len(columns) != size or len(set(columns)) != size:
        raise ModelFileError(f"It names {len(columns)} inputs, and the network reads {size}.")
    return columns


def _dynamic(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The dynamic inputs in their order; groups of them one after the other."""
    groups = settings["dynamic_inputs"]
    if isinstance(groups, list) and groups and all(isinstance(one, list) for one in groups):
        return tuple(
            name for k in range(len(groups)) for name in _names({"group": groups[k]}, "group")
        )
    return _names(settings, "dynamic_inputs")


def _static(settings: Mapping[str, Any], scaling: Scaling | None) -> tuple[str, ...]:
    """The static attributes as the network reads them; ModelFileError where that is not known."""
    own = _names(settings, "static_attributes") or _names(settings, "camels_attributes")
    listed = (*own, *_names(settings, "hydroatlas_attributes"))
    ordered = tuple(sorted(listed))
    if scaling is None and listed != ordered:
        raise ModelFileError(
            "Whether its static attributes are read as listed, or by the alphabet, shows in the "
            "scaler of the run, which is not there: add train_data_scaler.yml or scaler.nc."
        )
    return listed if scaling is not None and scaling.as_listed else ordered


def _head(settings: Mapping[str, Any]) -> str | None:
    """The activation of the head, spelled as here; None for a head that predicts no numbers."""
    if str(settings.get("head") or "regression").lower() != "regression":
        return None
    activation = str(settings.get("output_activation") or "linear").lower()
    return activation if activation in ("relu", "softplus") else "identity"


def _described(
    model: Model,
    settings: Mapping[str, Any],
    columns: tuple[str, ...],
    found: tuple[str, Scaling] | None,
    config: str,
) -> Model:
    scaler, scaling = found or ("", None)
    scaled = scaling is not None and scaling.knows(columns)
    offset, scale = _ends(scaling if scaled else None, columns)
    encoder = NumericEncoder(columns=columns, offset=offset, scale=scale)
    note = f"{shown(config)} names the {len(columns)} inputs"
    if scaled:
        note += f", and {shown(scaler)} says how they are scaled."
    elif scaling is None:
        note += "; how they are scaled is not there: give numbers as the network reads them."
    else:
        missing = next(name for name in columns if not scaling.knows((name,)))
        note += (
            f"; {shown(scaler)} does not say how {shown(missing)} is scaled: give numbers as the "
            "network reads them."
        )
    back, readout, more = _answer(model, settings, scaling)
    described = replace(model, encoder=encoder, back=back, readout=readout)
    return _with_note(_settled(described), f"{note}{more}")


def _settled(model: Model) -> Model:
    """The model without questions that its class answers.

    The models known here hand the outputs of their one layer to the head at each timestep, and
    add nothing to them.
    """
    if model.findings is None:
        return model
    answers = {"reads": EACH, "residual": NONE}
    asked = model.findings.assumptions
    left = tuple(one for one in asked if answers.get(one.keyword) != one.value)
    return replace(model, findings=replace(model.findings, assumptions=left))


def _ends(scaling: Scaling | None, names: tuple[str, ...]) -> tuple[Any, Any]:
    """Center and scale of each name; 0 and 1 without a scaler."""
    if scaling is None:
        return np.zeros(len(names)), np.ones(len(names))
    return (
        np.array([scaling.centers[name] for name in names]),
        np.array([scaling.scales[name] for name in names]),
    )


def _answer(
    model: Model, settings: Mapping[str, Any], scaling: Scaling | None
) -> tuple[tuple[Stage, ...], Readout | None, str]:
    """What reads the layer, with the names and the scaling of what it predicts, where they fit.

    Also a sentence on how far that is known.
    """
    back, readout, head = model.back, model.readout, _head(settings)
    targets = _names(settings, "target_variables")
    if head is None:
        kind = shown(settings["head"])
        return (
            (),
            None,
            f" No predictions are shown: its head {kind} gives no plain numbers. {CAPTURE}",
        )
    if readout is None or len(readout.labels) != len(targets):
        return back, readout, ""
    if head != "identity" and not back:
        back = (Dense(kernel=readout.kernel, bias=readout.bias, activation=head),)
        same = np.eye(len(targets), dtype=readout.kernel.dtype)
        readout = replace(readout, kernel=same, bias=np.zeros_like(readout.bias))
    named = replace(readout, labels=targets, activation="linear")
    if scaling is None or not scaling.knows(targets):
        return (
            back,
            named,
            " Predictions are not in the units of the target: its scaling is not there.",
        )
    offset, scale = _ends(scaling, targets)
    return back, replace(named, offset=offset, scale=scale), ""


def _with_note(model: Model, note: str) -> Model:
    findings = model.findings or Findings(format="", places=())
    return replace(model, findings=replace(findings, notes=(*findings.notes, note)))
